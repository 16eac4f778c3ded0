"""The jobs of accounts."""

import json

from django.core.mail import EmailMultiAlternatives

from accounts.sealing import unseal
from accounts.services.letters import SEND_LETTER
from jobs.registry import Payload, handler


@handler(SEND_LETTER, attempts_max=8)
def send_letter(payload: Payload) -> None:
    letter = json.loads(unseal(payload["sealed"]))
    message = EmailMultiAlternatives(
        letter["subject"],
        letter["text"],
        to=[letter["to"]],
        headers={
            "Message-ID": letter["identifier"],
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter["html"], "text/html")
    message.send()
