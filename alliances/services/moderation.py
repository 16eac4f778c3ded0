"""Telling the moderators that something is wrong, and what they decide."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.models import Message, Organisation, Report
from alliances.notices import MODERATION_WARNING, REPORT_HANDLED, REPORT_TO_HANDLE
from alliances.selectors.recipients import deciding_of
from alliances.services.conversations.sending import withdraw_message
from notifications.services import notify


class AlreadyHandledError(Exception):
    """Another moderator decided before."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody reports, and about whom."""

    organisation: Organisation
    reason: str
    words: str = ""
    message: Message | None = None


def report(complaint: Complaint, *, by: User) -> Report:
    """Keep a report and tell the moderators; said twice, it waits once."""
    about = {
        "by": by,
        "organisation": complaint.organisation,
        "message": complaint.message,
        "state": Report.State.OPEN,
    }
    said = {"reason_code": complaint.reason, "words": complaint.words}
    try:
        with transaction.atomic():
            made = Report.objects.create(**about, **said)
            _tell_moderators(made)
            return made
    except IntegrityError:  # the same person said it in between
        return Report.objects.get(**about)


@transaction.atomic
def decide(report_id: int, *, by: User, is_upheld: bool, decision: str) -> Report:
    """Close a report: a founded one withdraws the message and warns its organisation.

    Raises
    ------
    AlreadyHandledError
        If another moderator decided in between.
    """
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("organisation", "message", "by").get(pk=report_id)
    if row.state != Report.State.OPEN:
        raise AlreadyHandledError
    row.state = Report.State.UPHELD if is_upheld else Report.State.DISMISSED
    row.handled_at, row.handled_by, row.decision = timezone.now(), by, decision
    row.save(update_fields=["state", "handled_at", "handled_by", "decision"])
    if is_upheld:
        _uphold(row)
    _tell_reporter(row)
    return row


def _uphold(row: Report) -> None:
    if row.message is not None:
        withdraw_message(row.message)
    notify(
        MODERATION_WARNING,
        deciding_of(row.organisation_id),
        key=_key(row),
        path=reverse("moderation:warning", args=[row.public_id]),
        context={"own": row.organisation.name},
    )


def _tell_reporter(row: Report) -> None:
    if row.by is not None and row.by.is_active:
        notify(
            REPORT_HANDLED,
            [row.by],
            key=_key(row),
            path=reverse("moderation:report_followup", args=[row.public_id]),
            context={"organisation": row.organisation.name},
        )


def _tell_moderators(row: Report) -> None:
    moderators = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    notify(
        REPORT_TO_HANDLE,
        moderators,
        key=_key(row),
        path=reverse("moderation:report_decide", args=[row.public_id]),
        context={"reason": row.get_reason_code_display()},
    )


def _key(row: Report) -> str:
    return f"report:{row.public_id}"
