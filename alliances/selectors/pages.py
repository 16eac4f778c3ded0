"""One page of the directory: counted, sorted, cut, then loaded."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window

from alliances.models.organisation import OrganisationQuerySet
from alliances.selectors.directory import Axis, Search, found, is_measurable, ordered
from alliances.selectors.lines import Line, lines
from alliances.selectors.spelling import corrected

PAGE_SIZE = 20
# Nobody reads further than a thousand lines: past that, filters serve better.
MAX_PAGES = 50
WIDER_RADII_KM = (10, 20, 30, 50, 100)
MAX_WIDENINGS = 4


class CappedPaginator(Paginator):
    """Stop after ``MAX_PAGES``, so that no address makes the database skip far."""

    @property
    def num_pages(self) -> int:  # type: ignore[override]
        return min(super().num_pages, MAX_PAGES)

    @property
    def reachable(self) -> int:
        return MAX_PAGES * self.per_page

    @property
    def is_cut(self) -> bool:
        return self.count > self.reachable


@dataclass(frozen=True)
class Widening:
    """A search that finds something where the asked one finds nothing."""

    search: Search
    count: int
    dropped: Axis | None = None


@dataclass(frozen=True)
class DirectoryPage:
    """What the directory answers: ``search`` is the one that was carried out."""

    page: Page[Any]
    lines: list[Line]
    search: Search
    is_corrected: bool
    widenings: list[Widening]

    @property
    def count(self) -> int:
        return self.page.paginator.count


def directory_page(
    organisations: OrganisationQuerySet, search: Search, *, order: str, number: Any
) -> DirectoryPage:
    """Return page ``number`` of the organisations that answer ``search``.

    When its words find nothing, the nearest known words are tried instead; when
    nothing answers at all, wider searches are proposed with their counts.
    """
    page = _page(organisations, search, order, number)
    spelled = search
    if search.words and not page.paginator.count:
        spelled = replace(search, words=corrected(search.words))
        if spelled != search:
            page = _page(organisations, spelled, order, number)
    is_corrected = spelled != search and page.paginator.count > 0
    carried_out = spelled if is_corrected else search
    return DirectoryPage(
        page=page,
        lines=lines(list(page.object_list), carried_out),
        search=carried_out,
        is_corrected=is_corrected,
        widenings=[] if page.paginator.count else widenings(organisations, search),
    )


def widenings(organisations: OrganisationQuerySet, search: Search) -> list[Widening]:
    """Return wider searches that find something: farther, or with a filter less."""
    wider = [*_farther(organisations, search)[:1]]
    for axis in search.asked if len(search.asked) > 1 else ():
        lighter = search.without(axis)
        if count := found(organisations, lighter).count():
            wider.append(Widening(lighter, count, axis))
    return wider[:MAX_WIDENINGS]


def _farther(organisations: OrganisationQuerySet, search: Search) -> list[Widening]:
    if not is_measurable(search):
        return []
    for radius_km in WIDER_RADII_KM:
        if radius_km <= (search.radius_km or 0):
            continue
        farther = replace(search, radius_km=radius_km)
        if count := found(organisations, farther).count():
            return [Widening(farther, count)]
    return []


def _page(
    organisations: OrganisationQuerySet, search: Search, order: str, number: Any
) -> Page[Any]:
    """Return one page of keys; the count comes with them, in the same query."""
    keys = ordered(found(organisations, search), search, order)
    paginator = CappedPaginator(keys.values_list("pk", flat=True), PAGE_SIZE)
    rank = _rank(number)
    rows = list(
        keys.annotate(total=Window(Count("*"))).values_list("pk", "total")[
            (rank - 1) * PAGE_SIZE : rank * PAGE_SIZE
        ]
    )
    if rows:
        paginator.count = rows[0][1]
        return Page([key for key, _total in rows], rank, paginator)
    if rank == 1:
        paginator.count = 0
    return paginator.get_page(number)


def _rank(number: Any) -> int:
    """Return the page that ``number`` asks for, the first one when it is not one."""
    text = str(number or "")
    if not re.fullmatch(r"[0-9]{1,4}", text):
        return 1
    return min(max(int(text), 1), MAX_PAGES)
