"""The copy of all one's data: asked, prepared in the background, kept a week."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import DataExport, User
from accounts.public_id import new_public_id
from accounts.selectors.personal_copy import PersonalCopy, Section, personal_copy
from accounts.signals import export_ready
from jobs.registry import Work
from jobs.services import enqueue

EXPORT_JOB = "accounts.export"
KEPT = dt.timedelta(days=7)
PER_DAY = 3
FORMAT = "alliances/donnees-personnelles/1"


class TooManyExportsError(ValueError):
    """A copy was asked for several times in a day: the last one still serves."""


@transaction.atomic
def request_export(user: User) -> DataExport:
    """Ask for the copy; asked again while it is prepared, it is prepared once.

    Raises
    ------
    TooManyExportsError
        If ``user`` already asked three times in a day.
    """
    User.objects.select_for_update().get(pk=user.pk)
    mine = DataExport.objects.filter(user=user)
    pending = mine.filter(ready_at=None).first()
    if pending is not None:
        return pending
    now = timezone.now()
    if mine.filter(requested_at__gt=now - dt.timedelta(days=1)).count() >= PER_DAY:
        raise TooManyExportsError
    export = DataExport.objects.create(user=user, requested_at=now)
    enqueue(EXPORT_JOB, {"export": export.pk}, key=export.public_id)
    return export


def prepare_export(key: int, work: Work) -> None:
    """Write the archive, then say that it is ready; a copy cancelled is not made."""
    export = DataExport.objects.filter(pk=key, ready_at=None).first()
    if export is None or export.user.erased_at is not None:
        return
    now = timezone.now()
    content = archive(personal_copy(export.user), now)
    with work.completing():
        export = DataExport.objects.select_for_update().get(pk=key)
        export.ready_at, export.expires_at = now, now + KEPT
        # A name that nobody guesses, besides being served to one person only.
        export.file.save(f"{new_public_id()}.zip", ContentFile(content), save=False)
        export.save(update_fields=["ready_at", "expires_at", "file"])
        export_ready.send(sender=DataExport, export=export)


def archive(copy: PersonalCopy, now: dt.datetime) -> bytes:
    """Return the archive: for programs, for people, and the files attached."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("donnees.json", _for_programs(copy, now))
        context = {"copy": copy, "now": now}
        parts.writestr("donnees.html", render_to_string("accounts/copy.html", context))
        parts.writestr("donnees.css", render_to_string("accounts/copy.css"))
        for name, file in copy.files.items():
            with file.storage.open(str(file.name)) as source:
                parts.writestr(name, source.read())
    return target.getvalue()


def _for_programs(copy: PersonalCopy, now: dt.datetime) -> str:
    content = {
        "format": FORMAT,
        "prepared_at": now.isoformat(),
        "person": copy.user.public_id,
        "tables": [_rows(section) for section in copy.sections],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _rows(section: Section) -> dict[str, Any]:
    table = section.table
    return {
        "table": table.label,
        "title": section.title,
        "purpose": str(table.activity.purpose) if table.activity else "",
        "kept": str(table.retention.until) if table.retention else "",
        "rows": [{entry.name: entry.value for entry in row} for row in section.rows],
    }
