"""The balanced sets of a territory: computed, then replaced as a whole.

Imports NumPy and the solver: import it where it is used.
"""

from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.enums import PartnershipType
from jobs.registry import Work
from matching import balance, kernel
from matching.models import (
    TYPES,
    BalancedPlace,
    BalancedProposal,
    BalancedSet,
    Configuration,
    Run,
)
from matching.selectors.population import matchable_population
from matching.selectors.sharing import Group, group_in
from matching.services.locking import one_state
from matching.services.runs import active_configuration
from territories.models import Territory

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Shared:
    """What was worked out for one type."""

    position: int
    problem: balance.Problem
    found: balance.Balance
    figures: balance.Figures


def compute_balances(territory_id: int, work: Work) -> None:
    """Compute and store the four sets of a territory; safe to run twice.

    Readers see the former sets until the new ones are all there.
    """
    territory = Territory.objects.get(pk=territory_id)
    configuration = active_configuration()
    group, run = _read(territory, configuration)
    shared = []
    for position in range(len(TYPES)):
        work.progress(position, len(TYPES), _("Répartition des propositions"))
        shared.append(share(group, position))
    with work.completing():
        BalancedSet.objects.filter(territory=territory).delete()
        for one in shared:
            _store(territory, configuration, run, group=group, one=one)


def share(group: Group, position: int) -> Shared:
    """Work out the balanced set of one type."""
    problem, members = group.problem(position), group.members(position)

    def price(low: balance.Integers, high: balance.Integers) -> balance.Reals:
        return group.best(members[low], members[high], position).scores

    found = balance.balanced(problem, price=price)
    return Shared(position, problem, found, balance.figures_of(problem, found))


def _read(
    territory: Territory, configuration: Configuration
) -> tuple[Group, Run | None]:
    with one_state():
        done = Run.objects.filter(state=Run.State.DONE)
        run = done.exclude(scope=Run.Scope.INTENTIONS).order_by("finished_at").last()
        group = group_in(
            territory,
            population=matchable_population(timezone.localdate()),
            configuration=kernel.Configuration.from_mapping(configuration.content),
        )
    return group, run


def _store(
    territory: Territory,
    configuration: Configuration,
    run: Run | None,
    *,
    group: Group,
    one: Shared,
) -> None:
    figures, found = one.figures, one.found
    stored = BalancedSet.objects.create(
        territory=territory,
        type=PartnershipType(TYPES[one.position]),
        run=run,
        configuration=configuration,
        computed_at=timezone.now(),
        organisation_count=len(one.problem),
        served_count=found.served,
        served_bound_count=found.served_bound,
        pair_count=len(found.low),
        value=found.value,
        bound=found.bound,
        coverage_before=figures.before.coverage,
        coverage=figures.after.coverage,
        gini_before=figures.before.gini,
        gini=figures.after.gini,
        loss=figures.loss,
    )
    BalancedPlace.objects.bulk_create(_places(stored, group, one), ROWS_AT_ONCE)
    BalancedProposal.objects.bulk_create(_proposals(stored, group, one), ROWS_AT_ONCE)


def _places(stored: BalancedSet, group: Group, one: Shared) -> list[BalancedPlace]:
    intentions = group.first_intentions[group.members(one.position)].tolist()
    counts = zip(
        intentions,
        one.figures.before.count.tolist(),
        one.found.count.tolist(),
        strict=True,
    )
    return [
        BalancedPlace(
            balanced_set=stored,
            intention_id=intention,
            before_count=before,
            count=count,
            reason=one.found.unserved.get(row, ""),
        )
        for row, (intention, before, count) in enumerate(counts)
    ]


def _proposals(
    stored: BalancedSet, group: Group, one: Shared
) -> list[BalancedProposal]:
    members = group.members(one.position)
    best = group.best(members[one.found.low], members[one.found.high], one.position)
    pairs = kernel.score_pairs(group.prepared, best.one, best.other)
    ids = group.population.intention_ids
    return [
        BalancedProposal(
            balanced_set=stored,
            low_id=int(ids[pairs.low[at]]),
            high_id=int(ids[pairs.high[at]]),
            scores=[None if np.isnan(s) else float(s) for s in pairs.scores[at]],
            confidence=float(pairs.confidence[at]),
            best_type=int(pairs.best_type[at]),
            named_type=int(pairs.named_type[at]),
        )
        for at in range(len(pairs.low))
    ]
