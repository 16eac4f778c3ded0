import datetime as dt
import itertools

import pytest

from alliances.description.completeness import Filled, advice_for, missing_of
from alliances.description.steps import ORDER, Step, step_after, step_before
from alliances.enums import FragilityDomain, Means
from alliances.models import Intention, IntentionDomain, Need, Offer
from alliances.selectors.completeness import progress_of
from tests.factories.alliances import IntentionFactory
from tests.factories.territories import TerritoryFactory

DAY = dt.date(2026, 11, 21)
COMBINATIONS = list(itertools.product((False, True), repeat=6))


def intention_with(filled, commune):
    square = {} if filled.has_square else dict.fromkeys(SQUARE)
    return IntentionFactory(
        organisation__seat=commune if filled.has_seat else None,
        perimeter=[commune] if filled.has_perimeter else [],
        domains=[FragilityDomain.HEALTH] if filled.has_domain else [],
        needs=[Means.LOAN] if filled.has_need else [],
        offers=[Means.PREMISES] if filled.has_offer else [],
        **square,
    )


SQUARE = ("square_hr", "square_stk", "square_eco", "square_inn")


@pytest.mark.django_db
def test_nothing_is_missing_exactly_when_the_intention_can_be_matched():
    commune = TerritoryFactory()
    expected = {
        intention_with(filled, commune): filled
        for filled in (Filled(*present) for present in COMBINATIONS)
    }

    matchable = set(Intention.objects.matchable_on(DAY))
    told = {intention: progress_of(intention.organisation) for intention in expected}

    assert len(matchable) == 3  # seat, perimeter, or both; and all the rest
    assert {i for i in expected if not missing_of(expected[i])} == matchable
    assert {i for i in expected if told[i].is_complete} == matchable
    for intention, filled in expected.items():
        assert told[intention].missing == missing_of(filled)


@pytest.mark.django_db
def test_a_domain_of_weight_zero_is_no_domain():
    intention = IntentionFactory(domains=[])
    IntentionDomain.objects.create(
        intention=intention, domain=FragilityDomain.HEALTH, weight=0
    )

    assert [item.code for item in progress_of(intention.organisation).missing] == [
        "domain"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Need, Offer])
def test_what_only_another_intention_holds_does_not_count(model):
    intention = IntentionFactory()
    other = IntentionFactory(organisation=intention.organisation, is_default=False)
    model.objects.filter(intention=intention).update(intention=other, means=Means.LOAN)

    assert len(progress_of(intention.organisation).missing) == 1


def test_each_missing_thing_says_where_to_fix_it():
    steps = [(item.code, item.step) for item in missing_of(Filled())]

    assert steps == [
        ("place", Step.PLACES),
        ("domain", Step.DOMAINS),
        ("square", Step.SQUARE),
        ("need", Step.MEANS),
        ("offer", Step.MEANS),
    ]


def test_a_seat_without_a_perimeter_is_flagged_and_nothing_more():
    told = [item.code for item in advice_for(Filled(has_seat=True))]

    assert told == ["perimeter"]
    assert [i.code for i in advice_for(Filled(has_seat=True, has_perimeter=True))] == []


def test_advice_names_what_makes_proposals_better():
    nothing = Filled(
        has_type=False, knows_general_interest=False, has_answered_refusals=False
    )

    assert [item.code for item in advice_for(nothing)] == [
        "type",
        "general_interest",
        "refusals",
    ]


def test_steps_lead_to_each_other():
    assert [step_after(step) for step in ORDER] == [*ORDER[1:], None]
    assert [step_before(step) for step in ORDER] == [None, *ORDER[:-1]]
