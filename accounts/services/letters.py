"""Letters about an account: written now, sent by a job, read by nobody in between."""

import json
from email.utils import make_msgid
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from accounts.sealing import seal
from jobs.services import enqueue

SEND_LETTER = "accounts.send_letter"


@transaction.atomic
def send_letter(template: str, address: str, context: dict[str, Any]) -> None:
    """Queue the letter ``<template>.txt``, made of a ``subject`` and a ``body``.

    It holds a code or an address, so the job keeps it sealed. Sent twice by an
    accident, it bears the same identifier.
    """
    subject = render_to_string(f"{template}.txt#subject", context)
    body = render_to_string(f"{template}.txt#body", context).strip()
    page = render_to_string(
        "account/email/letter.html",
        {**context, "paragraphs": body.split("\n\n"), "subject": subject.strip()},
    )
    letter = {
        "to": address,
        "subject": " ".join(subject.split()),
        "text": f"{body}\n\n{render_to_string('account/email/signature.txt', context)}",
        "html": page,
        "identifier": make_msgid(domain="alliances.invalid"),
    }
    enqueue(SEND_LETTER, {"sealed": seal(json.dumps(letter))})
