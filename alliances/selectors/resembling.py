"""Organisations that may be the one that somebody is about to create."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from alliances.enums import Part
from alliances.identifiers.checks import Identifier
from alliances.models import Organisation, OrganisationQuerySet
from territories.models import Territory
from territories.search_text import search_key

MIN_NAME_LENGTH = 4  # below, every name resembles another
MAX_SHOWN = 3
MAX_NEIGHBOURS = 2_000  # organisations of one commune whose names are compared
MAX_NEAR = 50
MAX_WORDS = 4
# Likeness of names, out of 100, from which one asks: is it this one?
LIKE_HERE = 70
LIKE_ANYWHERE = 82
LEGAL_WORDS = frozenset(
    [
        "association",
        "asso",
        "assoc",
        "loi",
        "1901",
        "sarl",
        "sas",
        "sasu",
        "sa",
        "scop",
        "scic",
        "eurl",
        "mairie",
        "commune",
        "ville",
        "de",
        "la",
        "le",
        "les",
        "l",
        "d",
        "du",
        "des",
        "et",
        "pour",
    ]
)


def holder_of(
    identifier: Identifier, number: str, *, other_than: int = 0
) -> Organisation | None:
    """Return who bears this number, or took over from who bore it in a merge."""
    if not number:
        return None
    rows = Organisation.objects.exclude(pk=other_than).select_related("merged_into")
    holder = rows.filter(**{identifier.value: number}).first()
    if holder is not None and holder.merged_into_id == other_than:
        return holder
    return (holder.merged_into or holder) if holder else None


def namesakes(
    name: str, commune: Territory | None, *, other_than: int = 0
) -> list[Organisation]:
    """Return active organisations that may be the one called ``name``, likeliest first.

    In the same commune a looser likeness is enough, of those that show their places:
    what is hidden changes nothing of the answer.
    """
    key = _bare(search_key(name))
    if len(key) < MIN_NAME_LENGTH:
        return []
    rows = Organisation.objects.active().exclude(pk=other_than).for_list()
    neighbours = _seated_in(rows, commune)
    found = {row.pk: (row, LIKE_HERE) for row in neighbours}
    for row in _of_such_a_name(rows, key):
        found.setdefault(row.pk, (row, LIKE_ANYWHERE))
    likely = [
        (row.pk in {one.pk for one in neighbours}, likeness, row)
        for row, least in found.values()
        if (likeness := _likeness(row, key)) >= least
    ]
    likely.sort(key=lambda one: (not one[0], -one[1], one[2].pk))
    return [row for _, _, row in likely[:MAX_SHOWN]]


def _seated_in(
    rows: OrganisationQuerySet, commune: Territory | None
) -> list[Organisation]:
    if commune is None:
        return []
    here = rows.showing(Part.PLACES).filter(seat=commune)
    return list(here.order_by("pk")[:MAX_NEIGHBOURS])


def _of_such_a_name(rows: OrganisationQuerySet, key: str) -> list[Organisation]:
    """Return those whose name begins alike, or holds every word of ``key``."""
    beginning = key[: max(MIN_NAME_LENGTH, len(key) - 3)]
    near = rows.filter(search_key__startswith=beginning)
    holding = rows
    for word in key.split()[:MAX_WORDS]:
        holding = holding.writing(word)
    each = (one.order_by("pk")[:MAX_NEAR] for one in (near, holding))
    return [row for found in each for row in found]


def _likeness(row: Organisation, key: str) -> float:
    """Compare names as people write them, from 0 to 100: words in any order."""
    return fuzz.token_sort_ratio(_bare(row.search_key), key)


def _bare(key: str) -> str:
    """Leave out the words of a legal form, which some write and others do not."""
    kept = [word for word in key.split() if word not in LEGAL_WORDS]
    return " ".join(kept) or key


def organisations_named(
    text: str, *, among: OrganisationQuerySet
) -> list[Organisation]:
    """Return the organisations that ``text`` may designate: a number, or a name."""
    digits = "".join(text.split()).upper()
    for identifier in Identifier:
        if found := among.filter(**{identifier.value: digits}).first():
            return [found]
    key = search_key(text[:200])
    if len(key) < MIN_NAME_LENGTH - 1:
        return []
    exact = list(among.filter(search_key=key).for_list()[: MAX_SHOWN + 3])
    return exact or list(
        among.filter(search_key__startswith=key).for_list()[: MAX_SHOWN + 3]
    )


def in_order(pks: Iterable[int]) -> list[Organisation]:
    """Return organisations by primary key, by name."""
    return list(Organisation.objects.filter(pk__in=pks).for_list().order_by("name"))
