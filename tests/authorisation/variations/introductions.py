"""What A answers about B and C, and takes back; neither of them said yes to A."""

from alliances.enums import PartnershipType, RefusalReason
from alliances.models import Interest
from alliances.services import introductions as services
from alliances.services.introductions import Said
from tests.authorisation.variations import varies

Answer = Interest.Answer


def about(world, chance):
    return world.organisations[chance.choice("BC")]


@varies
def a_yes(a, world, chance):
    other, person = about(world, chance), world.people["referent_a"]
    said = Said(Answer.YES, type=chance.choice(PartnershipType.values))
    services.answer(a, other, by=person, said=said)


@varies
def a_no(a, world, chance):
    other, person = about(world, chance), world.people["signatory_a"]
    reason = f"ZQAraison {chance.random()}"
    said = Said(
        Answer.NO, reason_code=chance.choice(RefusalReason.values), reason=reason
    )
    services.answer(a, other, by=person, said=said)


@varies
def a_proposal(a, world, chance):
    other, person = about(world, chance), world.people["contributor_a"]
    services.withdraw(a, other)
    services.answer(a, other, by=person, said=Said(Answer.PROPOSED))


@varies
def a_withdrawal(a, world, chance):
    services.withdraw(a, about(world, chance))


@varies
def another_mind(a, world, chance):
    a_no(a, world, chance)
    a_yes(a, world, chance)
    a_no(a, world, chance)


@varies
def an_expiry(a, world, chance):
    for row in Interest.objects.filter(organisation=a):
        row.expires_at = row.answered_at
        row.save()
    services.expire_answers()
