"""Whom a conversation tells, each by the address of their own side. Never its content."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from alliances.models import Introduction, Message, Organisation
from alliances.notices import (
    FIRST_MESSAGE,
    INTRODUCTION_CLOSED,
    INTRODUCTION_OPENED,
    MESSAGE_RECEIVED,
)
from alliances.selectors.recipients import followers_of, leads_of
from notifications.registry import Kind
from notifications.services import notify, settle


def waiting_key(introduction: Introduction) -> str:
    return f"introduction:{introduction.public_id}"


def tell_message(
    message: Message, introduction: Introduction, *, is_first: bool
) -> None:
    """Tell both sides, but the author; the first message waits for an answer."""
    if is_first:  # from now on, its reader alone is waited for
        settle(INTRODUCTION_OPENED, key=waiting_key(introduction))
    for own in (introduction.low, introduction.high):
        is_writer = own.pk == message.organisation_id
        people = followers_of(introduction, own.pk, but=message.author)
        kind, key = MESSAGE_RECEIVED, f"message:{message.public_id}"
        if is_first and not is_writer:
            kind, key = FIRST_MESSAGE, waiting_key(introduction)
        _tell(kind, people, introduction, own=own, key=key)


def tell_closing(introduction: Introduction, *, by: Organisation) -> None:
    """Tell the other side that it is over; the page says it with dignity."""
    other = introduction.other_than(by)
    people = leads_of(other.pk)
    key = waiting_key(introduction)
    _tell(INTRODUCTION_CLOSED, people, introduction, own=other, key=key)


def settle_waiting(introduction: Introduction) -> None:
    """Stop reminding anybody: it was answered."""
    settle(FIRST_MESSAGE, key=waiting_key(introduction))
    settle(INTRODUCTION_OPENED, key=waiting_key(introduction))


def _tell(
    kind: Kind,
    people: Iterable[User],
    introduction: Introduction,
    *,
    own: Organisation,
    key: str,
) -> None:
    other = introduction.other_than(own)
    path = reverse(
        "alliances:introduction_detail", args=[own.public_id, introduction.public_id]
    )
    context = {"own": own.name, "other": other.name}
    notify(kind, people, key=key, path=path, context=context)
