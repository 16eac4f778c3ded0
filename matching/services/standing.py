"""The population as the last refresh left it in this process, edits applied.

Reading everybody takes most of a refresh. What an edit changes is most often what is
sought and brought: that is rewritten in place, as long as nothing else of the intention
moved. Anything else, and everybody is read again (docs/decisions/0169).
"""

from collections.abc import Collection
from dataclasses import dataclass, fields

import numpy as np
from django.utils import timezone

from alliances.models import Intention
from matching import kernel
from matching.kernel.editing import Aims, owned, rewrite_prepared
from matching.models import Run
from matching.selectors.geography import vintage
from matching.selectors.population import Population, recorded
from matching.services.locking import one_state
from matching.services.pictures import Loaded, Picture, ready

AIMS = frozenset(field.name for field in fields(Aims))
FIXED = [one.name for one in fields(kernel.Intention) if one.name not in AIMS]
FEW = 50

Key = tuple[object, ...]


@dataclass
class Standing:
    """A population, and the refreshes that it takes into account.

    ``fixed`` tells, by intention, what cannot be rewritten in place, as a hash.
    """

    key: Key
    refreshes: set[int]
    loaded: Loaded
    fixed: dict[int, int]


_kept: list[Standing] = []  # one at most


def forget() -> None:
    """Give back the memory."""
    _kept.clear()


def loaded_with(run: Run, base: Run, noted: Collection[int]) -> Loaded:
    """Return everybody as they are now, ``noted`` being what changed since the last run.

    For whoever holds the right to write: one caller at a time.
    """
    with one_state():
        key = _key(run, base)
        if _kept and _kept[0].key == key:
            found = _kept[0]
            news = _refreshes(base, found.refreshes)
            ids = {pk for one in news.values() for pk in one} | set(noted)
            if len(ids) <= FEW and _rewritten(found, ids):
                found.refreshes |= set(news)
                return found.loaded
        forget()
        _kept.append(_read(run, base, key))
    return _kept[0].loaded


def _key(run: Run, base: Run) -> Key:
    """Change with whatever may move what intentions are, unannounced."""
    last = Run.objects.filter(state=Run.State.DONE, scope=Run.Scope.TERRITORY)
    territorial = last.order_by("-pk").values_list("pk", flat=True).first()
    return (
        base.public_id,
        run.configuration_id,
        timezone.localdate(),
        vintage(),
        territorial,
    )


def _refreshes(base: Run, known: Collection[int] = ()) -> dict[int, list[int]]:
    small = Run.objects.filter(scope=Run.Scope.INTENTIONS, state=Run.State.DONE)
    rows = small.filter(pk__gt=base.pk).exclude(pk__in=known)
    return dict(rows.values_list("pk", "intention_ids"))


def _read(run: Run, base: Run, key: Key) -> Standing:
    done = set(_refreshes(base))
    matchable = Intention.objects.matchable_on(timezone.localdate())
    population, records = recorded(matchable)
    fixed = _fixed(population, records)
    loaded = ready(run, Picture(population, []))
    mine = Loaded(population, owned(loaded.prepared), loaded.kept, [])
    return Standing(key, done, mine, fixed)


def _fixed(
    population: Population, records: Collection[kernel.Intention]
) -> dict[int, int]:
    """Return the intentions whose aims may be rewritten, and what must not move."""
    ids = population.intention_ids.tolist()
    return {
        pk: hash(tuple(getattr(one, name) for name in FIXED))
        for pk, one in zip(ids, records, strict=True)
        if not any(area for _means, area in (*one.needs, *one.offers))
    }


def _rewritten(standing: Standing, ids: Collection[int]) -> bool:
    """Write the aims of these intentions in place; False when that is not enough."""
    matchable = Intention.objects.matchable_on(timezone.localdate())
    now, records = recorded(matchable.filter(pk__in=ids))
    population, prepared = standing.loaded.population, standing.loaded.prepared
    before = population.intention_ids[population.rows_of(ids)]
    fixed = _fixed(now, records)
    if not np.array_equal(before, now.intention_ids) or len(fixed) < len(before):
        return False
    if any(standing.fixed.get(pk) != one for pk, one in fixed.items()):
        return False
    for at, pk in enumerate(before.tolist()):
        row = population.row[pk]
        aims = {name: getattr(now.profiles, name)[at] for name in AIMS}
        rewrite_prepared(prepared, row, Aims(**aims))
    return True
