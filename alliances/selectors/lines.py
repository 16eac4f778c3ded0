"""The lines of the directory: what a visitor reads of each organisation, and why.

Told from public parts only, whoever reads: the same line for everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from alliances.enums import FragilityDomain, Means, Part, PartnershipType, Size
from alliances.models import Establishment, Intention, Organisation
from alliances.policy import shown_to_all
from alliances.search_words import meaning_of
from alliances.selectors.directory import Search
from alliances.selectors.places import PLACE_FIELDS, distance_km
from territories.models import Containment, Territory
from territories.search_text import search_key

T = TypeVar("T")
PREFETCHED = "public_intentions"
MAX_MEANS = 4
MAX_PLACES = 3
STEM_LENGTH = 5
ORGANISATION_FIELDS = (
    "public_id",
    "name",
    "kind",
    "sub_kind",
    "summary",
    "size",
    "hidden_parts",
    "is_fictitious",
)


@dataclass(frozen=True)
class Line:
    """One organisation as the directory prints it."""

    organisation: Organisation
    place: Territory | None
    distance_km: float | None
    domains: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    more_offers: int
    more_needs: int
    size: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Facts:
    """What the public intentions of one organisation say, as codes and places."""

    domains: tuple[str, ...]
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    types: tuple[str, ...]
    perimeter: tuple[Territory, ...]
    established: tuple[Territory, ...]
    seat: Territory | None
    size: str = ""


@dataclass(frozen=True)
class _Local:
    """Among the places of a page, those that meet the place that is searched."""

    territories: frozenset[int] = frozenset()
    communes: frozenset[int] = frozenset()


FACTS_OF_PART = {
    Part.DOMAINS: ("domains",),
    Part.MEANS: ("offers", "needs"),
    Part.TYPES: ("types",),
    Part.PLACES: ("perimeter", "established", "seat"),
}


def lines(keys: Sequence[int], search: Search) -> list[Line]:
    """Return the lines of the organisations ``keys``, in the same order."""
    organisations = _loaded(keys)
    local = _local(organisations.values(), search)
    return [
        _line(organisations[key], search, local) for key in keys if key in organisations
    ]


def _loaded(keys: Sequence[int]) -> dict[int, Any]:
    places = Territory.objects.only(*PLACE_FIELDS)
    intentions = Intention.objects.public().order_by("-is_default", "pk")
    return (
        Organisation.objects.only(
            *ORGANISATION_FIELDS, "seat", *(f"seat__{name}" for name in PLACE_FIELDS)
        )
        .select_related("seat")
        .prefetch_related(
            Prefetch(
                "intentions",
                intentions.prefetch_related(
                    "domains", "offers", "needs", Prefetch("perimeter", places)
                ),
                to_attr=PREFETCHED,
            ),
            Prefetch(
                "establishments",
                Establishment.objects.prefetch_related(Prefetch("commune", places)),
            ),
        )
        .in_bulk(keys)
    )


def _local(organisations: Iterable[Organisation], search: Search) -> _Local:
    """Find, among the places of a page, those of the place that is searched."""
    if not search.is_local:
        return _Local()
    facts = [_facts(organisation) for organisation in organisations]
    stated = {place.pk for fact in facts for place in fact.perimeter}
    established = {place.pk for fact in facts for place in fact.established}
    here = Containment.objects.filter(commune__in=search.communes)
    meeting = here.filter(territory__in=stated).values_list("territory", flat=True)
    return _Local(
        territories=frozenset(meeting.distinct()),
        communes=frozenset(
            Territory.objects.filter(pk__in=established)
            .filter(pk__in=search.communes)
            .values_list("pk", flat=True)
        ),
    )


def _line(organisation: Organisation, search: Search, local: _Local) -> Line:
    facts = _shown_facts(organisation)
    offers = _asked_first(facts.offers, search.offers)
    needs = _asked_first(facts.needs, search.needs)
    return Line(
        organisation=organisation,
        place=facts.seat,
        distance_km=_distance(facts.seat, search),
        domains=_labels(FragilityDomain, _asked_first(facts.domains, search.domains)),
        offers=_labels(Means, offers[:MAX_MEANS]),
        needs=_labels(Means, needs[:MAX_MEANS]),
        more_offers=max(0, len(offers) - MAX_MEANS),
        more_needs=max(0, len(needs) - MAX_MEANS),
        size=facts.size,
        reasons=(
            *_fact_reasons(facts, search),
            *_quotes(organisation, search),
            *_place_reasons(facts, search, local),
        ),
    )


def _fact_reasons(facts: _Facts, search: Search) -> list[str]:
    """Say which facts answer ``search``, most telling first."""
    meanings = [meaning_of(word) for word in search.words]
    means = {code for meaning in meanings for code in meaning.means}
    domains = {code for meaning in meanings for code in meaning.domains}
    told = [
        (_("propose : %s"), Means, facts.offers, means.union(search.offers)),
        (_("recherche : %s"), Means, facts.needs, means.union(search.needs)),
        (
            _("agit sur : %s"),
            FragilityDomain,
            facts.domains,
            domains.union(search.domains),
        ),
        (_("est ouverte à : %s"), PartnershipType, facts.types, set(search.types)),
    ]
    return [
        sentence % _enumeration(choices, [code for code in stated if code in asked])
        for sentence, choices, stated, asked in told
        if asked.intersection(stated)
    ]


def _quotes(organisation: Organisation, search: Search) -> list[str]:
    """Quote the searched words as the organisation writes them."""
    reasons = []
    for word in search.words:
        if quoted := _quoted(organisation.name, word):
            reasons.append(_("« %s » dans son nom") % quoted)
        elif quoted := _quoted(organisation.summary, word):
            reasons.append(_("« %s » dans sa présentation") % quoted)
    return reasons


def _quoted(text: str, word: str) -> str:
    """Return the first word of ``text`` with the root of ``word``, as it is written."""
    root = word[: max(STEM_LENGTH, len(word) - 3)]
    for written in text.replace("’", " ").replace("'", " ").split():
        key = search_key(written)
        if key.startswith(root) or (len(word) < STEM_LENGTH and key == word):
            return written.strip('.,;:!?()«»"')
    return ""


def _place_reasons(facts: _Facts, search: Search, local: _Local) -> list[str]:
    if not search.is_local:
        return []
    reasons = _seat_reasons(facts.seat, search)
    here = [place for place in facts.established if place.pk in local.communes]
    if here:
        reasons.append(_("établissement à %s") % _names(here))
    acting = [place for place in facts.perimeter if place.pk in local.territories]
    if acting:
        reasons.append(_("intervient sur : %s") % _names(acting))
    return reasons


def _seat_reasons(seat: Territory | None, search: Search) -> list[str]:
    distance = _distance(seat, search)
    if seat is None or distance is None:
        return []
    if seat == search.territory:
        return [_("siège à %s") % seat]
    values = {"km": max(1, round(distance)), "place": search.territory}
    return [_("siège à %(km)d km de %(place)s") % values]


def _names(places: Sequence[Territory]) -> str:
    return ", ".join(str(place) for place in places[:MAX_PLACES])


def _distance(seat: Territory | None, search: Search) -> float | None:
    if seat is None or search.territory is None or not search.is_local:
        return None
    return distance_km(seat, search.territory)


def _shown_facts(organisation: Organisation) -> _Facts:
    """Return the facts less the parts that the organisation hides."""
    shown, facts = shown_to_all(organisation), _facts(organisation)
    hidden: dict[str, Any] = {
        name: () if name != "seat" else None
        for part, names in FACTS_OF_PART.items()
        if part not in shown
        for name in names
    }
    if Part.SIZE in shown and organisation.size:
        hidden["size"] = str(Size(organisation.size).label)
    return replace(facts, **hidden)


def _facts(organisation: Organisation) -> _Facts:
    # Prefetched by _loaded: the open and paused ones alone.
    intentions: list[Intention] = getattr(organisation, PREFETCHED)
    return _Facts(
        domains=_once(
            line.domain
            for one in intentions
            for line in sorted(one.domains.all(), key=lambda line: -line.weight)
            if line.weight
        ),
        offers=_once(line.means for one in intentions for line in one.offers.all()),
        needs=_once(line.means for one in intentions for line in one.needs.all()),
        types=_once(code for one in intentions for code in one.types),
        perimeter=_once(place for one in intentions for place in one.perimeter.all()),
        established=_once(place.commune for place in organisation.establishments.all()),
        seat=organisation.seat,
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _asked_first(stated: Sequence[str], asked: Sequence[str]) -> list[str]:
    return sorted(stated, key=lambda code: code not in asked)


def _labels(choices: type, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(choices(code).label) for code in codes)


def _enumeration(choices: type, codes: Sequence[str]) -> str:
    return " ; ".join(label.lower() for label in _labels(choices, codes))
