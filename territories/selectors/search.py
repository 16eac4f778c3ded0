"""Autocomplete of places: by name, postal code or code, typos forgiven.

Two paths. The first asks PostgreSQL for the territories of which every typed word
begins a word of the name, a postal code or a code (a GIN index answers). Only when it
finds fewer than ``ENOUGH`` are former names looked through, then the list of names
compared with what was typed, letter by letter (docs/decisions/0042).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, FloatField, Max, Q, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Coalesce
from rapidfuzz import fuzz, process

from territories.models import FormerCode, Territory, TerritoryQuerySet, prefix_search
from territories.references import department_code
from territories.search_text import (
    MAX_LENGTH,
    search_key,
    unabbreviated,
)
from territories.selectors.references import former_sentence

ENOUGH = 3
MIN_TYPO_LENGTH = 4  # letters; below, everything resembles everything
# DESIGN: share of letters in common, in per cent, under which a name is not proposed.
TYPO_CUTOFF_PCT = 72
TYPO_SPREAD_PCT = 15  # names that resemble less than the best by more are left out
TYPO_BAND_PCT = 5  # names this close to each other are ranked by population
# DESIGN: among places of about the same size and name, the commune comes first.
KIND_WEIGHTS = {Territory.Kind.COMMUNE: 1.5, Territory.Kind.REGION: 1.1}

# The codes that people know: 44 is Loire-Atlantique before the région Grand Est.
FAMILIAR_CODES = (Territory.Kind.DEPARTMENT, Territory.Kind.COLLECTIVITY)


@dataclass(frozen=True)
class Found:
    """A proposed territory, where it is, and the former name that led to it."""

    territory: Territory
    department: str = ""
    notice: str = ""

    @property
    def where(self) -> str:
        """What tells it from its namesakes: "commune, Loire-Atlantique"."""
        kind = self.territory.get_kind_display()
        return f"{kind}, {self.department}" if self.department else kind


def search_territories(
    text: str, *, limit: int = 8, kinds: Collection[str] | None = None
) -> list[Found]:
    """Return the territories that ``text`` may designate, the likeliest first.

    Exact names and codes come first, then names that begin with the text, then names
    of which a word does; within each, the most populated.
    """
    key = search_key(text[:MAX_LENGTH])
    if not key or limit < 1:
        return []
    territories = Territory.objects.current()
    if kinds is not None:
        territories = territories.of_kind(*kinds)
    found = [Found(territory) for territory in _by_prefix(territories, key)[:limit]]
    communes_only = kinds is None or Territory.Kind.COMMUNE in kinds
    steps: list[Callable[[], Iterable[Found]]] = [
        lambda: _by_former_name(key, limit) if communes_only else (),
        lambda: _despite_typos(territories, key, limit),
    ]
    for step in steps:
        if len(found) >= min(ENOUGH, limit) or _is_exact(found, key):
            break
        found = _merged(found, step())
    return with_departments(found[:limit])


def _by_prefix(territories: TerritoryQuerySet, key: str) -> TerritoryQuerySet:
    if len(key) == 1:  # a whole name, "Y": as a prefix it would say nothing
        return territories.filter(search_key=key)
    named = territories.named(key).defer("search_document")
    return named.order_by(_closeness(key), _weight().desc(), "search_key", "pk")


def _is_exact(found: list[Found], key: str) -> bool:
    """Tell whether somebody typed a whole name: no need to guess another."""
    names = (key, unabbreviated(key))
    return bool(found) and found[0].territory.search_key in names


def _closeness(key: str) -> Case:
    """0 for the same name or postal code, more for what resembles less."""
    full = unabbreviated(key)
    begins = Q(search_key__startswith=full)
    if full != key:
        begins |= Q(search_key__startswith=key)
    return Case(
        When(search_key__in={key, full}, then=0),
        *_code_tiers(key),
        When(search_key__startswith=f"{full} ", then=3),
        When(search_document=_whole_words(full), then=4),
        When(begins, then=5),
        default=6,
    )


def _code_tiers(key: str) -> list[When]:
    """Compare codes only when a digit was typed: thousands of rows are ranked."""
    if not any(character in "0123456789" for character in key):
        return []
    return [
        When(postal_codes__contains=[key], then=0),
        When(code=key.upper(), kind__in=FAMILIAR_CODES, then=1),
        When(code=key.upper(), then=2),
    ]


def _whole_words(key: str) -> SearchQuery:
    return SearchQuery(" & ".join(key.split()), search_type="raw", config="simple")


def _weight() -> CombinedExpression:
    weights = [
        When(kind=kind, then=Value(weight, output_field=FloatField()))
        for kind, weight in KIND_WEIGHTS.items()
    ]
    population = Cast(Coalesce(F("population"), 0), FloatField())
    return population * Case(*weights, default=Value(1.0, output_field=FloatField()))


def _by_former_name(key: str, limit: int) -> Iterator[Found]:
    rows = FormerCode.objects.filter(search_document=prefix_search(key))
    ordered = rows.order_by(Coalesce("territory__population", 0).desc(), "code")
    for former in ordered.select_related("territory")[:limit]:
        yield Found(former.territory, notice=former_sentence(former))


def _despite_typos(
    territories: TerritoryQuerySet, key: str, limit: int
) -> Iterator[Found]:
    if len(key) < MIN_TYPO_LENGTH:
        return
    near = _near_names(unabbreviated(key))
    rows = territories.annotate(weight=_weight()).in_bulk(list(near))
    ranked = sorted(
        rows.values(),
        key=lambda row: (-(near[row.pk] // TYPO_BAND_PCT), -row.weight, row.pk),
    )
    for territory in ranked[:limit]:
        yield Found(territory)


def _near_names(key: str) -> dict[int, float]:
    """Return the territories whose name resembles ``key``, with how much (per cent)."""
    pks, names = _names(Territory.objects.aggregate(last=Max("pk"))["last"])
    matches = process.extract(
        key, names, scorer=fuzz.ratio, score_cutoff=TYPO_CUTOFF_PCT, limit=50
    )
    best = max((score for _, score, _ in matches), default=0.0)
    return {
        pks[index]: score
        for _, score, index in matches
        if score >= best - TYPO_SPREAD_PCT
    }


@lru_cache(maxsize=1)
def _names(last_pk: int | None) -> tuple[list[int], list[str]]:
    """Read every name once per process, and again when a territory is added."""
    rows = list(Territory.objects.current().values_list("pk", "search_key"))
    return [pk for pk, _ in rows], [name for _, name in rows]


def _merged(found: list[Found], more: Iterable[Found]) -> list[Found]:
    by_pk = {item.territory.pk: item for item in found}
    for item in more:
        by_pk.setdefault(item.territory.pk, item)
    return list(by_pk.values())


def with_departments(found: list[Found]) -> list[Found]:
    """Add the name of the département of each commune: many share a name."""
    codes = {
        department_code(item.territory.code)
        for item in found
        if item.territory.kind == Territory.Kind.COMMUNE
    }
    names = dict(
        Territory.objects.of_kind(
            Territory.Kind.DEPARTMENT, Territory.Kind.COLLECTIVITY
        )
        .filter(code__in=codes)
        .values_list("code", "name")
    )
    return [replace(item, department=_department(item, names)) for item in found]


def _department(item: Found, names: dict[str, str]) -> str:
    if item.territory.kind != Territory.Kind.COMMUNE:
        return ""
    return names.get(department_code(item.territory.code), "")
