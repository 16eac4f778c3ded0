"""The whole population kept in memory, for lists that are computed while one waits.

One per audience and process, read again when a computation has been stored since, or
the day changed. It may be a few seconds behind an edit; what is shown is filtered by
the present state of the database.
"""

import datetime as dt
import threading
from dataclasses import dataclass

from django.db.models import Max

from matching import kernel
from matching.models import Configuration, Run
from matching.selectors.pairs import configuration_in_use
from matching.selectors.population import Audience, Population, matchable_population

Version = tuple[object, ...]


@dataclass(frozen=True)
class Snapshot:
    """A population ready to be compared."""

    version: Version
    population: Population
    prepared: kernel.Prepared


_kept: dict[Audience, Snapshot] = {}
_reading = threading.Lock()


def data_version(day: dt.date) -> Version:
    """Change when proposals were stored since, or the weights or the day changed."""
    done = Run.objects.filter(state=Run.State.DONE).aggregate(
        last=Max("pk"), at=Max("finished_at")
    )
    active = Configuration.objects.filter(is_active=True).values_list("pk", flat=True)
    return (day, done["last"], done["at"], active.first())


def snapshot(audience: Audience, day: dt.date) -> Snapshot:
    version = data_version(day)
    found = _kept.get(audience)
    if found is not None and found.version == version:
        return found
    with _reading:  # the others wait for the first rather than read as well
        found = _kept.get(audience)
        if found is None or found.version != version:
            found = _read(audience, day, version)
            _kept[audience] = found
    return found


def _read(audience: Audience, day: dt.date, version: Version) -> Snapshot:
    population = matchable_population(day, audience)
    prepared = kernel.prepare(population.profiles, configuration_in_use())
    return Snapshot(version, population, prepared)
