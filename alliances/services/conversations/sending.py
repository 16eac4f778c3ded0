"""Writing a message, once, with its files; and taking it back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.models import Conversation, Introduction, Message, Organisation
from alliances.services.conversations.attaching import (
    Piece,
    attach,
    check_quota,
    discard_files,
)
from alliances.services.conversations.locking import (
    lock_introduction,
    lock_open,
    lock_organisation,
)
from alliances.services.conversations.telling import settle_waiting, tell_message

KEY_CHARS = 40


@dataclass(frozen=True, slots=True)
class Written:
    """A message as a person sends it; the form has bounded and checked it."""

    body: str
    key: str
    pieces: Sequence[Piece] = ()

    @property
    def digest(self) -> str:
        """What makes it the same message sent again: its form and all it holds.

        A form sent again after its text changed is another message: nothing is lost.
        """
        made = hashlib.blake2b(self.key.encode(), digest_size=KEY_CHARS // 2)
        made.update(b"\0" + self.body.encode())
        for piece in self.pieces:
            made.update(b"\0" + piece.name.encode() + piece.sha256.encode())
        return made.hexdigest()


def send_message(
    introduction_id: int, organisation: Organisation, *, author: User, written: Written
) -> Message:
    """Write the message, in the name of ``organisation``; the same one is written once.

    Raises
    ------
    ClosedError
        If the introduction is closed.
    QuotaError
        If the organisation sent too many files this month.
    """
    kept: list[str] = []
    try:
        with transaction.atomic():
            if written.pieces:
                lock_organisation(organisation.pk)
            introduction = lock_open(introduction_id)
            thread = _conversation(introduction)
            known = thread.messages.filter(author=author, key=written.digest).first()
            if known is not None:
                return known
            return _write(
                introduction, thread, organisation, author, written=written, kept=kept
            )
    except BaseException:
        discard_files(kept)
        raise


def _conversation(introduction: Introduction) -> Conversation:
    thread, _ = Conversation.objects.get_or_create(introduction=introduction)
    return thread


def _write(
    introduction: Introduction,
    thread: Conversation,
    organisation: Organisation,
    author: User,
    *,
    written: Written,
    kept: list[str],
) -> Message:
    check_quota(organisation, written.pieces)
    began = first_writer(introduction)
    message = Message.objects.create(
        conversation=thread,
        organisation=organisation,
        author=author,
        body=written.body,
        key=written.digest,
        sent_at=timezone.now(),
    )
    attach(message, written.pieces, kept=kept)
    tell_message(message, introduction, is_first=began is None)
    if began not in (None, organisation.pk):
        note_answer(introduction)
    return message


def first_writer(introduction: Introduction) -> int | None:
    """Return the organisation that wrote first, if any did."""
    messages = Message.objects.filter(conversation__introduction=introduction)
    ordered = messages.order_by("sent_at", "pk")
    return ordered.values_list("organisation", flat=True).first()


def note_answer(introduction: Introduction) -> None:
    """Keep when the first message was answered, and stop reminding."""
    if introduction.first_answer_at is None:
        introduction.first_answer_at = timezone.now()
        introduction.save(update_fields=["first_answer_at"])
    settle_waiting(introduction)


@transaction.atomic
def withdraw_message(message: Message) -> bool:
    """Take a message back: its text and files go, the fact that it was sent stays.

    Reported and not yet decided, it is hidden from both sides at once, and its text is
    kept for the moderators only. Return whether there was anything to take back.
    """
    lock_introduction(message.conversation.introduction_id)
    row = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    if row.withdrawn_at is not None:
        return False
    row.withdrawn_at = timezone.now()
    if not row.reports.exists():
        forget(row)
    row.save(update_fields=["withdrawn_at", "body"])
    return True


def forget(message: Message) -> None:
    """Empty the text of a withdrawn message, and delete its files with the commit."""
    message.body = ""
    names = [str(piece.file.name) for piece in message.attachments.all()]
    message.attachments.all().delete()
    transaction.on_commit(lambda: discard_files(names))
