"""Those whom A already meets: a partner that reads, and others that A acts with.

What A says to one of them is nothing to the others.
"""

from alliances.models import Attachment, Conversation
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.conversations import say
from tests.factories.introductions import introduce

PARTNER = "referent_of_partner"
STRANGER = "referent_of_stranger"
NOT_MET_YET = ("T", "U", "V")


def add_neighbours(world):
    """P is a partner of A, S is another one; T, U and V are not in touch with A."""
    a, here = world.organisations["A"], world.territories["own"]
    partner = world.rows["alliances.Introduction"]["A"].other_than(a)
    stranger = OrganisationFactory(name="Organisation S", seat=here)
    _give_referent(world, "P", partner, PARTNER)
    _give_referent(world, "S", stranger, STRANGER)
    for organisation in (partner, stranger):
        IntentionFactory(organisation=organisation)
    for letter in NOT_MET_YET:
        world.organisations[letter] = OrganisationFactory(
            name=f"Organisation {letter}", seat=here
        )
    _talk(world, a, stranger)


def _give_referent(world, letter, organisation, persona):
    world.organisations[letter] = organisation
    world.people[persona] = UserFactory()
    MembershipFactory(
        user=world.people[persona], organisation=organisation, is_lead=True
    )


def _talk(world, a, stranger):
    introduction = introduce(a, stranger)
    assert Conversation.objects.filter(introduction=introduction).exists()
    say(introduction, world.people["referent_a"], a, "ZQAdemande")
    answer = say(introduction, world.people[STRANGER], stranger, "ZQAretour")
    Attachment.objects.create(
        message=answer,
        name="ZQApiece.txt",
        media_type="text/plain",
        size_bytes=10,
        sha256="0" * 64,
        scan=Attachment.Scan.NOT_SCANNED,
    )
    world.bind("alliances.Introduction", "S", introduction)
    world.bind("alliances.Message", "S", answer)
