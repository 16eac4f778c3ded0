"""Who refuses whom now (R04): proposals and introductions obey it at once."""

from collections import defaultdict
from collections.abc import Collection

from alliances import tags
from alliances.models import Exclusion, Organisation


class Refusals:
    """The refusals among some organisations, in two queries.

    A refusal acts in both directions and says nothing of its origin: whoever asks
    learns that a pair is absent, never why.
    """

    def __init__(self, organisation_ids: Collection[int] | None = None) -> None:
        refusing = Exclusion.objects.all()
        organisations = Organisation.objects.all()
        if organisation_ids is not None:
            refusing = refusing.filter(organisation__in=organisation_ids)
            organisations = organisations.filter(pk__in=organisation_ids)
        self._others: dict[int, set[int]] = defaultdict(set)
        self._kinds: dict[int, set[str]] = defaultdict(set)
        self._sectors: dict[int, set[str]] = defaultdict(set)
        columns = ("organisation_id", "other_id", "kind", "sector")
        for owner, other, kind, sector in refusing.values_list(*columns):
            if other:
                self._others[owner].add(other)
            elif kind:
                self._kinds[owner].add(kind)
            else:
                self._sectors[owner].add(tags.tag(sector))
        self._traits = {
            pk: (kind, tags.sectors(sectors))
            for pk, kind, sectors in (
                organisations.values_list("pk", "kind", "sectors") if self else ()
            )
        }

    def __bool__(self) -> bool:
        return bool(self._others or self._kinds or self._sectors)

    def between(self, one_id: int, other_id: int) -> bool:
        """Tell whether one of the two refuses the other."""
        return self.states(one_id, other_id) or self.states(other_id, one_id)

    def states(self, owner_id: int, other_id: int) -> bool:
        """Tell whether ``owner_id`` refuses the other: for its own members alone."""
        if other_id in self._others.get(owner_id, ()):
            return True
        kind, sectors = self._traits.get(other_id, ("", frozenset()))
        return kind in self._kinds.get(owner_id, ()) or not sectors.isdisjoint(
            self._sectors.get(owner_id, ())
        )
