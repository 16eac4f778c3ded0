"""The mails that a demonstration wrote to files instead of sending them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# Written by Django's file back end: one file per connection, hence per mail.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"
FILE_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{1,20}\.log\Z")


@dataclass(frozen=True)
class Mail:
    """One mail as a person reads it."""

    name: str
    number: int
    subject: str
    recipients: str
    sent_at: datetime | None
    text: str
    html: str


def is_open() -> bool:
    """Tell whether this site keeps its mails for whoever looks."""
    return bool(settings.DEMONSTRATION and _folder())


def mails() -> list[Mail]:
    """Return every mail, newest first."""
    found = [mail for path in _files() for mail in read(path)]
    return sorted(found, key=lambda mail: (mail.name, mail.number), reverse=True)


def mails_named(name: str) -> list[Mail]:
    """Return the mails of one file, none when there is no such file."""
    return [m for path in _files() if path.stem == name for m in read(path)]


def read(path: Path) -> list[Mail]:
    """Read the mails of one file."""
    chunks = [chunk for chunk in path.read_bytes().split(SEPARATOR) if chunk.strip()]
    return [_mail(path.stem, number, chunk) for number, chunk in enumerate(chunks)]


def _folder() -> Path | None:
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path else None


def _files() -> list[Path]:
    folder = _folder()
    if folder is None or not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if FILE_NAME.match(path.name)]


def _mail(name: str, number: int, raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    date = message["Date"]
    return Mail(
        name=name,
        number=number,
        subject=str(message["Subject"] or ""),
        recipients=str(message["To"] or ""),
        sent_at=_aware(date.datetime) if date else None,
        text=_content(message, "plain"),
        html=_content(message, "html"),
    )


def _aware(moment: datetime) -> datetime:
    """Django dates its mails in UTC, which Python then reads as of no zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _content(message: EmailMessage, form: str) -> str:
    part = message.get_body(preferencelist=(form,))
    return str(part.get_content()) if part else ""
