"""What organisations are after besides their main project: drafts and closed ones."""

from alliances.models import Intention
from tests.factories.alliances import IntentionFactory


def add(world):
    for letter in "AB":
        organisation = world.organisations[letter]
        members = world.members_of_a if letter == "A" else world.members_of_b
        for state in (Intention.State.DRAFT, Intention.State.CLOSED):
            title = f"ZQ{letter}projet {state}"
            IntentionFactory(
                organisation=organisation, is_default=False, title=title, state=state
            )
            world.keep_secret(title, known_to={*members, "administrator"})
