"""Which organisations answer a search of the directory, and in what order.

Only what anybody may read is searched: a part that an organisation hides cannot be
found out by a filter, a word, a sort or a count (docs/decisions/0051).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet, TextChoices
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from alliances.enums import Part
from alliances.models import Establishment, Intention, IntentionQuerySet, Organisation
from alliances.models.organisation import OrganisationQuerySet
from alliances.models.search import word_query
from alliances.search_words import meaning_of
from alliances.selectors.places import (
    Communes,
    communes_around,
    has_coordinates,
    is_everywhere,
    seat_distance,
)
from territories.models import Territory


class Relation(TextChoices):
    """How an organisation is tied to the territory that is searched."""

    BASED = "dans", _("est implantée ici")
    ACTING = "agit", _("agit ici")


class Order(TextChoices):
    RELEVANCE = "pertinence", _("pertinence")
    PROXIMITY = "proximite", _("proximité")
    NAME = "nom", _("nom")


class Axis(StrEnum):
    """What a search may ask, each a field of ``Search``."""

    WORDS = "words"
    TERRITORY = "territory"
    KINDS = "kinds"
    DOMAINS = "domains"
    TYPES = "types"
    OFFERS = "offers"
    NEEDS = "needs"
    SIZES = "sizes"


@dataclass(frozen=True)
class Search:
    """What somebody asks the directory; an empty field asks nothing."""

    words: tuple[str, ...] = ()
    territory: Territory | None = None
    radius_km: int | None = None
    relation: str = ""
    kinds: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()

    def without(self, axis: Axis) -> "Search":
        """Return the same search, without what it asks on ``axis``."""
        if axis is Axis.TERRITORY:
            return replace(self, territory=None, radius_km=None, relation="")
        nothing: dict[str, Any] = {axis.value: ()}
        return replace(self, **nothing)

    @property
    def is_local(self) -> bool:
        """Tell whether a territory is asked that leaves some places out."""
        return self.territory is not None and not is_everywhere(self.territory)

    @cached_property
    def communes(self) -> Communes:
        """The communes of the territory and of its surroundings."""
        if self.territory is None:
            return frozenset()
        return communes_around(self.territory, self.radius_km)

    @property
    def asked(self) -> tuple[Axis, ...]:
        return tuple(axis for axis in Axis if getattr(self, axis.value))


def found(organisations: OrganisationQuerySet, search: Search) -> OrganisationQuerySet:
    """Keep the organisations that answer every part of ``search``."""
    for rank, word in enumerate(search.words, start=1):
        is_last = rank == len(search.words)
        organisations = _with_word(organisations, word, is_last=is_last)
    if search.kinds:
        organisations = organisations.of_kind(*search.kinds)
    if search.sizes:
        organisations = organisations.showing(Part.SIZE).of_size(*search.sizes)
    intentions = _intentions(search)
    if search.domains or search.types or search.offers or search.needs:
        organisations = _showing(organisations, search).with_intention(intentions)
    if search.territory is not None:
        organisations = _placed(organisations, search, intentions)
    return organisations


def ordered(
    organisations: OrganisationQuerySet, search: Search, order: str = ""
) -> OrganisationQuerySet:
    """Sort what was found; without ``order``, by what the search is about."""
    match order or default_order(search):
        case Order.PROXIMITY if is_measurable(search):
            assert search.territory is not None  # noqa: S101  # told by is_measurable
            # By whole kilometres, as they are printed; then by name.
            distance = Round(seat_distance(search.territory))
            keys: tuple[Any, ...] = (distance.asc(nulls_last=True), "search_key")
        case Order.RELEVANCE if search.words:
            rank = SearchRank(F("search_vector"), _any_word(search.words))
            keys = (rank.desc(), "search_key")
        case _:
            keys = ("search_key",)
    return organisations.order_by(*keys, "pk")


def default_order(search: Search) -> Order:
    if is_measurable(search):
        return Order.PROXIMITY
    return Order.RELEVANCE if search.words else Order.NAME


def is_measurable(search: Search) -> bool:
    """Tell whether distances to the territory of ``search`` mean something."""
    return (
        search.territory is not None
        and search.is_local
        and has_coordinates(search.territory)
    )


def _with_word(
    organisations: OrganisationQuerySet, word: str, *, is_last: bool
) -> OrganisationQuerySet:
    """One word is in the texts, or designates a kind, a domain or a means."""
    meaning = meaning_of(word)
    everyone, public = Organisation.objects.all(), Intention.objects.public()
    ways = [everyone.writing(word, is_last=is_last)]
    if meaning.kinds:
        ways.append(everyone.of_kind(*meaning.kinds))
    if meaning.domains:
        on_domain = public.on_domain(*meaning.domains)
        ways.append(everyone.showing(Part.DOMAINS).with_intention(on_domain))
    if meaning.means:
        showing = everyone.showing(Part.MEANS)
        ways.append(showing.with_intention(public.offering(*meaning.means)))
        ways.append(showing.with_intention(public.seeking(*meaning.means)))
    return _in_one_of(organisations, [way.values("pk") for way in ways])


def _in_one_of(
    organisations: OrganisationQuerySet, ways: list[QuerySet[Any, Any]]
) -> OrganisationQuerySet:
    """Keep those found by one of ``ways``: a union, that indexes answer, not an OR."""
    first, *others = ways
    return organisations.filter(pk__in=first.union(*others) if others else first)


def _any_word(words: tuple[str, ...]) -> SearchQuery:
    query = word_query(words[-1], is_last=True)
    for word in words[:-1]:
        query |= word_query(word, is_last=False)
    return query


def _intentions(search: Search) -> IntentionQuerySet:
    """One and the same public intention answers every facet that it can answer."""
    intentions = Intention.objects.public()
    if search.domains:
        intentions = intentions.on_domain(*search.domains)
    if search.types:
        intentions = intentions.open_to(*search.types)
    if search.offers:
        intentions = intentions.offering(*search.offers)
    if search.needs:
        intentions = intentions.seeking(*search.needs)
    return intentions


def _showing(
    organisations: OrganisationQuerySet, search: Search
) -> OrganisationQuerySet:
    """Leave out those that hide one of the parts that ``search`` asks about."""
    if search.domains:
        organisations = organisations.showing(Part.DOMAINS)
    if search.types:
        organisations = organisations.showing(Part.TYPES)
    if search.offers or search.needs:
        organisations = organisations.showing(Part.MEANS)
    return organisations


def _placed(
    organisations: OrganisationQuerySet,
    search: Search,
    intentions: IntentionQuerySet,
) -> OrganisationQuerySet:
    organisations = organisations.showing(Part.PLACES)
    if not search.is_local:
        return organisations
    here = search.communes
    based = [
        Organisation.objects.seated_in(here).values("pk"),
        Establishment.objects.filter(commune__in=here).values("organisation"),
    ]
    match search.relation:
        case Relation.BASED:
            ways = based
        case Relation.ACTING:
            ways = [intentions.acting_on(here).values("organisation")]
        case _:
            acting = intentions.with_perimeter_meeting(here)
            ways = [*based, acting.values("organisation")]
    return _in_one_of(organisations, ways)
