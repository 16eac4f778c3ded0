import datetime as dt

import factory

from territories.models import Containment, Territory

VINTAGE = dt.date(2026, 1, 1)


class TerritoryFactory(factory.django.DjangoModelFactory):
    """A commune by default; traits give the other levels."""

    class Meta:
        model = Territory
        skip_postgeneration_save = True

    class Params:
        region = factory.Trait(
            kind=Territory.Kind.REGION, code=factory.Sequence(lambda n: f"R{n}")
        )
        department = factory.Trait(
            kind=Territory.Kind.DEPARTMENT, code=factory.Sequence(lambda n: f"D{n}")
        )
        epci = factory.Trait(
            kind=Territory.Kind.EPCI, code=factory.Sequence(lambda n: f"2{n:08}")
        )
        country = factory.Trait(kind=Territory.Kind.COUNTRY, code="FR", name="France")

    kind = Territory.Kind.COMMUNE
    code = factory.Sequence(lambda n: f"{n:05}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    population = 1_000
    latitude_deg = 47.0
    longitude_deg = -1.5
    valid_from = VINTAGE

    @factory.post_generation
    def communes(self, create, extracted, **kwargs):
        """Communes of the territory; a commune contains itself."""
        if not create:
            return
        contained = [self] if self.kind == Territory.Kind.COMMUNE else extracted or []
        Containment.objects.bulk_create(
            Containment(territory=self, commune=commune) for commune in contained
        )
