"""Having a file analysed before anybody reads it."""

from collections.abc import Callable
from typing import IO, cast

from django.conf import settings
from django.utils.module_loading import import_string

from alliances.models import Attachment
from alliances.services.conversations.attaching import discard_files
from jobs.registry import Work

Scanner = Callable[[IO[bytes]], bool]


def scan_attachment(attachment_id: int, work: Work) -> None:
    """Analyse a file that waits: a bad one is deleted, and can never be read.

    While the scanner fails, so does the job: the file waits, it is not let through.
    """
    waiting = Attachment.objects.filter(pk=attachment_id, scan=Attachment.Scan.WAITING)
    row = waiting.first()
    scan = _verdict(row) if row else None
    with work.completing():
        if scan:
            waiting.update(scan=scan)
    if row and scan == Attachment.Scan.INFECTED:
        discard_files([str(row.file.name)])


def _verdict(row: Attachment) -> Attachment.Scan:
    scanner: Scanner = import_string(settings.ATTACHMENT_SCANNER)
    try:
        with row.file.open("rb") as file:
            is_clean = scanner(cast("IO[bytes]", file))
    except FileNotFoundError:
        return Attachment.Scan.INFECTED  # gone: there is nothing to be read
    return Attachment.Scan.CLEAN if is_clean else Attachment.Scan.INFECTED
