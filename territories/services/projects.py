"""Territories of project: any set of communes with a name."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from territories.models import Containment, Territory


@dataclass(frozen=True)
class Project:
    """A territory of project: its code, its name, and its communes in force."""

    slug: str
    name: str
    communes: Sequence[Territory]


@transaction.atomic
def state_projects(projects: Sequence[Project], *, day: dt.date) -> list[Territory]:
    """Create or update territories of project, all or none, and return them.

    Safe to run twice: the slug identifies the territory, and its communes are
    replaced by those given.
    """
    return [_state(project, day) for project in projects]


def _state(project: Project, day: dt.date) -> Territory:
    population = Territory.objects.filter(
        pk__in=[commune.pk for commune in project.communes]
    ).aggregate(total=Sum("population"))["total"]
    territory, _ = Territory.objects.update_or_create(
        kind=Territory.Kind.PROJECT,
        code=project.slug,
        defaults={"name": project.name, "population": population, "valid_until": None},
        create_defaults={
            "name": project.name,
            "population": population,
            "valid_from": day,
        },
    )
    kept = Containment.objects.filter(territory=territory)
    kept.exclude(commune__in=project.communes).delete()
    Containment.objects.bulk_create(
        (
            Containment(territory=territory, commune=commune)
            for commune in project.communes
        ),
        ignore_conflicts=True,
    )
    return territory
