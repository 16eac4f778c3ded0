"""The jobs of accounts: letters, copies, erasures, and what removes itself."""

import json
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.sealing import unseal
from accounts.services import erasure, exports, ledger, retention
from accounts.services.letters import SEND_LETTER
from jobs.registry import Payload, Work, handler, long_handler


@long_handler(exports.EXPORT_JOB)
def prepare_export(payload: Payload, work: Work) -> None:
    exports.prepare_export(payload["export"], work)


@handler("accounts.erase_due", every=timedelta(hours=1))
def erase_due(payload: Payload) -> None:
    erasure.erase_due(timezone.now())


@handler("accounts.notice_inactive", every=timedelta(days=1))
def notice_inactive(payload: Payload) -> None:
    retention.notice_inactive(timezone.now())


@handler("accounts.erase_inactive", every=timedelta(days=1))
def erase_inactive(payload: Payload) -> None:
    retention.erase_inactive(timezone.now())


@long_handler("accounts.purge_overdue", every=timedelta(days=1))
def purge_overdue(payload: Payload, work: Work) -> None:
    """Each table in its own transaction: none waits for the others."""
    retention.purge_overdue(timezone.now())


@handler("accounts.write_ledger", every=timedelta(days=1))
def write_ledger(payload: Payload) -> None:
    ledger.write_ledger()


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
