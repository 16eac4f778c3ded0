"""Who refuses whom now (R04), or blocks whom: proposals and introductions obey."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils import timezone

from alliances import tags
from alliances.models import Exclusion, Organisation
from alliances.selectors.blocks import blocks_in_force


class Refusals:
    """The refusals and the blocks among some organisations, in three queries.

    Either acts in both directions and says nothing of its origin: whoever asks learns
    that a pair is absent, never why.
    """

    def __init__(self, organisation_ids: Collection[int] | None = None) -> None:
        self._others: dict[int, set[int]] = defaultdict(set)
        self._kinds: dict[int, set[str]] = defaultdict(set)
        self._sectors: dict[int, set[str]] = defaultdict(set)
        refusing = Exclusion.objects.all()
        if organisation_ids is not None:
            refusing = refusing.filter(organisation__in=organisation_ids)
        columns = ("organisation_id", "other_id", "kind", "sector")
        for owner, other, kind, sector in refusing.values_list(*columns):
            if other:
                self._others[owner].add(other)
            elif kind:
                self._kinds[owner].add(kind)
            else:
                self._sectors[owner].add(tags.tag(sector))
        self._blocks = blocks_in_force(timezone.now(), organisation_ids)
        asks = self._kinds or self._sectors
        self._traits = _traits_of(organisation_ids) if asks else {}

    def __bool__(self) -> bool:
        return bool(self._others or self._kinds or self._sectors or self._blocks)

    def between(self, one_id: int, other_id: int) -> bool:
        """Tell whether one of the two refuses the other, or blocks it."""
        pairs = ((one_id, other_id), (other_id, one_id))
        return any(self.states(*pair) or self.blocks(*pair) for pair in pairs)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield whom each refuses or blocks, as ``between`` would tell one by one."""
        yield from self._blocks
        for owner, others in self._others.items():
            yield from ((owner, other) for other in others)
        for owner in self._kinds.keys() | self._sectors.keys():
            kinds = self._kinds.get(owner, set())
            sectors = self._sectors.get(owner, set())
            for other, (kind, theirs) in self._traits.items():
                if kind in kinds or not theirs.isdisjoint(sectors):
                    yield owner, other

    def blocks(self, owner_id: int, other_id: int) -> bool:
        """Tell whether ``owner_id`` blocks the other: for its own members alone."""
        return (owner_id, other_id) in self._blocks

    def states(self, owner_id: int, other_id: int) -> bool:
        """Tell whether ``owner_id`` refuses the other: for its own members alone."""
        if other_id in self._others.get(owner_id, ()):
            return True
        kind, sectors = self._traits.get(other_id, ("", frozenset()))
        return kind in self._kinds.get(owner_id, ()) or not sectors.isdisjoint(
            self._sectors.get(owner_id, ())
        )


def _traits_of(
    organisation_ids: Collection[int] | None,
) -> dict[int, tuple[str, frozenset[str]]]:
    """Return the kind and the sectors of some organisations, or of all."""
    rows = Organisation.objects.all()
    if organisation_ids is not None:
        rows = rows.filter(pk__in=organisation_ids)
    return {
        pk: (kind, tags.sectors(sectors))
        for pk, kind, sectors in rows.values_list("pk", "kind", "sectors")
    }
