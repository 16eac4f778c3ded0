"""Answers with their reasons, and an introduction of A, then of B, with strangers.

The partners are neither A, B nor C: what a partner reads is tried apart
(tests/alliances/test_partners.py).
"""

from alliances.models import Interest
from tests.factories.alliances import OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce


def add(world):
    known = {"A": world.members_of_a, "B": world.members_of_b}
    here = world.territories["own"]
    for letter, members in known.items():
        own = world.organisations[letter]
        partner = OrganisationFactory(name=f"ZQ{letter}partenaire", seat=here)
        introduction = introduce(own, partner)
        world.bind("alliances.Introduction", letter, introduction)
        about = {"no": "C", "yes": "B" if letter == "A" else "A"}
        for answer, other in about.items():
            InterestFactory(
                organisation=own,
                other=world.organisations[other],
                answer=Interest.Answer(answer),
                reason_code="other",
                reason=f"ZQ{letter}raison",
            )
        world.keep_secret(f"ZQ{letter}raison", known_to=members)
