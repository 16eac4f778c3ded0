"""Who refuses whom now (R04): what is read of proposals obeys it at once."""

from collections import defaultdict
from collections.abc import Collection

from alliances.models import Exclusion, Intention, Organisation
from matching import tags
from matching.selectors.cards import Figures


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
        return self._refuses(one_id, other_id) or self._refuses(other_id, one_id)

    def _refuses(self, owner: int, other: int) -> bool:
        if other in self._others.get(owner, ()):
            return True
        kind, sectors = self._traits.get(other, ("", frozenset()))
        return kind in self._kinds.get(owner, ()) or not sectors.isdisjoint(
            self._sectors.get(owner, ())
        )


def without_refusals(organisation: Organisation, found: list[Figures]) -> list[Figures]:
    """Leave out whom the organisation now refuses, or who now refuses it."""
    owner = dict(
        Intention.objects.filter(pk__in=[one.partner_id for one in found]).values_list(
            "pk", "organisation_id"
        )
    )
    refusals = Refusals({organisation.pk, *owner.values()})
    return [
        one
        for one in found
        if one.partner_id in owner
        and not refusals.between(organisation.pk, owner[one.partner_id])
    ]
