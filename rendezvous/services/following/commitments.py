"""The commitment card: written by one side, signed by both, version after version."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.selectors.openings import is_stopped
from alliances.services.introductions import check_own_refusals, lock_pair
from notifications.services import settle
from rendezvous.models import Commitment, FollowUp, Registration, Signature
from rendezvous.notices import COMMITMENT_TO_SIGN
from rendezvous.outcomes import MUTUAL
from rendezvous.selectors.cards import card_code, read_code
from rendezvous.selectors.met import met_by
from rendezvous.services.following.feedback import write_outcome
from rendezvous.services.following.opening import followup_of, open_followup
from rendezvous.services.following.telling import (
    card_key,
    tell_signed,
    tell_to_sign,
)


class NotWrittenError(Exception):
    """Nothing was written, for a reason that one's own side may read."""


class NoCardError(NotWrittenError):
    """The two have not met, or neither wants to go on nor filled a card on paper."""


class ChangedMeanwhileError(NotWrittenError):
    """There is another version than the one that was read."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a card says; bounded by the form. ``own_calls``: whether one's own does."""

    own_calls: bool
    due_on: dt.date
    what: str


@transaction.atomic
def write_card(
    own: Registration,
    other: Registration,
    promise: Promise,
    *,
    base: int,
    by: User,
    code: str = "",
) -> Commitment:
    """Write a version after the version ``base``, signed by ``own``.

    Raises
    ------
    NotWrittenError
        If there is nothing to write it on, or if somebody wrote meanwhile.
    OwnRefusalError
        If ``own`` itself refuses the other, or blocks it.
    """
    lock_pair(own.organisation_id, other.organisation_id)
    check_own_refusals(own.organisation, other.organisation)
    is_paper = bool(code) and read_code(code) == _code(own, other)
    followup = _writable(own, other, is_paper=is_paper)
    last = current(followup)
    caller = own if promise.own_calls else other
    if last is not None and _says(last, caller, promise):
        return _signed(last, own, other, by)  # sent twice, or both wrote the same
    if base != (last.version if last else 0):
        raise ChangedMeanwhileError
    card = Commitment.objects.create(
        followup=followup,
        version=base + 1,
        caller=caller,
        due_on=promise.due_on,
        what=promise.what,
        from_card=is_paper,
        at=timezone.now(),
    )
    _no_longer_asked(last)
    return _signed(card, own, other, by)


@transaction.atomic
def sign_card(
    own: Registration, other: Registration, *, version: int, by: User
) -> Commitment:
    """Sign the version that was read; done again, it changes nothing.

    Raises
    ------
    NotWrittenError
        If there is no card, or if it is not the last version.
    OwnRefusalError
        If ``own`` itself refuses the other, or blocks it.
    """
    lock_pair(own.organisation_id, other.organisation_id)
    check_own_refusals(own.organisation, other.organisation)
    followup = FollowUp.objects.between(own.pk, other.pk).first()
    last = current(followup) if followup else None
    if last is None:
        raise NoCardError
    if last.version != version:
        raise ChangedMeanwhileError
    return _signed(last, own, other, by)


def current(followup: FollowUp) -> Commitment | None:
    """Return the last version of a card."""
    return followup.commitments.order_by("version").last()


def _code(own: Registration, other: Registration) -> str:
    return card_code(own.session, own.pk, other.pk)


def _writable(own: Registration, other: Registration, *, is_paper: bool) -> FollowUp:
    """Return the follow-up on which a card may be written: two yeses, or a paper card."""
    if other.pk not in met_by(own.session, own.pk, timezone.now()):
        raise NoCardError
    known = FollowUp.objects.between(own.pk, other.pk).first()
    if known is None and not is_paper:
        raise NoCardError
    return followup_of(own, other)


def _says(card: Commitment, caller: Registration, promise: Promise) -> bool:
    said = (card.caller_id, card.due_on, card.what)
    return said == (caller.pk, promise.due_on, promise.what)


def _signed(
    card: Commitment, own: Registration, other: Registration, by: User
) -> Commitment:
    """Sign for ``own``; the second signature is worth two yeses."""
    _row, is_new = Signature.objects.get_or_create(
        commitment=card,
        registration=own,
        defaults={"by": by, "at": timezone.now()},
    )
    if not is_new:
        return card
    theirs = card.signatures.filter(registration=other).first()
    if theirs is None:
        tell_to_sign(card, own, other)
        return card
    settle(COMMITMENT_TO_SIGN, key=card_key(card, own))
    tell_signed(card, own, other)
    if not is_stopped(own.organisation, other.organisation):
        said = {own.organisation_id: by, other.organisation_id: theirs.by}
        write_outcome(own, other, MUTUAL)
        open_followup(own, other, by=said, now=timezone.now())
    return card


def _no_longer_asked(card: Commitment | None) -> None:
    if card is not None:
        for side in card.followup.sides:
            settle(COMMITMENT_TO_SIGN, key=card_key(card, side))
