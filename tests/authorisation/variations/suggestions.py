"""What A does of a suggestion that C reads too: nobody notices, nor who suggested."""

from alliances.enums import RefusalReason
from alliances.models import Interest
from alliances.services import introductions as services
from alliances.services.introductions import Said
from tests.authorisation.variations import varies

Answer = Interest.Answer


@varies
def an_answer_to_a_suggestion(a, world, chance):
    other, person = world.organisations["C"], world.people["referent_a"]
    reason = chance.choice(RefusalReason.values)
    said = chance.choice([Said(Answer.YES), Said(Answer.NO, reason_code=reason)])
    services.answer(a, other, by=person, said=said)


@varies
def a_suggestion_proposed_then_left(a, world, chance):
    other, person = world.organisations["C"], world.people["contributor_a"]
    services.withdraw(a, other)
    services.answer(a, other, by=person, said=Said(Answer.PROPOSED))
    if chance.random() < 0.5:
        services.withdraw(a, other)
