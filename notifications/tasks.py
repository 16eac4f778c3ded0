"""What is done in the background, each safe to run again."""

from datetime import datetime, timedelta

from jobs.registry import Payload, handler
from notifications.services.planning import gather, plan_digests
from notifications.services.reminding import remind
from notifications.services.sending import send


@handler("notifications.send")
def send_letter(payload: Payload) -> None:
    send(payload["delivery"])


@handler("notifications.plan", every=timedelta(minutes=15))
def plan(payload: Payload) -> None:
    plan_digests()


@handler("notifications.gather")
def gather_news(payload: Payload) -> None:
    gather(
        payload["frequency"],
        datetime.fromisoformat(payload["cutoff"]),
        first=payload["first"],
        last=payload["last"],
    )


@handler("notifications.remind")
def remind_again(payload: Payload) -> None:
    remind(payload["notification"], payload["number"])
