"""A company and an authority of the place, so that tables are set there."""

from alliances.enums import ActorKind
from alliances.models import Establishment, Exclusion
from tests.factories.alliances import IntentionFactory, OrganisationFactory


def add(world):
    here = world.territories["own"]
    for kind in (ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY):
        organisation = OrganisationFactory(
            name=f"Autour de la table, {kind}",
            kind=kind,
            seat=here,
            values=[f"ZQT{kind}valeur"],
            maturity=3,
        )
        IntentionFactory(organisation=organisation)
        Establishment.objects.create(organisation=organisation, commune=here)
        Exclusion.objects.create(
            organisation=organisation,
            sector=f"ZQT{kind}secteur",
            reason=f"ZQT{kind}motif",
        )
        for word in ("valeur", "secteur", "motif"):
            world.keep_secret(f"ZQT{kind}{word}", known_to=frozenset())
