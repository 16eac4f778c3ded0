"""The jobs of organisations: joining, introductions, conversations."""

from datetime import timedelta

from django.utils import timezone

from alliances.services import membership
from alliances.services.conversations.attaching import SCAN_JOB
from alliances.services.conversations.forgetting import forget_withdrawn
from alliances.services.conversations.scanning import scan_attachment
from alliances.services.introductions import (
    deliver_suggestion,
    deliver_waiting_suggestions,
    expire_answers,
    expire_suggestions,
    open_waiting,
)
from alliances.services.introductions.suggesting import DELIVERY_JOB
from jobs.registry import Payload, Work, handler, long_handler


@handler("alliances.close_requests_to_join", every=timedelta(days=1))
def close_requests_to_join(payload: Payload) -> None:
    """Expire invitations and claims; tell the catalysts of the claims that wait."""
    now = timezone.now()
    membership.expire_invitations(now)
    membership.expire_claims(now)
    membership.escalate_claims(now)


@long_handler("alliances.open_waiting_introductions", every=timedelta(days=1))
def open_waiting_introductions(payload: Payload, work: Work) -> None:
    """A new month and an end of delay open what waited, without anybody acting.

    Suggestions come after: they take the room that introductions leave.
    """
    open_waiting()
    deliver_waiting_suggestions()


@handler(DELIVERY_JOB)
def deliver_new_suggestion(payload: Payload) -> None:
    deliver_suggestion(payload["suggestion"])


@handler("alliances.expire_answers", every=timedelta(days=1))
def expire_old_answers(payload: Payload) -> None:
    expire_answers()
    expire_suggestions()


@long_handler(SCAN_JOB, attempts_max=8)
def scan_waiting_attachment(payload: Payload, work: Work) -> None:
    scan_attachment(payload["attachment"], work)


@handler("alliances.forget_withdrawn_messages", every=timedelta(days=1))
def forget_withdrawn_messages(payload: Payload) -> None:
    """What was reported and withdrawn is kept for a while, then emptied."""
    forget_withdrawn()
