"""The projects of organisations, for those who look after them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from alliances.models import Intention, Organisation
from alliances.selectors.completeness import (
    Progress,
    progress_of_annotated,
    with_filled,
)

State = Intention.State


@dataclass(frozen=True, slots=True)
class Project:
    """One project as its members see it."""

    intention: Intention
    progress: Progress
    day: dt.date

    @property
    def name(self) -> str:
        return name_of(self.intention)

    @property
    def is_paused(self) -> bool:
        until = self.intention.paused_until
        is_paused = self.intention.state == State.PAUSED
        return is_paused and until is not None and until >= self.day

    @property
    def is_proposed(self) -> bool:
        return self.is_published and not self.is_paused and self.progress.is_complete

    @property
    def is_published(self) -> bool:
        return self.intention.state in (State.OPEN, State.PAUSED)

    @property
    def is_draft(self) -> bool:
        return self.intention.state == State.DRAFT

    @property
    def is_closed(self) -> bool:
        return self.intention.state == State.CLOSED

    @property
    def status(self) -> str:
        """Say where it stands, in a few words."""
        if self.is_draft:
            return _("Brouillon : vous seuls le voyez.")
        if self.is_closed:
            return _("Clos : il n’est plus montré ni proposé.")
        if self.is_paused:
            day = date_format(self.intention.paused_until or self.day, "j F Y")
            return _("En pause jusqu’au %s : rien de nouveau d’ici là.") % day
        if not self.progress.is_complete:
            return _("Montré, mais incomplet : il n’est pas encore proposé.")
        return _("Proposé à des partenaires.")


def name_of(intention: Intention) -> str:
    """Return what a project is called; the main one may have no name."""
    return intention.title or _("projet principal")


def progress_of_main(projects: Iterable[Project]) -> Progress:
    """Return how far the main one is."""
    return next(one.progress for one in projects if one.intention.is_default)


def projects_of(organisation: Organisation, person: Person) -> list[Project]:
    """Return every project of ``organisation`` that ``person`` sees, the main first."""
    return projects_by_organisation([organisation], person)[organisation.pk]


def projects_by_organisation(
    organisations: Iterable[Organisation], person: Person
) -> dict[int, list[Project]]:
    """Return the projects of several organisations, closed ones last, in one query."""
    wanted = list(organisations)
    rows: QuerySet[Intention] = Intention.objects.filter(organisation__in=wanted)
    rows = with_filled(visible(person, rows)).order_by("-is_default", "pk")
    day = timezone.localdate()
    found: dict[int, list[Project]] = {one.pk: [] for one in wanted}
    for row in sorted(rows, key=lambda row: row.state == State.CLOSED):
        project = Project(row, progress_of_annotated(row), day)
        found[row.organisation_id].append(project)
    return found


def proposed_projects(organisation: Organisation, day: dt.date) -> list[Intention]:
    """Return those that look for partners on ``day``, the main one first: all public."""
    found = Intention.objects.open_on(day).filter(organisation=organisation)
    return list(found.order_by("-is_default", "pk"))


def with_several(organisation_ids: Iterable[int], day: dt.date) -> set[int]:
    """Keep the organisations that look for partners for several projects."""
    found = Intention.objects.open_on(day).filter(
        organisation__in=set(organisation_ids)
    )
    counted = found.order_by().values("organisation").annotate(count=Count("pk"))
    several = counted.filter(count__gt=1)
    return set(several.values_list("organisation", flat=True))
