"""What is stored is what the kernel computed, whole lists of both sides."""

import datetime as dt

import numpy as np
import pytest

from matching import kernel
from matching.models import TYPES, Proposal
from matching.selectors.population import matchable_population
from matching.selectors.sides import side, type_scores, weights_of
from matching.services.runs import active_configuration
from tests.factories.matching import compute, keep_short_lists, population

pytestmark = pytest.mark.django_db

KEPT = 5
DAY = dt.date(2026, 11, 21)


def world():
    keep_short_lists(KEPT)
    population(50)
    compute()
    found = matchable_population(DAY)
    configuration = kernel.Configuration.from_mapping(active_configuration().content)
    return found, kernel.prepare(found.profiles, configuration)


def test_every_component_sums_to_its_side_and_the_sides_to_the_pair():
    world()

    for proposal in Proposal.objects.select_related("run"):
        weights = weights_of(proposal.run.configuration_id)
        for code, score in type_scores(proposal).items():
            low, high = (
                side(proposal, is_low=flag, type_code=code, weights=weights)
                for flag in (True, False)
            )
            assert score == pytest.approx((low.score * high.score) ** 0.5, abs=1e-15)
        assert proposal.best_score == max(type_scores(proposal).values())


def test_what_is_stored_equals_what_the_kernel_computes_to_the_last_bit():
    found, prepared = world()

    for proposal in Proposal.objects.all():
        rows = found.row[proposal.low_id], found.row[proposal.high_id]
        ranking = kernel.score_pair(prepared, *rows)
        expected = [None if np.isnan(s) else s for s in ranking.type_scores[0].tolist()]
        assert proposal.scores == expected
        assert proposal.confidence == ranking.confidence[0]
        assert (proposal.best_type, proposal.named_type) == (
            ranking.best_type[0],
            ranking.named_type[0],
        )
        assert proposal.warnings == ranking.warnings.tolist()


def test_the_rows_are_the_union_of_the_lists_of_both_sides():
    found, prepared = world()
    expected = {}
    lists = kernel.joined(list(kernel.rank_blocks(prepared, top=KEPT)))
    for row, partner, t, rank in zip(
        lists.row, lists.partner, lists.type, lists.rank, strict=True
    ):
        ids = found.intention_ids[row], found.intention_ids[partner]
        entry = expected.setdefault(tuple(sorted(map(int, ids))), {})
        entry[int(ids[0]), TYPES[t]] = int(rank)

    stored = {
        (p.low_id, p.high_id): {
            (owner, code): rank
            for owner, ranks in ((p.low_id, p.low_ranks), (p.high_id, p.high_ranks))
            for code, rank in zip(TYPES, ranks, strict=True)
            if rank
        }
        for p in Proposal.objects.all()
    }
    assert stored == expected


def test_a_list_is_no_longer_than_what_is_kept():
    world()

    longest = max(
        max(ranks)
        for pair in Proposal.objects.values_list("low_ranks", "high_ranks")
        for ranks in pair
    )

    assert longest == KEPT
