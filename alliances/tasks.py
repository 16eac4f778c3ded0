"""The jobs of introductions and of conversations."""

from datetime import timedelta

from alliances.services.conversations.attaching import SCAN_JOB
from alliances.services.conversations.forgetting import forget_withdrawn
from alliances.services.conversations.scanning import scan_attachment
from alliances.services.introductions import expire_answers, open_waiting
from jobs.registry import Payload, Work, handler, long_handler


@long_handler("alliances.open_waiting_introductions", every=timedelta(days=1))
def open_waiting_introductions(payload: Payload, work: Work) -> None:
    """A new month and an end of delay open what waited, without anybody acting."""
    open_waiting()


@handler("alliances.expire_answers", every=timedelta(days=1))
def expire_old_answers(payload: Payload) -> None:
    expire_answers()


@long_handler(SCAN_JOB, attempts_max=8)
def scan_waiting_attachment(payload: Payload, work: Work) -> None:
    scan_attachment(payload["attachment"], work)


@handler("alliances.forget_withdrawn_messages", every=timedelta(days=1))
def forget_withdrawn_messages(payload: Payload) -> None:
    """What was reported and withdrawn is kept for a while, then emptied."""
    forget_withdrawn()
