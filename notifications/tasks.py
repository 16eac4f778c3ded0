"""What is done in the background, each safe to run again."""

from jobs.registry import Payload, handler
from notifications.services.sending import send


@handler("notifications.send")
def send_letter(payload: Payload) -> None:
    send(payload["delivery"])
