"""Taking leave, politely or for good."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.enums import ClosingSentence
from alliances.models import Block, Introduction, Organisation
from alliances.services.conversations.locking import (
    lock_introduction,
    lock_open,
)
from alliances.services.conversations.sending import first_writer, note_answer
from alliances.services.conversations.telling import settle_waiting, tell_closing
from alliances.services.introductions.locking import lock_pair


@dataclass(frozen=True, slots=True)
class Closing:
    """How a person takes leave; the other side reads the sentence, the rest if shared."""

    sentence: str = ClosingSentence.PLAIN
    reason: str = ""
    words: str = ""
    is_shared: bool = False


@transaction.atomic
def close_introduction(
    introduction_id: int, organisation: Organisation, closing: Closing
) -> None:
    """Close the introduction, which counts as an answer, and tell the other side.

    Raises
    ------
    ClosedError
        If somebody closed it before.
    """
    _close(lock_open(introduction_id), organisation, closing)


@transaction.atomic
def block(
    introduction_id: int, organisation: Organisation, *, by: User, reason: str
) -> None:
    """Hear no more from the other side of an introduction, which is closed if open.

    The other side reads what any organisation reads when the other takes leave, no more.
    """
    lock_pair(*Introduction.objects.get(pk=introduction_id).sides)
    introduction = lock_introduction(introduction_id)
    other = introduction.sides[introduction.low_id == organisation.pk]
    Block.objects.get_or_create(
        organisation=organisation,
        other_id=other,
        defaults={"by": by, "reason": reason},
    )
    if introduction.state == Introduction.State.OPEN:
        _close(introduction, organisation, Closing())


def unblock(organisation: Organisation, other_id: int) -> bool:
    """Hear again from ``other``; what was closed stays closed."""
    removed, _ = Block.objects.filter(
        organisation=organisation, other=other_id
    ).delete()
    return bool(removed)


def _close(
    introduction: Introduction, organisation: Organisation, closing: Closing
) -> None:
    is_done = closing.sentence == ClosingSentence.DONE
    state = Introduction.State.ENDED if is_done else Introduction.State.DECLINED
    introduction.state = state
    introduction.closed_at = timezone.now()
    introduction.closed_by = organisation
    introduction.closing_sentence = closing.sentence
    introduction.closing_reason = closing.reason
    introduction.closing_words = closing.words
    introduction.closing_is_shared = closing.is_shared
    introduction.save()
    if first_writer(introduction) == organisation.pk:
        settle_waiting(introduction)  # nobody has to answer any more
    else:
        note_answer(introduction)
    tell_closing(introduction, by=organisation)
