"""A conversation as one of its readers may read it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from alliances.correspondence.texts import Segment, segments
from alliances.models import (
    Attachment,
    Block,
    Introduction,
    Message,
    Organisation,
    Reading,
    Report,
)
from alliances.selectors.blocks import own_block
from alliances.selectors.names import name_of, publishing

PAGE_SIZE = 50


@dataclass(frozen=True)
class Line:
    """One message as it is read."""

    message: Message
    author: str
    is_mine: bool
    is_own: bool
    is_new: bool
    is_reported: bool
    segments: list[Segment]
    attachments: list[Attachment]


@dataclass(frozen=True)
class Farewell:
    """How it was closed, as its reader may know it."""

    is_own: bool
    sentence: str
    reason: str
    words: str
    is_shared: bool


@dataclass(frozen=True)
class Thread:
    """The newest messages of an introduction, the oldest of them first."""

    introduction: Introduction
    own: Organisation
    other: Organisation
    conversation_id: int | None
    lines: list[Line]
    # The identifier of the message before which there are more; empty at the beginning.
    more_before: str
    has_own_message: bool
    farewell: Farewell | None
    block: Block | None

    @property
    def is_open(self) -> bool:
        return self.introduction.state == Introduction.State.OPEN

    @property
    def names_erased(self) -> bool:
        """Tell whether the account of somebody who wrote there is erased."""
        return any(line.message.author.erased_at for line in self.lines)

    @property
    def is_first_contact(self) -> bool:
        return self.is_open and not self.has_own_message


def thread(
    introduction: Introduction, user: User, *, own: Organisation, before: str = ""
) -> Thread:
    """Return what ``user`` reads of a conversation in the name of ``own``.

    ``before`` is the identifier of a message: what was written before it is returned.
    """
    other = introduction.other_than(own)
    messages = Message.objects.filter(conversation__introduction=introduction)
    shown = _newest(messages, before)
    page, rest = shown[:PAGE_SIZE], shown[PAGE_SIZE:]
    page.reverse()
    return Thread(
        introduction=introduction,
        own=own,
        other=other,
        conversation_id=page[0].conversation_id if page else None,
        lines=_lines(page, user, own=own, other=other),
        more_before=page[0].public_id if rest else "",
        has_own_message=messages.filter(organisation=own).exists(),
        farewell=farewell(introduction, own=own),
        block=own_block(own.pk, other.pk),
    )


def _newest(messages: QuerySet[Message], before: str) -> list[Message]:
    rows = messages.select_related("author").prefetch_related(
        Prefetch("attachments", Attachment.objects.order_by("pk"))
    )
    if before:
        mark = messages.filter(public_id=before).first()
        if mark is not None:
            earlier = Q(sent_at__lt=mark.sent_at) | Q(
                sent_at=mark.sent_at, pk__lt=mark.pk
            )
            rows = rows.filter(earlier)
    return list(rows.order_by("-sent_at", "-pk")[: PAGE_SIZE + 1])


@dataclass(frozen=True)
class _Reader:
    """What the lines of a page are read with, loaded once."""

    user: User
    own: Organisation
    other: Organisation
    named: set[int]
    reported: set[int]
    read_at: dt.datetime | None

    def line(self, one: Message) -> Line:
        is_own = one.organisation_id == self.own.pk
        writer = self.own if is_own else self.other
        is_named = is_own or one.author_id in self.named
        is_mine = one.author_id == self.user.pk
        is_withdrawn = one.withdrawn_at is not None
        return Line(
            message=one,
            author=name_of(one.author, writer, is_named=is_named),
            is_mine=is_mine and is_own,
            is_own=is_own,
            is_new=not is_mine and (not self.read_at or one.sent_at > self.read_at),
            is_reported=one.pk in self.reported,
            segments=[] if is_withdrawn else segments(one.body),
            attachments=[] if is_withdrawn else list(one.attachments.all()),
        )


def _lines(
    messages: list[Message], user: User, *, own: Organisation, other: Organisation
) -> list[Line]:
    if not messages:
        return []
    theirs = {one.author_id for one in messages if one.organisation_id == other.pk}
    reports = Report.objects.filter(by=user, message__in=messages)
    readings = Reading.objects.filter(
        user=user, conversation=messages[0].conversation_id
    )
    reader = _Reader(
        user=user,
        own=own,
        other=other,
        named=publishing(theirs, other),
        reported={one for one in reports.values_list("message", flat=True) if one},
        read_at=readings.values_list("read_at", flat=True).first(),
    )
    return [reader.line(one) for one in messages]


def farewell(introduction: Introduction, *, own: Organisation) -> Farewell | None:
    """Return how the introduction was closed; the reason, for who may read it."""
    if introduction.state == Introduction.State.OPEN:
        return None
    is_own = introduction.closed_by_id == own.pk
    reads_all = is_own or introduction.closing_is_shared
    return Farewell(
        is_own=is_own,
        sentence=introduction.get_closing_sentence_display(),
        reason=introduction.get_closing_reason_display() if reads_all else "",
        words=introduction.closing_words if reads_all else "",
        is_shared=introduction.closing_is_shared,
    )
