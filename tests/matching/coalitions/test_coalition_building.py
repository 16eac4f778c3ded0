"""From a population to coalitions: every claim about a coalition is true."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.coalitions import (
    Subject,
    actors_of,
    best_by_trying,
    build_table,
    functions_of,
    next_members,
    propose,
    proposed,
    without_pairs,
)
from matching.kernel import (
    FUNCTIONS,
    KINDS,
    MEANS,
    Intention,
    Territories,
    build_profiles,
    obstacles,
    prepare,
)
from tests.factories.intentions import intentions, territories
from tests.matching.kernel.population import configured

CONFIGURATION = configured(coalition__nodes=400, coalition__shown=3)
EVERYWHERE = np.arange(24)


def prepared_of(seed, n=14, configuration=CONFIGURATION):
    """Actors of mobility that accept one another more often than not."""
    drawn = [
        replace(
            one,
            domains={"mobility": 6 + number % 5, **one.domains},
            open_to=None,
            organisation=f"o{number}",
        )
        for number, one in enumerate(intentions(n, seed=seed))
    ]
    return prepare(build_profiles(drawn, territories(seed)), configuration)


def table_of(prepared, group=(), communes=EVERYWHERE, **values):
    everybody = np.arange(len(prepared))
    actors = actors_of(prepared.profiles, everybody, "mobility")
    return build_table(prepared, Subject("mobility", communes, group), actors, **values)


seeds = st.integers(0, 10_000)
groups = st.sampled_from([(), (3,), (5, 2)])


@given(seeds, groups)
@settings(max_examples=40, deadline=None)
def test_members_are_three_to_six_and_may_all_be_proposed_to_one_another(seed, group):
    prepared = prepared_of(seed)

    for coalition in propose(table_of(prepared, group), CONFIGURATION):
        rows = [seat.row for seat in coalition.seats]
        assert 3 <= len(set(rows)) == len(rows) <= 6
        assert set(group) <= set(rows)
        for one in rows:
            for other in rows:
                if one < other and not {one, other} <= set(group):
                    closed = [o.types for o in obstacles(prepared, one, other)]
                    assert len(set().union(*closed)) < 4
        assert coalition.value <= coalition.bound
        assert sum(coalition.terms) == pytest.approx(coalition.value, abs=1e-9)


@given(seeds, groups)
@settings(max_examples=40, deadline=None)
def test_what_is_said_to_be_covered_is_offered_and_sought(seed, group):
    prepared = prepared_of(seed)
    profiles = prepared.profiles
    table = table_of(prepared, group)
    sought = set(sought_by_hand(profiles, [*group, *table.rows.tolist()]))

    for coalition in propose(table, CONFIGURATION):
        offered = {
            seat.row: set(offers_by_hand(profiles, seat.row))
            for seat in coalition.seats
        }
        together = set().union(*offered.values()) & sought
        assert set(coalition.covered.means) == together
        assert set(coalition.lacking.means) == sought - together
        assert set(coalition.covered.functions).isdisjoint(coalition.lacking.functions)
        assert (
            coalition.covered.territory + coalition.lacking.territory
            == pytest.approx(1)
        )
        for seat in coalition.seats:
            others = set().union(*(v for k, v in offered.items() if k != seat.row))
            assert set(seat.alone.means) == (offered[seat.row] & sought) - others
            assert set(seat.alone.functions) <= set(seat.brings.functions)
            assert seat.alone.territory <= seat.brings.territory + 1e-12
            assert seat.is_given == (seat.row in group)
        weight = profiles.domains[coalition.motor, 11]
        assert weight >= 6
        assert coalition.motor in offered


def offers_by_hand(profiles, row):
    return listed(profiles.offers, profiles.offer_entries, row)


def listed(everywhere, entries, row):
    yield from (MEANS[m] for m in np.flatnonzero(everywhere[row]))
    yield from (MEANS[m] for owner, m, _ in entries if owner == row)


def sought_by_hand(profiles, rows):
    for row in set(rows):
        yield from listed(profiles.needs, profiles.need_entries, row)


@given(seeds, groups)
@settings(max_examples=25, deadline=None)
def test_a_small_population_is_searched_exactly(seed, group):
    table = table_of(prepared_of(seed, n=11), group)

    found = proposed(table, configured(coalition__nodes=100_000, coalition__shown=2))

    best = best_by_trying(table.problem)
    assert (found[0].value if found else None) == (
        best if best is None else pytest.approx(best, abs=1e-8)
    )
    assert all(one.is_exact for one in found)


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_those_left_out_do_not_break_the_bound(seed):
    few = configured(coalition__candidates=6, coalition__nodes=100_000)
    everybody = configured(coalition__nodes=100_000)
    kept = table_of(prepared_of(seed, configuration=few))
    whole = table_of(prepared_of(seed, configuration=everybody))

    assert (len(kept.problem), kept.n_left_out) == (6, len(whole.problem) - 6)
    best = best_by_trying(whole.problem)
    for found in proposed(kept, few)[:1]:
        assert found.value <= best + 1e-8 <= found.bound + 2e-8


@given(seeds, st.data())
@settings(max_examples=25, deadline=None)
def test_the_next_members_fill_means_then_functions_then_territory(seed, data):
    table = table_of(prepared_of(seed))
    problem = table.problem
    rows = data.draw(
        st.lists(st.integers(0, len(problem) - 1), max_size=6, unique=True)
    )

    joining = next_members(table, rows)

    place = {int(row): at for at, row in enumerate(table.rows)}
    if not rows or len(rows) == 6:
        assert joining == ()
        return
    able = [
        at
        for at in range(len(problem))
        if at not in rows and not np.isnan(problem.agreement[at, rows]).any()
    ]
    assert sorted(place[one.row] for one in joining) == able
    weight = dict(zip(MEANS, problem.weights, strict=False))
    worths = [
        (
            round(sum(weight[m] for m in one.adds.means), 9),
            len(one.adds.functions),
            round(one.adds.territory, 6),
        )
        for one in joining
    ]
    assert worths == sorted(worths, reverse=True)


def test_a_pair_refused_since_is_absent_and_no_coalition_is_added():
    prepared = prepared_of(3)
    before = {
        tuple(sorted(seat.row for seat in one.seats))
        for one in propose(table_of(prepared), CONFIGURATION)
    }
    rows = min(before)

    table = without_pairs(table_of(prepared), {(rows[1], rows[0]), (10_000, rows[0])})

    place = table.rows.tolist()
    assert math.isnan(
        table.problem.agreement[place.index(rows[0]), place.index(rows[1])]
    )
    after = propose(table, CONFIGURATION)
    assert after
    assert not any(
        {rows[0], rows[1]} <= {seat.row for seat in one.seats} for one in after
    )


def test_what_is_told_to_a_member_replaces_only_its_pairs_that_may_sit():
    prepared = prepared_of(5)
    plain = table_of(prepared, (4, 2)).problem.agreement
    scores = np.full((2, len(prepared)), np.nan)
    scores[0] = 0.5

    told = table_of(prepared, (4, 2), scores=scores).problem.agreement

    known = ~np.isnan(plain[0])
    assert known[1]
    assert known.sum() > 2
    assert np.array_equal(~np.isnan(told[0]), known)
    assert set(told[0][known]) == {0.5}
    assert np.array_equal(told[1:, 1:], plain[1:, 1:], equal_nan=True)


def here(kind, **values):
    return Intention(
        public_id=values.pop("public_id", kind),
        organisation=values.get("organisation", kind),
        kind=kind,
        domains={"mobility": 10},
        perimeter=("HERE",),
        **values,
    )


def functions(*rows):
    land = Territories(np.array([10.0]), {"HERE": np.array([0])})
    profiles = build_profiles([*rows], land)
    table = CONFIGURATION.settings["coalition.functions"].value
    held = functions_of(profiles, profiles.offers, table)
    return [{FUNCTIONS[f] for f in np.flatnonzero(row)} for row in held]


def test_each_kind_holds_the_functions_that_the_page_says():
    assert dict(zip(KINDS, functions(*map(here, KINDS)), strict=True)) == {
        "association": {"field_actor"},
        "company": {"economic_actor"},
        "local_authority": {"public_policy", "competent_authority"},
        "foundation": set(),
        "academic": {"evaluator"},
        "institution": {"public_policy", "competent_authority"},
        "citizen_group": {"beneficiary_voice"},
    }


def test_some_functions_are_held_through_what_is_offered():
    knows = here("association", offers=(("publics_knowledge", None),))
    fits = here("company", offers=(("public_policy_fit", None),))

    assert functions(knows, fits) == [
        {"field_actor", "beneficiary_voice"},
        {"economic_actor", "public_policy"},
    ]


def test_nobody_makes_no_coalition():
    land = Territories(np.array([10.0]), {"HERE": np.array([0])})
    prepared = prepare(build_profiles([], land), CONFIGURATION)
    table = build_table(
        prepared, Subject("mobility", np.array([0])), np.empty(0, np.int64)
    )

    assert (propose(table, CONFIGURATION), next_members(table, ())) == ((), ())
