"""What pairs say of the weights: pure computation."""

import numpy as np
import pytest

from matching.kernel import COMPONENTS
from matching.learning import (
    MINIMUM,
    STEP,
    Evidence,
    Observation,
    propose,
    weigh,
)

WEIGHTS = {
    "objectives": 0.25,
    "needs": 0.3,
    "domains": 0.25,
    "territory": 0.15,
    "proximity": 0.05,
}


def observations(count, *, effects, seed=0, known=1.0):
    """Pairs whose outcome follows known effects of the components."""
    generator = np.random.default_rng(seed)
    values = generator.random((count, len(COMPONENTS)))
    chance = 1 / (1 + np.exp(-(values - 0.5) @ np.array(effects)))
    good = generator.random(count) < chance
    told = generator.random(values.shape) < known
    return [
        Observation(
            bool(is_good),
            tuple(float(v) if k else None for v, k in zip(row, here, strict=True)),
        )
        for is_good, row, here in zip(good, values, told, strict=True)
    ]


def directions(found):
    return {one.component: one.direction for one in weigh(found)}


def test_what_tells_good_pairs_is_found_again():
    found = weigh(observations(4000, effects=(0, 3, 0, -3, 0), known=0.8))

    said = {one.component: one for one in found}
    assert {name: one.direction for name, one in said.items()} == {
        "objectives": 0,
        "needs": 1,
        "domains": 0,
        "territory": -1,
        "proximity": 0,
    }
    assert said["needs"].low < np.exp(0.3) < said["needs"].high
    assert said["needs"].mean_good > said["needs"].mean_poor


def test_chance_alone_rarely_says_anything():
    said = [
        direction
        for seed in range(60)
        for direction in directions(
            observations(120, effects=(0,) * 5, seed=seed)
        ).values()
    ]

    assert np.mean([direction != 0 for direction in said]) < 0.08


def test_the_order_of_pairs_does_not_matter():
    found = observations(200, effects=(1, 2, 0, 0, 0))

    one, other = weigh(found), weigh(found[::-1])

    assert [e.odds for e in one] == pytest.approx([e.odds for e in other])


@pytest.mark.parametrize("found", [[], [Observation(True, (None,) * 5)]])
def test_nothing_is_said_of_no_pair(found):
    assert propose(weigh(found), WEIGHTS) is None


def test_few_pairs_say_nothing_however_clear():
    clear = [
        Observation(is_good, (0.5, float(is_good), 0.5, 0.5, 0.5))
        for is_good in (True, False)
        for _ in range(MINIMUM - 1)
    ]
    more = [*clear, *(Observation(g, (0.5, float(g), 0.5, 0.5, 0.5)) for g in (True, False))]  # fmt: skip

    assert propose(weigh(clear), WEIGHTS) is None
    assert propose(weigh(more), WEIGHTS)["needs"] > WEIGHTS["needs"]


def test_both_outcomes_are_needed():
    only_good = [Observation(True, (0.5, 0.9, 0.5, 0.5, 0.5))] * (3 * MINIMUM)

    assert {one.is_enough for one in weigh(only_good)} == {False}


def said(component, *, low, high):
    return Evidence(component, MINIMUM, MINIMUM, 0.6, 0.4, (low + high) / 2, low, high)


def test_weights_move_by_a_step_and_keep_their_sum():
    proposed = propose(
        [said("needs", low=1.1, high=1.5), said("territory", low=0.5, high=0.9)],
        WEIGHTS,
    )

    assert sum(proposed.values()) == pytest.approx(1.0, abs=1e-12)
    assert proposed["needs"] / WEIGHTS["needs"] <= (1 + STEP) * 1.02
    moved = {name: proposed[name] - WEIGHTS[name] for name in WEIGHTS}
    assert moved["needs"] > 0 > moved["territory"]


def test_an_interval_that_holds_one_says_nothing():
    assert propose([said("needs", low=0.99, high=1.5)], WEIGHTS) is None
