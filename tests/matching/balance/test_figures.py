import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.balance import balanced, figures_of, gini
from tests.matching.balance.trials import problem_of, problems


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_gini_is_half_the_mean_difference_over_the_mean(values):
    found = np.array(values)
    difference = np.abs(found[:, None] - found[None]).mean()
    expected = difference / 2 / found.mean() if found.sum() else 0.0

    assert gini(found) == pytest.approx(expected)


def test_before_everybody_is_shown_the_same_one():
    """Three associations and two companies, of which one is everybody's best."""
    pairs = [(0, 3), (1, 3), (2, 3), (0, 4), (1, 4), (2, 4)]
    scores = [0.9, 0.9, 0.9, 0.5, 0.5, 0.5]
    problem = problem_of(pairs, scores, [1, 1, 1, 2, 2])

    balance = balanced(problem)
    figures = figures_of(problem, balance)

    # Companies show two associations each; every association shows the best company.
    assert figures.before.count.tolist() == [2, 2, 0, 3, 0]
    assert figures.before.coverage == pytest.approx(3 / 5)
    assert figures.after.coverage == 1
    assert figures.after.gini == pytest.approx(gini(balance.count))
    # Taken: 0.9 + 0.9 + 0.5, seen from both sides, against everybody's best as often.
    best = 3 * 0.9 + 2 * 0.9 + 0.5
    assert figures.loss == pytest.approx(1 - 2 * 2.3 / best)


@given(problems(max_rows=10, max_pairs=20))
def test_figures_are_shares(problem):
    figures = figures_of(problem, balanced(problem))

    for share in (figures.before, figures.after):
        assert 0 <= share.coverage <= 1
        assert 0 <= share.gini < 1
    assert 0 <= figures.loss <= 1
