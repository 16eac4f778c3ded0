"""The journals of changes follow the tables that they are the journals of.

One setting says how long a trail is kept: changes, reads by the administration, and the
rows that explain them, which go a little after.
"""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.activities import SAFETY
from accounts.personal_data.registry import (
    Link,
    Nature,
    OnErasure,
    Purged,
    Table,
    enter,
    table_of,
)

OWN_COLUMNS = "pgh_"  # how the columns of the library begin
WHAT_AND_WHEN = ("pgh_label", "pgh_created_at")
EXPLAINING = timedelta(days=2)  # what explains rows of a trail outlives them by that


def kept_as_trail(since: str, *, longer: timedelta = timedelta(0)) -> Purged:
    """Keep rows as long as the settings say that a trail is, and ``longer``."""
    after = timedelta(days=settings.AUDIT_KEPT_DAYS) + longer
    return Purged(after, since, format_lazy(_("{days} jours"), days=after.days))


def register_histories() -> None:
    """Enter the table of events of every table that has one."""
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            # A proxy is tracked for the table that it stands for.
            table = table_of(tracked._meta.concrete_model._meta.label)
            if table is not None:
                enter(_history(table, model))


def _history(table: Table, model: type[models.Model]) -> Table:
    names = [column.name for column in model._meta.concrete_fields]
    natures = {
        name: table.natures.get(name, Nature.PLAIN)
        for name in names
        if name.startswith(OWN_COLUMNS) or name in table.natures
    }
    return Table(
        label=model._meta.label,
        natures=natures,
        activity=SAFETY if table.is_personal else None,
        retention=kept_as_trail("pgh_created_at"),
        links=tuple(_links(table, set(names))),
    )


def _links(table: Table, names: set[str]) -> list[Link]:
    """Return the links of ``table`` that its events can follow too."""
    found = []
    for link in table.links:
        path = "pgh_obj" if link.path == "pk" else link.path
        if path in names:
            fields = tuple(name for name in link.fields if name in names)
            found.append(
                Link(path, (*fields, *WHAT_AND_WHEN), OnErasure.BLANK, link.by_address)
            )
    return found
