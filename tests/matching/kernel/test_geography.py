"""Overlap, distance, and where needs and offers hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import COMPONENTS, explain_pair, score_pair
from matching.kernel.families import Family, family_of, merged, shared_weight
from tests.matching.kernel.population import association, company, prepared

TERRITORY = COMPONENTS.index("territory")
NEEDS = COMPONENTS.index("needs")
AT_25_KM = ((43.3 + np.degrees(25 / 6371.0088), 5.4),)
AT_151_KM = ((43.3 + np.degrees(151 / 6371.0088), 5.4),)


def territory(one, other):
    ranking = score_pair(prepared(one, other), 0, 1)
    assert ranking.low_components[0, TERRITORY] == pytest.approx(
        ranking.high_components[0, TERRITORY], nan_ok=True
    )
    return ranking.low_components[0, TERRITORY]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"perimeter": ("HERE",)}, {"perimeter": ("BOTH",)}, 1.0),
        ({"perimeter": ("BOTH",)}, {"perimeter": ("BESIDE", "AWAY")}, 100 / 102),
        ({"perimeter": ("FR",)}, {"perimeter": ("AWAY",)}, 1.0),
        ({"perimeter": ("FR",)}, {"perimeter": ("FR",)}, 1.0),
        ({"perimeter": ("AWAY",)}, {"perimeter": ("AWAY",)}, 1.0),
    ],
)
def test_two_perimeters_that_meet_share_a_part_of_the_smaller(one, other, expected):
    assert territory(association(**one), company(**other)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("points", "expected"),
    [(((43.3, 5.4),), 0.5), (AT_25_KM, 0.25), (AT_151_KM, 0.0), ((), 0.0)],
)
def test_two_perimeters_apart_count_by_their_nearest_points(points, expected):
    far = (48.0, 2.0)
    one = association(perimeter=("HERE",), points=((43.3, 5.4), far))
    other = company(perimeter=("AWAY",), points=points)

    assert territory(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((), ((43.3, 5.4),), np.nan),
        ((), (), np.nan),
        (((43.3, 5.4),), AT_25_KM, 0.25),
    ],
)
def test_without_a_perimeter_only_points_speak(one, other, expected):
    found = territory(
        association(perimeter=(), points=one), company(perimeter=(), points=other)
    )

    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("needs", "offers", "expected"),
    [
        # the company's offers, for an association that acts HERE only
        ([("donation", None)], [("donation", "HERE")], 1.0),
        ([("donation", None)], [("donation", "BESIDE")], np.nan),
        ([("donation", None)], [("donation", "AWAY"), ("loan", None)], 0.0),
        # the association's needs, for a company that acts in BOTH
        ([("donation", "BESIDE")], [("donation", None)], 1.0),
        ([("donation", "AWAY")], [("donation", None)], np.nan),
        ([("donation", "AWAY"), ("premises", None)], [("premises", None)], 0.8),
        ([("donation", "FR")], [("donation", None)], 1.0),
        # both have an area: the areas must meet too
        ([("donation", "BESIDE")], [("donation", "HERE")], 0.0),
        ([("donation", "BOTH")], [("donation", "HERE")], 1.0),
        ([("donation", "BESIDE"), ("donation", "HERE")], [("donation", "HERE")], 1.0),
    ],
)
def test_needs_and_offers_count_where_they_hold(needs, offers, expected):
    one = association(needs=tuple(needs), perimeter=("HERE",))
    other = company(offers=tuple(offers), perimeter=("BOTH",))

    ranking = score_pair(prepared(one, other), 0, 1)

    assert ranking.low_components[0, NEEDS] == pytest.approx(expected, nan_ok=True)


def test_an_entry_of_its_own_area_does_not_hold_for_a_partner_without_perimeter():
    one = association(needs=(("donation", "HERE"),))
    other = company(perimeter=())

    ranking = score_pair(prepared(one, other), 0, 1)

    assert np.isnan(ranking.low_components[0, NEEDS])


def test_an_explanation_gives_the_overlap_or_the_kilometres():
    together = explain_pair(prepared(), 0, 1)
    apart = explain_pair(
        prepared(association(), company(perimeter=("AWAY",), points=AT_25_KM)), 0, 1
    )
    far = explain_pair(
        prepared(association(), company(perimeter=("AWAY",), points=AT_151_KM)), 0, 1
    )

    facts = [
        next(r.facts for r in found.low.reasons if r.component == "territory")
        for found in (together, apart, far)
    ]
    assert [fact["overlap"] for fact in facts] == [1.0, 0.0, 0.0]
    assert [fact["is_far"] for fact in facts] == [False, False, True]
    assert facts[1]["distance_km"] == pytest.approx(25)
    assert facts[2]["distance_km"] is None


members = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=6)


@settings(deadline=None)
@given(sets=members)
def test_atoms_weigh_what_the_members_weigh(sets):
    family = family_of(sets)
    weights = np.arange(1.0, 14.0)
    atoms, atom_weights = merged(family, weights)
    chosen = np.arange(len(family))

    found = shared_weight(atoms, atoms, chosen=chosen, weights=atom_weights)

    expected = [[sum(weights[m] for m in {*a} & {*b}) for b in sets] for a in sets]
    assert found.tolist() == expected
    assert len(atom_weights) <= len({m for one in sets for m in one})


def test_a_family_without_a_set_is_empty():
    family = Family(np.array([0]), np.empty(0, np.int64))

    assert (len(family), family.lengths.tolist()) == (0, [])
