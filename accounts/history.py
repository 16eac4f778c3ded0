"""Which changes are written down: one event per changed row, by the database itself.

A trigger sees what Django does not: ``update()``, ``bulk_create`` and plain SQL. The
event of a change holds the row as it was *before*; what it became is read from the
next event or from the row itself, so that no change lacks one of its two sides even
when older events were purged (docs/decisions/0135).
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=models.Model)


def keep_changes(
    *,
    only: Sequence[str] | None = None,
    leaving_out: Sequence[str] = (),
    found_by: Sequence[str] = (),
    has_object: bool = True,
) -> Callable[[type[M]], type[M]]:
    """Write down every insertion, change and deletion of a model's rows.

    A change of nothing but fields that are left out leaves no event. ``found_by``
    names the foreign keys by which the journal of an organisation finds the events;
    the links of a relation (``has_object=False``) come and go, and never change.
    """

    def track(model: type[M]) -> type[M]:
        keys = [[key, "-pgh_id"] for key in found_by]
        trackers = [pghistory.InsertEvent(), pghistory.DeleteEvent()]
        settings: dict[str, Any] = {} if has_object else {"obj_field": None}
        if has_object:
            keys.append(["pgh_obj", "pgh_id"])
            trackers.append(pghistory.UpdateEvent(row="OLD"))
        tracking = pghistory.track(
            *trackers,
            fields=list(only) if only else None,
            exclude=list(leaving_out) or None,
            model_name=f"{model.__name__}Event",
            meta={"indexes": [models.Index(fields=fields) for fields in keys]},
            **settings,
        )
        return tracking(model)

    return track
