"""Letters that still hold an address: sealed in a job, or written to a file."""

import json
from collections.abc import Iterable
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.conf import settings

from accounts.sealing import unseal
from accounts.services.letters import SEND_LETTER
from jobs.models import Job


def forget_letters_to(addresses: Iterable[str]) -> None:
    """Delete the letters to one of ``addresses``: waiting, sent lately, or in a file."""
    wanted = set(addresses)
    Job.objects.filter(
        pk__in=[job.pk for job in _jobs() if _to(job) in wanted]
    ).delete()
    for path in _files():
        content = path.read_bytes().lower()
        if any(address.encode() in content for address in wanted):
            path.unlink(missing_ok=True)


def _jobs() -> Iterable[Job]:
    return Job.objects.filter(kind=SEND_LETTER).iterator()


def _to(job: Job) -> str:
    """Return whom a letter is for; nobody when its key is gone, and it with it."""
    try:
        return str(json.loads(unseal(job.payload["sealed"]))["to"]).lower()
    except (InvalidToken, KeyError):
        return ""


def _files() -> list[Path]:
    """Return the messages that a development machine or the demonstration wrote."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir():
        return []
    return [path for path in Path(folder).rglob("*") if path.is_file()]
