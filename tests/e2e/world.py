"""A small town and those who act there, as real descriptions would be."""

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Organisation
from tests.factories.alliances import IntentionFactory
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

MOBILITY = [FragilityDomain.MOBILITY, FragilityDomain.EMPLOYMENT]


def vineyard() -> Organisation:
    """Build the world, compute its proposals, return the association of the journey."""
    clisson = TerritoryFactory(
        name="Clisson",
        code="44043",
        postal_codes=["44190"],
        latitude_deg=47.09,
        longitude_deg=-1.28,
    )
    gorges = TerritoryFactory(
        name="Gorges", code="44064", latitude_deg=47.10, longitude_deg=-1.30
    )
    area = TerritoryFactory(epci=True, name="Le Vignoble", communes=[clisson, gorges])
    TerritoryFactory(country=True)
    TerritoryFactory(department=True, code="44", communes=[clisson, gorges])
    own = IntentionFactory(
        organisation__name="La Roue qui tourne",
        organisation__summary="Des vélos réparés, des métiers appris.",
        organisation__seat=clisson,
        organisation__general_interest=True,
        domains=MOBILITY,
        needs=[Means.DONATION, Means.PREMISES, Means.SKILLS_VOLUNTEERING],
        offers=[Means.PUBLICS_KNOWLEDGE, Means.NETWORKS],
        perimeter=[area],
    )
    for name, kind, seat, offers in (
        ("Fonderie du Val", ActorKind.COMPANY, clisson, [Means.DONATION]),
        ("Transports Ménard", ActorKind.COMPANY, gorges, [Means.PREMISES]),
        ("Ville de Clisson", ActorKind.LOCAL_AUTHORITY, clisson, [Means.PREMISES]),
        ("Fondation Sèvre", ActorKind.FOUNDATION, gorges, [Means.DONATION]),
    ):
        IntentionFactory(
            organisation__name=name,
            organisation__kind=kind,
            organisation__seat=seat,
            domains=MOBILITY,
            needs=[Means.NETWORKS],
            offers=offers,
            perimeter=[area],
        )
    IntentionFactory(
        organisation__name="Chorale des Coteaux",
        organisation__seat=gorges,
        domains=[FragilityDomain.CULTURE_LEISURE],
        needs=[Means.LOAN],
        offers=[Means.MENTORING],
    )
    compute()
    return own.organisation
