"""What is measured of a pair, and what leave-one-out chooses."""

import numpy as np
import pytest

from matching.evaluation import (
    leave_one_out,
    namings,
    outcomes,
    plain_sum,
    quality_of,
    rankings,
    same_place_same_cause,
    study_of,
    without,
)
from matching.evaluation.study import Answers
from matching.kernel import COMPONENTS, TYPES, default_configuration
from tests.matching.evaluation.partnerships import row, rows, study

CONFIGURATION = default_configuration()
SILENCE = {
    f"{side}_{what}": ""
    for side in ("association", "company")
    for what in ("brings", "seeks")
}


def told(found):
    return [one for one in found if one.pair.is_told]


def blind(pairs, _profiles):
    same = np.zeros(len(pairs.low))
    return Answers(same, same, np.zeros(len(pairs.low), np.int64))


def test_who_sees_nothing_finds_nobody_and_gains_nothing_from_the_order_of_names():
    for one in told(outcomes(study(), CONFIGURATION, way=blind)):
        sizes = [
            len(question.proposed)
            for question in study().questions
            if question.pair.id == one.pair.id
        ]
        assert one.recall == pytest.approx(np.mean([5 / size for size in sizes]))


def test_the_same_questions_have_the_same_answers():
    one, other = study_of(rows()), study_of(rows()[::-1])

    found = {o.pair.id: o for o in outcomes(one, CONFIGURATION)}
    again = {o.pair.id: o for o in outcomes(other, CONFIGURATION)}

    assert found == again


def test_the_answers_do_not_change_what_is_proposed():
    answers = {"P030": "patronage"}
    hidden = study_of([one | {"type": answers.get(one["id"], "")} for one in rows()])

    found = outcomes(hidden, CONFIGURATION)

    known = outcomes(study(), CONFIGURATION)
    assert [(o.recall, o.reciprocal_rank, o.named) for o in found] == [
        (o.recall, o.reciprocal_rank, o.named) for o in known
    ]
    assert {o.pair.id: o.true for o in found if o.true} == answers


def test_a_pair_that_is_not_proposed_is_not_found():
    lone, silent = study_of([row()]), study_of([row(domains="", **SILENCE)])

    (found,) = outcomes(lone, CONFIGURATION)
    (absent,) = outcomes(silent, CONFIGURATION)

    assert (found.recall, found.reciprocal_rank) == (1.0, 1.0)
    assert (absent.recall, absent.reciprocal_rank, absent.named) == (0.0, 0.0, None)


def test_near_misses_tell_what_each_component_brings():
    whole = quality_of(told(outcomes(study(), CONFIGURATION)))

    less = {
        name: quality_of(told(outcomes(study(), without(CONFIGURATION, name))))
        for name in COMPONENTS
    }

    for name in ("needs", "domains", "territory"):
        assert less[name].reciprocal_rank.value < whole.reciprocal_rank.value - 0.2


def test_the_engine_finds_more_than_same_place_and_same_cause():
    whole = quality_of(told(outcomes(study(), CONFIGURATION)))

    found = outcomes(study(), CONFIGURATION, way=same_place_same_cause)

    assert quality_of(told(found)).recall.high < whole.recall.value
    assert {one.named for one in found} == {None}


def test_the_plain_sum_names_a_type_for_every_pair_that_is_told():
    found = told(outcomes(study(), CONFIGURATION, way=plain_sum))

    assert {one.named for one in found} <= set(TYPES)


def test_each_pair_is_judged_under_what_does_best_on_the_others():
    tried = {"published": CONFIGURATION, "blind": without(CONFIGURATION, "domains")}
    known = {one.pair.id: one for one in outcomes(study(), CONFIGURATION)}

    chosen = leave_one_out(
        study(),
        tried,
        pairs=lambda one: one.pair.is_told,
        worth=lambda one: -one.reciprocal_rank,
    )

    assert chosen.wins == {"blind": 19}
    assert all(one != known[one.pair.id] for one in chosen.outcomes[:1])


def test_no_change_is_preferred_when_nothing_does_better():
    chosen = leave_one_out(
        study(),
        rankings(CONFIGURATION),
        pairs=lambda one: one.pair.is_told,
        worth=lambda one: 1.0,
    )

    assert chosen.wins == {"published": 19}


def test_what_may_be_chosen_differs_from_the_published_numbers_by_one_thing():
    for name, tried in {**rankings(CONFIGURATION), **namings(CONFIGURATION)}.items():
        different = [
            setting
            for setting, value in tried.settings.items()
            if value != CONFIGURATION.settings[setting]
        ]
        expected = 0 if name == "published" else 1 + name.startswith("economic")
        assert len(different) in {expected, 0}, name
