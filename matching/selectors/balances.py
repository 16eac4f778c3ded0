"""The balanced sets as pages show them.

A catalyst reads who is proposed to whom and how evenly, never what a pair scores: that
is told to its two sides. The set is a dated picture: what an organisation refuses acts
on its own pages at once and on the picture when it is next taken, so that nobody can
see a pair disappear (docs/decisions/0154).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from alliances.enums import PartnershipType
from alliances.models import Intention, Organisation
from matching.models import TYPES, BalancedPlace, BalancedProposal, BalancedSet
from matching.selectors.cards import Figures
from matching.selectors.refusals import without_refusals
from territories.models import Territory

# How often somebody is proposed, drawn as so many bars; the last one is open.
STEPS = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 9), (10, 19), (20, None))
NAMED = 30


@dataclass(frozen=True)
class Bar:
    """How many organisations are proposed between ``least`` and ``most`` times."""

    least: int
    most: int | None
    before: int
    after: int


@dataclass(frozen=True)
class Unserved:
    """Those without a proposal for one reason: a few of them, and how many in all."""

    reason: BalancedPlace.Reason
    organisations: list[Organisation]
    count: int

    @property
    def others(self) -> int:
        return self.count - len(self.organisations)


def balanced_sets(territory: Territory) -> dict[str, BalancedSet]:
    """Return the sets of a territory by type, in the order of the types."""
    found = {one.type: one for one in territory.balanced_sets.all()}
    return {code: found[code] for code in PartnershipType.values if code in found}


def pairs_of(balanced_set: BalancedSet) -> QuerySet[BalancedProposal]:
    """Return the pairs between organisations that are still there, by name."""
    rows = BalancedProposal.objects.filter(
        balanced_set=balanced_set,
        low__organisation__archived_at=None,
        high__organisation__archived_at=None,
    )
    return rows.select_related("low__organisation", "high__organisation").order_by(
        "low__organisation__search_key", "high__organisation__search_key", "pk"
    )


def distribution(balanced_set: BalancedSet) -> list[Bar]:
    """Return how many organisations are proposed how often, before and after."""
    places = balanced_set.places.all()
    before, after = (
        dict(places.values_list(column).annotate(n=Count("pk")))
        for column in ("before_count", "count")
    )
    return [
        Bar(least, most, _within(before, least, most), _within(after, least, most))
        for least, most in STEPS
        if most == 0 or _within({**before, **after}, least, most)
    ]


def unserved(balanced_set: BalancedSet) -> list[Unserved]:
    """Return who has no proposal, by reason."""
    empty = balanced_set.places.filter(
        count=0, intention__organisation__archived_at=None
    )
    counts = dict(empty.values_list("reason").annotate(n=Count("pk")))
    found = []
    for reason in BalancedPlace.Reason:
        if counts.get(reason):
            rows = empty.filter(reason=reason).select_related("intention__organisation")
            rows = rows.order_by("intention__organisation__search_key", "pk")[:NAMED]
            named = [place.intention.organisation for place in rows]
            found.append(Unserved(reason, named, counts[reason]))
    return found


def balanced_figures(
    organisation: Organisation,
    day: dt.date,
    *,
    partner: Organisation | None = None,
    type_code: str = "",
) -> list[Figures]:
    """Return the pairs of ``organisation`` in balanced sets, as they stand today.

    For its members: what it refuses, or who refuses it, is left out at once.
    """
    mine = set(
        Intention.objects.filter(organisation=organisation).values_list("pk", flat=True)
    )
    rows = BalancedProposal.objects.of(*mine).matchable_on(day)
    if type_code:
        rows = rows.filter(balanced_set__type=type_code)
    if partner is not None:
        theirs = Intention.objects.filter(organisation=partner)
        both = [*mine, *theirs.values_list("pk", flat=True)]
        rows = rows.filter(low__in=both, high__in=both)
    found = {_figures(row, mine) for row in rows}
    return without_refusals(organisation, sorted(found, key=_order))


def _figures(row: BalancedProposal, mine: set[int]) -> Figures:
    own, partner = row.low_id, row.high_id
    if own not in mine:
        own, partner = partner, own
    return Figures(
        own_id=own,
        partner_id=partner,
        scores=tuple(row.scores),
        confidence=row.confidence,
        best_type=PartnershipType(TYPES[row.best_type]),
        named_type=PartnershipType(TYPES[row.named_type]),
    )


def _order(one: Figures) -> tuple[int, int]:
    return one.own_id, one.partner_id


def _within(counts: dict[int, int], least: int, most: int | None) -> int:
    return sum(
        number
        for count, number in counts.items()
        if least <= count and (most is None or count <= most)
    )


def report(territory: Territory, type_code: str | None) -> dict[str, Any]:
    """Return everything about the sets of a territory: for operators, by keys."""
    sets = balanced_sets(territory)
    wanted = [one for code, one in sets.items() if type_code in (None, code)]
    return {
        "territory": territory.reference,
        "sets": [_reported(one) for one in wanted],
    }


def _reported(one: BalancedSet) -> dict[str, Any]:
    position = TYPES.index(one.type)
    return {
        "type": one.type,
        "computed_at": one.computed_at.isoformat(),
        "organisations": one.organisation_count,
        "served": one.served_count,
        "served_bound": one.served_bound_count,
        "pair_count": one.pair_count,
        "value": one.value,
        "bound": one.bound,
        "coverage_before": one.coverage_before,
        "coverage": one.coverage,
        "gini_before": one.gini_before,
        "gini": one.gini,
        "score_loss": one.loss,
        "unserved": [
            {"organisation": key, "reason": reason}
            for key, reason in one.places.filter(count=0)
            .order_by("intention__organisation__key", "pk")
            .values_list("intention__organisation__key", "reason")
        ],
        "pairs": [
            {
                "organisation": row.low.organisation.key,
                "partner": row.high.organisation.key,
                "score": row.scores[position],
            }
            for row in pairs_of(one)
        ],
    }
