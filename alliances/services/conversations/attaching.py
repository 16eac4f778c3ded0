"""Keeping the files of a message: random names, a monthly limit, an analysis."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils import timezone

from alliances.models import Attachment, Message, Organisation
from jobs.services import enqueue

SCAN_JOB = "alliances.scan_attachment"


class QuotaError(Exception):
    """The organisation sent too many bytes this month."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An accepted file: what may be kept of it."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def check_quota(organisation: Organisation, pieces: Sequence[Piece]) -> None:
    """Refuse what would go over the files of one organisation in one month.

    Whoever asks holds the lock of the organisation: the sum cannot be outrun.

    Raises
    ------
    QuotaError
        If it does.
    """
    if not pieces:
        return
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0)
    sent = Attachment.objects.filter(
        message__organisation=organisation, message__sent_at__gte=month
    ).aggregate(total=Sum("size_bytes"))["total"]
    added = sum(len(piece.data) for piece in pieces)
    if (sent or 0) + added > settings.ATTACHMENTS_MAX_BYTES_PER_MONTH:
        raise QuotaError


def attach(message: Message, pieces: Iterable[Piece], *, kept: list[str]) -> None:
    """Write the files and their rows; ``kept`` receives the names as they are written."""
    scan = Attachment.Scan.NOT_SCANNED
    if settings.ATTACHMENT_SCANNER:
        scan = Attachment.Scan.WAITING
    for piece in pieces:
        row = Attachment(
            message=message,
            name=piece.name,
            media_type=piece.media_type,
            size_bytes=len(piece.data),
            sha256=piece.sha256,
            scan=scan,
        )
        # The name on disk tells nothing: neither who sent it, nor what it is.
        row.file.save(secrets.token_hex(16), ContentFile(piece.data), save=False)
        kept.append(str(row.file.name))
        row.save()
        if scan == Attachment.Scan.WAITING:
            enqueue(SCAN_JOB, {"attachment": row.pk}, key=str(row.pk))


def discard_files(names: Iterable[str]) -> None:
    """Delete the files called ``names``; one that is gone already is no error."""
    for name in names:
        if name:
            default_storage.delete(name)
