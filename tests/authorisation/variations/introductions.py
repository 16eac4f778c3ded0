"""What A answers about B and C, whom else it meets, and what that leaves it.

Neither B nor C said yes to A.
"""

from django.utils import timezone

from alliances.enums import PartnershipType, RefusalReason
from alliances.models import Interest
from alliances.selectors.solicitations import solicitations_left
from alliances.services import introductions as services
from alliances.services.introductions import Said
from tests.authorisation.neighbours import NOT_MET_YET
from tests.authorisation.variations import varies
from tests.factories.introductions import InterestFactory, introduce

Answer = Interest.Answer


def about(world, chance):
    return world.organisations[chance.choice("BC")]


@varies()
def a_yes(a, world, chance):
    other, person = about(world, chance), world.people["referent_a"]
    said = Said(Answer.YES, type=chance.choice(PartnershipType.values))
    services.answer(a, other, by=person, said=said)


@varies()
def a_no(a, world, chance):
    other, person = about(world, chance), world.people["signatory_a"]
    reason = f"ZQAraison {chance.random()}"
    said = Said(
        Answer.NO, reason_code=chance.choice(RefusalReason.values), reason=reason
    )
    services.answer(a, other, by=person, said=said)


@varies()
def a_proposal(a, world, chance):
    other, person = about(world, chance), world.people["contributor_a"]
    services.withdraw(a, other)
    services.answer(a, other, by=person, said=Said(Answer.PROPOSED))


@varies()
def a_withdrawal(a, world, chance):
    services.withdraw(a, about(world, chance))


@varies()
def another_mind(a, world, chance):
    a_no(a, world, chance)
    a_yes(a, world, chance)
    a_no(a, world, chance)


@varies()
def an_expiry(a, world, chance):
    for row in Interest.objects.filter(organisation=a):
        row.expires_at = row.answered_at
        row.save()
    services.expire_answers()


@varies()
def an_introduction_with_somebody_else(a, world, chance):
    other = world.organisations[chance.choice(NOT_MET_YET)]
    InterestFactory(organisation=other, other=a)
    said = Said(Answer.YES, type=chance.choice(PartnershipType.values))
    assert services.answer(a, other, by=world.people["referent_a"], said=said)


@varies()
def a_yes_of_somebody_else(a, world, chance):
    """A has not answered it, and does not know it either."""
    InterestFactory(
        organisation=world.organisations[chance.choice(NOT_MET_YET)], other=a
    )


@varies()
def nothing_left_of_the_budget(a, world, chance):
    """How many introductions A accepts is told; how many are left, to its members."""
    for letter in NOT_MET_YET:
        introduce(a, world.organisations[letter])
    assert solicitations_left(a, timezone.localdate()) == 0
    services.open_waiting()


@varies()
def a_yes_while_nothing_is_left(a, world, chance):
    nothing_left_of_the_budget(a, world, chance)
    a_yes(a, world, chance)
    services.open_waiting()
