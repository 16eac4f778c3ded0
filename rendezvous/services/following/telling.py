"""Whom the follow-up of a meeting tells: those who came, and the lead contact.

Letters say that there is something to read or to answer, never what.
"""

from django.urls import reverse

from notifications.registry import Kind
from notifications.services import notify
from rendezvous.models import Checkpoint, Commitment, FollowUp, Registration
from rendezvous.notices import COMMITMENT_SIGNED, COMMITMENT_TO_SIGN, PROGRESS_ASKED
from rendezvous.services.telling import people_of


def card_key(card: Commitment, side: Registration) -> str:
    """The key of what ``side`` is told about one version of a card."""
    return _key("card", card.followup, side, f"{card.version}")


def question_key(checkpoint: Checkpoint) -> str:
    """The key of one question to one side."""
    side = checkpoint.registration
    return _key("progress", checkpoint.followup, side, f"{checkpoint.days}")


def tell_to_sign(card: Commitment, signed: Registration, other: Registration) -> None:
    """Tell the other side that a card waits for it."""
    key = card_key(card, other)
    _tell(COMMITMENT_TO_SIGN, card.followup, other, signed, key=key)


def tell_signed(card: Commitment, signed: Registration, other: Registration) -> None:
    """Tell who signed first that the other side did too."""
    key = card_key(card, other)
    _tell(COMMITMENT_SIGNED, card.followup, other, signed, key=key)


def ask(checkpoint: Checkpoint) -> None:
    """Ask one side how far they are."""
    followup, side = checkpoint.followup, checkpoint.registration
    other = followup.other_than(side)
    _tell(PROGRESS_ASKED, followup, side, other, key=question_key(checkpoint))


def ask_again(checkpoint: Checkpoint, *, day: str) -> None:
    """Ask once more, because the catalyst wishes it; that is a reminder already."""
    followup, side = checkpoint.followup, checkpoint.registration
    key = f"{question_key(checkpoint)}:{day}"
    other = followup.other_than(side)
    _tell(PROGRESS_ASKED, followup, side, other, key=key, reminds=False)


def pair_page(own: Registration, other: Registration) -> str:
    """The page of ``own`` about its meeting with ``other``."""
    session, organisation = own.session, own.organisation
    return reverse(
        "rendezvous:followup_detail",
        args=[session.public_id, organisation.public_id, other.public_id],
    )


def _key(what: str, followup: FollowUp, side: Registration, time: str) -> str:
    return f"{what}:{followup.public_id}:{side.organisation.public_id}:{time}"


def _tell(
    kind: Kind,
    followup: FollowUp,
    side: Registration,
    other: Registration,
    *,
    key: str,
    reminds: bool = True,
) -> None:
    people = list(people_of(side))
    notify(
        kind,
        people,
        key=key,
        path=pair_page(side, other),
        context={
            "session": followup.session.title,
            "own": side.organisation.name,
            "other": other.organisation.name,
        },
        remind=people if reminds and kind.reminders_days else (),
    )
