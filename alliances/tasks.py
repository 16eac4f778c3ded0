"""The jobs of introductions."""

from datetime import timedelta

from alliances.services.introductions import expire_answers, open_waiting
from jobs.registry import Payload, Work, handler, long_handler


@long_handler("alliances.open_waiting_introductions", every=timedelta(days=1))
def open_waiting_introductions(payload: Payload, work: Work) -> None:
    """A new month and an end of delay open what waited, without anybody acting."""
    open_waiting()


@handler("alliances.expire_answers", every=timedelta(days=1))
def expire_old_answers(payload: Payload) -> None:
    expire_answers()
