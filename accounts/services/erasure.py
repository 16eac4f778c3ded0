"""Erasing a person: what was theirs alone goes, what is shared bears a pseudonym."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

import pgtrigger
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Erasure, ErasureRequest, User
from accounts.personal_data import Link, Nature, OnErasure, Table, tables
from accounts.selectors.personal_copy import rows_of
from accounts.services.ledger import write_ledger
from accounts.services.letters_sent import forget_letters_to
from accounts.services.scrubbing import (
    ERASED_NAME,
    Identity,
    scrub_traces,
    scrub_words,
)
from accounts.signals import erasure_asked, erasure_begins

COOLING_OFF = dt.timedelta(days=7)
PSEUDONYM_DOMAIN = "efface.invalid"


class Origin(models.TextChoices):
    """Who decided."""

    PERSON = "person", "la personne"
    INACTIVITY = "inactivity", "deux ans d’inactivité"
    REPLAY = "replay", "rejoué après une restauration"


@transaction.atomic
def ask_erasure(user: User) -> ErasureRequest:
    """Ask to be erased in a week; asked twice, the first date holds."""
    User.objects.select_for_update().get(pk=user.pk)
    known = ErasureRequest.objects.filter(user=user).first()
    if known is not None:
        return known
    now = timezone.now()
    asked = ErasureRequest.objects.create(
        user=user, asked_at=now, due_at=now + COOLING_OFF
    )
    erasure_asked.send(sender=User, user=user, due_at=asked.due_at)
    return asked


@transaction.atomic
def cancel_erasure(user: User) -> bool:
    """Change one's mind; say whether there was a request."""
    return bool(ErasureRequest.objects.filter(user=user).delete()[0])


def erase_due(now: dt.datetime) -> int:
    """Erase those whose week is over; each in its own transaction."""
    due = ErasureRequest.objects.filter(due_at__lte=now).order_by("pk")
    keys = list(due.values_list("user_id", flat=True))
    for key in keys:
        erase(key, Origin.PERSON)
    return len(keys)


@transaction.atomic
def erase(key: int, origin: str, *, erased_at: dt.datetime | None = None) -> None:
    """Erase the person whose key is ``key``; doing it again changes nothing."""
    user = User.objects.select_for_update().filter(pk=key).first()
    if user is None:
        return
    identity = Identity.of(user)
    if user.erased_at is None:
        erasure_begins.send(sender=User, user=user)
    forget_letters_to(identity.addresses)
    # Journals are only added to, and would keep what is erased here: not this once.
    with pgtrigger.ignore():
        _forget(user, identity, erased_at or timezone.now())
    _write_down(user, origin)


def _forget(user: User, identity: Identity, now: dt.datetime) -> None:
    scrub_words(user, identity)
    # Applications above first: some of their rows are found by an address.
    for table in reversed(list(tables())):
        for link in table.links:
            _apply(user, table, link)
    _end_sessions(user, identity)
    _pseudonymise(user, now)
    _scrub_admin_log(user)
    scrub_traces(identity)


def _apply(user: User, table: Table, link: Link) -> None:
    rows = rows_of(user, table, link)
    if link.on_erasure is OnErasure.DELETE:
        delete_with_files(table, rows)
    elif link.on_erasure is OnErasure.DETACH:
        rows.update(**{link.path: None})
    elif link.on_erasure is OnErasure.BLANK:
        rows.update(**dict(_emptied(table, link)))


def _emptied(table: Table, link: Link) -> Iterator[tuple[str, Any]]:
    """Yield what empties the texts about a person in the row of an event."""
    for name in set(link.fields) & set(table.columns(Nature.PERSONAL)):
        column = table.options.get_field(name)
        if isinstance(column, ArrayField):
            yield name, []
        elif isinstance(column, models.CharField) and not column.choices:
            yield name, ERASED_NAME if name == "name" else ""


def delete_with_files(table: Table, rows: models.QuerySet[Any]) -> int:
    """Delete ``rows``, and once that is certain, the files that they own."""
    names = [
        column.name
        for column in table.options.concrete_fields
        if isinstance(column, models.FileField)
    ]
    files = [name for row in rows.values_list(*names) for name in row] if names else []
    for name in filter(None, files):
        transaction.on_commit(partial(default_storage.delete, name))
    return rows.delete()[1].get(table.label, 0)


def _end_sessions(user: User, identity: Identity) -> None:
    """Forget every session of the person, those of a sign-in not finished included."""
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if _is_of(session.get_decoded(), user, identity)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _is_of(content: dict[str, Any], user: User, identity: Identity) -> bool:
    words = str(content).lower()
    return content.get(SESSION_KEY) == str(user.pk) or any(
        address in words for address in identity.addresses
    )


def _pseudonymise(user: User, now: dt.datetime) -> None:
    user.email = f"{user.public_id}@{PSEUDONYM_DOMAIN}"
    user.name, user.phone = ERASED_NAME, ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = user.seen_at = user.inactivity_notice_at = None
    user.erased_at = user.erased_at or now
    user.date_joined = user.erased_at
    if user.has_usable_password():
        user.set_unusable_password()
    user.save()


def _scrub_admin_log(user: User) -> None:
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about.update(object_repr=ERASED_NAME, change_message="")


def _write_down(user: User, origin: str) -> None:
    Erasure.objects.get_or_create(
        user_key=user.pk,
        defaults={
            "pseudonym": user.email,
            "erased_at": user.erased_at or timezone.now(),
            "origin": origin,
        },
    )
    transaction.on_commit(write_ledger)
