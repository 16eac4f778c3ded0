"""What the page of one organisation holds, in the parts that a person may read."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from alliances.enums import Part, PartnershipType
from alliances.models import Establishment, Intention, Need, Offer, Organisation
from alliances.policy import is_partner, shown_to_all, visible_parts
from alliances.selectors.places import PLACE_FIELDS
from territories.models import Territory


@dataclass(frozen=True)
class Fact:
    """One line of the sheet: what is known, in words."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Project:
    """One intention, in the parts that the reader may read."""

    intention: Intention
    domains: list[str]
    offers: list[Offer]
    needs: list[Need]
    types: list[tuple[str, str]]
    perimeter: list[Territory]
    square: tuple[int, int, int, int] | None


@dataclass(frozen=True)
class Profile:
    """An organisation as one person may read it; an unreadable part is empty."""

    organisation: Organisation
    parts: AbstractSet[Part]
    is_member: bool
    seat: Territory | None
    establishments: list[Establishment]
    projects: list[Project]
    size: str
    staff: int | None
    maturity: str
    values: list[str]
    withheld: bool

    @property
    def acting(self) -> list[Territory]:
        """The perimeters of every intention, once each."""
        places = (place for project in self.projects for place in project.perimeter)
        return list(dict.fromkeys(places))

    @property
    def places(self) -> list[Territory]:
        """Every place where it is or acts, once each."""
        seats = [self.seat] if self.seat else []
        established = [one.commune for one in self.establishments]
        return list(dict.fromkeys([*seats, *established, *self.acting]))


def profile(organisation: Organisation, person: Person) -> Profile:
    """Return what ``person`` may read of ``organisation``."""
    parts = visible_parts(person, organisation)
    has_places = Part.PLACES in parts
    return Profile(
        organisation=organisation,
        parts=parts,
        is_member=Part.PRIVATE in parts,
        seat=organisation.seat if has_places else None,
        establishments=_establishments(organisation) if has_places else [],
        projects=[_project(one, parts) for one in _intentions(organisation, person)],
        size=_size(organisation, parts),
        staff=organisation.staff if Part.SIZE in parts else None,
        maturity=_maturity(organisation) if Part.MATURITY in parts else "",
        values=list(organisation.values) if Part.VALUES in parts else [],
        withheld=not (Part.PRIVATE in parts or is_partner(person, organisation)),
    )


def _intentions(organisation: Organisation, person: Person) -> list[Intention]:
    """Return the intentions that ``person`` may see, closed ones left out."""
    places = Territory.objects.only(*PLACE_FIELDS)
    intentions = (
        visible(person, organisation.intentions.all())
        .exclude(state=Intention.State.CLOSED)
        .order_by("-is_default", "pk")
    )
    return list(
        intentions.prefetch_related(
            Prefetch("perimeter", places),
            "domains",
            Prefetch("offers", Offer.objects.order_by("pk")),
            Prefetch("offers__territory", places),
            Prefetch("needs", Need.objects.order_by("pk")),
            Prefetch("needs__territory", places),
        )
    )


def _project(intention: Intention, parts: AbstractSet[Part]) -> Project:
    has_means = Part.MEANS in parts
    return Project(
        intention=intention,
        domains=_domains(intention) if Part.DOMAINS in parts else [],
        offers=list(intention.offers.all()) if has_means else [],
        needs=list(intention.needs.all()) if has_means else [],
        types=_types(intention.types) if Part.TYPES in parts else [],
        perimeter=list(intention.perimeter.all()) if Part.PLACES in parts else [],
        square=intention.square if Part.SQUARE in parts else None,
    )


def _domains(intention: Intention) -> list[str]:
    """Return the labels of the domains, the weightiest first; not their weights."""
    lines = [line for line in intention.domains.all() if line.weight]
    lines.sort(key=lambda line: (-line.weight, line.pk))
    return [line.get_domain_display() for line in lines]


def _types(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (code, str(label)) for code, label in PartnershipType.choices if code in codes
    ]


def _establishments(organisation: Organisation) -> list[Establishment]:
    places = Territory.objects.only(*PLACE_FIELDS)
    return list(
        organisation.establishments.prefetch_related(
            Prefetch("commune", places)
        ).order_by("pk")
    )


def _size(organisation: Organisation, parts: AbstractSet[Part]) -> str:
    is_shown = Part.SIZE in parts or Part.SIZE in shown_to_all(organisation)
    return str(organisation.get_size_display()) if is_shown else ""


def _maturity(organisation: Organisation) -> str:
    if organisation.maturity is None:
        return ""
    return str(organisation.get_maturity_display())


def facts(read: Profile) -> list[Fact]:
    """Return the lines of the sheet that the reader may read and that are known."""
    organisation = read.organisation
    lines = [
        Fact(_("Taille"), read.size),
        Fact(_("Effectif salarié"), "" if read.staff is None else str(read.staff)),
        Fact(_("Modèle socio-économique"), organisation.get_economic_model_display()),
        Fact(_("Peut recevoir du mécénat"), _yes_no(organisation.general_interest)),
        Fact(_("Secteurs d’activité"), ", ".join(organisation.sectors)),
        Fact(_("Expérience des partenariats"), read.maturity),
        Fact(_("Valeurs"), ", ".join(read.values)),
        Fact(_("Site web"), organisation.website, url=_safe(organisation.website)),
        Fact(_("SIREN"), organisation.siren),
        Fact(_("SIRET du siège"), organisation.siret),
        Fact(_("Numéro RNA"), organisation.rna),
    ]
    if read.is_member:  # to others, the day would tell that something private changed
        day = date_format(organisation.updated_at, "j F Y")
        lines.append(Fact(_("Fiche mise à jour le"), day))
    return [fact for fact in lines if fact.value]


def _yes_no(answer: bool | None) -> str:
    return {True: _("oui"), False: _("non"), None: ""}[answer]


def _safe(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""
