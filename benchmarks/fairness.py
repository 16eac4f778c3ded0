"""How evenly the balanced sets share proposals in the région of the demonstration.

The worst of the four types is the figure; the others are in its note.
"""

import time

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from alliances.demonstration import SOURCE
from alliances.models import Intention
from benchmarks.figures import Figure
from matching.kernel import TYPES, default_configuration
from matching.selectors.population import population_of
from matching.selectors.sharing import group_in
from matching.services.balancing import share
from territories.selectors import resolve

NEEDS_DATABASE = True
REGION = "REG-52"


def figures() -> list[Figure]:
    """Load the demonstration for a while, and share its proposals out."""
    with transaction.atomic():
        call_command("load_demo", verbosity=0)
        start = time.perf_counter()
        shared = _shared()
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    sizes = f"{REGION}, {max(len(one.problem) for one in shared)} organisations"
    return [
        _figure("coverage", shared, lambda one: one.figures.after.coverage, 0.95, min),
        _figure("gini", shared, lambda one: one.figures.after.gini, 0.35, max),
        _figure("score_loss", shared, lambda one: one.figures.loss, 0.10, max),
        _figure("gap", shared, lambda one: one.found.gap, None, max),
        _figure(
            "coverage_before",
            shared,
            lambda one: one.figures.before.coverage,
            None,
            min,
        ),
        _figure("gini_before", shared, lambda one: one.figures.before.gini, None, max),
        Figure("fairness.seconds", seconds, "s", None, "lower", f"four types, {sizes}"),
    ]


def _shared():
    demonstration = Intention.objects.matchable_on(timezone.localdate()).filter(
        organisation__source=SOURCE
    )
    group = group_in(
        resolve(REGION).territory,
        population=population_of(demonstration),
        configuration=default_configuration(),
    )
    return [share(group, position) for position in range(len(TYPES))]


def _figure(name, shared, measure, goal, worst) -> Figure:
    values = [measure(one) for one in shared]
    by_type = ", ".join(
        f"{TYPES[one.position]} {value:.3g}"
        for one, value in zip(shared, values, strict=True)
    )
    better = "higher" if worst is min else "lower"
    note = f"worst of four types in {REGION}: {by_type}"
    return Figure(f"fairness.{name}", worst(values), "", goal, better, note)
