"""One page of the directory: counted, sorted, cut, then loaded."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min

from alliances.enums import Part
from alliances.models.organisation import OrganisationQuerySet
from alliances.selectors.directory import Axis, Search, found, is_measurable, ordered
from alliances.selectors.lines import Line, lines
from alliances.selectors.places import commune_named, seat_distance
from alliances.selectors.spelling import corrected

PAGE_SIZE = 20
# Nobody reads further than a thousand lines: past that, filters serve better.
MAX_PAGES = 50
WIDER_RADII_KM = (10, 20, 30, 50, 100)
MAX_WIDENINGS = 4
NEAR_KM = 20


class CappedPaginator(Paginator):
    """Stop after ``MAX_PAGES``, so that no address makes the database skip far."""

    @property
    def num_pages(self) -> int:
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
    organisations: OrganisationQuerySet, search: Search, *, order: str, number: str
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
        widenings=_proposed(organisations, search, page.paginator.count),
    )


def _proposed(
    organisations: OrganisationQuerySet, search: Search, count: int
) -> list[Widening]:
    """Return what to widen when nothing is found; a commune among the words, if few."""
    if not count:
        return widenings(organisations, search)
    if count > PAGE_SIZE:
        return []
    return [
        wider for wider in _around_a_word(organisations, search) if wider.count > count
    ]


def widenings(organisations: OrganisationQuerySet, search: Search) -> list[Widening]:
    """Return wider searches that find something: farther, or with a filter less."""
    wider = _around_a_word(organisations, search)
    for axis in search.asked if len(search.asked) > 1 else ():
        lighter = search.without(axis)
        if count := found(organisations, lighter).count():
            wider.append(Widening(lighter, count, axis))
            if axis is Axis.TERRITORY:
                wider = [*_farther(organisations, search), *wider]
    if search.asked == (Axis.TERRITORY,):
        wider = _farther(organisations, search)
    return wider[:MAX_WIDENINGS]


def _farther(organisations: OrganisationQuerySet, search: Search) -> list[Widening]:
    """Return the search with the first radius that reaches a seat, if one does."""
    if search.territory is None or not is_measurable(search):
        return []
    anywhere = found(organisations, search.without(Axis.TERRITORY)).showing(Part.PLACES)
    nearest = anywhere.aggregate(km=Min(seat_distance(search.territory)))["km"]
    for radius_km in WIDER_RADII_KM:
        if nearest is not None and nearest <= radius_km:
            farther = replace(search, radius_km=radius_km)
            count = found(organisations, farther).count()
            return [Widening(farther, count)] if count else []
    return []


def _around_a_word(
    organisations: OrganisationQuerySet, search: Search
) -> list[Widening]:
    """Return the search around the commune that one of its words names, if one does.

    « mobilité Clisson » is what people write in the first field that they see.
    """
    if search.territory is not None or not search.words:
        return []
    named = commune_named(search.words)
    if named is None:
        return []
    place, others = named
    around = replace(search, words=others, territory=place, radius_km=NEAR_KM)
    count = found(organisations, around).count()
    return [Widening(around, count)] if count else []


def _page(
    organisations: OrganisationQuerySet, search: Search, order: str, number: str
) -> Page[Any]:
    """Return one page of keys.

    When something is asked, every key is read, in order, by one query: cheaper than
    counting and cutting, which are planned badly. Otherwise an index does the sort.
    """
    answer = ordered(found(organisations, search), search, order)
    keys = answer.values_list("pk", flat=True)
    return CappedPaginator(list(keys) if search.asked else keys, PAGE_SIZE).get_page(
        _rank(number)
    )


def _rank(number: str) -> int:
    """Return the page that ``number`` asks for, the first one when it is not one."""
    return int(number) if re.fullmatch(r"[0-9]{1,4}", number) else 1
