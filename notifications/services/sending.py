"""One letter leaves, or is dropped, put off or set aside; the log says which."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from jobs.services import enqueue
from notifications.models import Delivery, DeliveryQuerySet, Suppression
from notifications.models.delivery import REASON_MAX_CHARS
from notifications.postbox import MAIL_ERRORS, is_dead_address, is_final, plain_reason
from notifications.services.recipients import (
    Recipient,
    is_essential,
    recipient_of,
)
from notifications.services.writing import WrittenLetter, write
from notifications.working_days import is_open, next_open


@transaction.atomic
def send(delivery_id: int) -> None:
    """Send a letter that waits; nothing when it has left, or was dropped.

    The row stays locked while the server is spoken to: a letter leaves once, but for
    a process killed between the server's answer and the end of this transaction.
    """
    waiting = Delivery.objects.waiting().select_for_update(of=("self",))
    delivery = waiting.select_related("user").filter(pk=delivery_id).first()
    if delivery is None:
        return
    if wait_until := _closed_until(delivery):
        enqueue("notifications.send", {"delivery": delivery.pk}, not_before=wait_until)
        return
    recipient = recipient_of(delivery)
    letter = write(delivery, recipient)
    reason = recipient.objection or letter.objection
    if reason:
        close(delivery, Delivery.State.DROPPED, reason)
        return
    _hand_over(delivery, recipient, letter)


def close(delivery: Delivery, state: Delivery.State, reason: str = "") -> None:
    """Write down how a letter ended, and forget what it was made of."""
    delivery.state = state
    delivery.reason = reason[:REASON_MAX_CHARS]
    delivery.ended_at = timezone.now()
    if state is not Delivery.State.FAILED:
        delivery.path, delivery.context = "", {}
    delivery.save(
        update_fields=["state", "reason", "ended_at", "path", "context", "attempts"]
    )


@transaction.atomic
def send_again(deliveries: DeliveryQuerySet) -> int:
    """Give the letters that were set aside another chance; return how many."""
    failed = list(deliveries.failed().select_for_update(of=("self",)).order_by("pk"))
    for delivery in failed:
        delivery.state, delivery.ended_at = Delivery.State.WAITING, None
        delivery.attempts, delivery.reason = 0, ""
        delivery.save(update_fields=["state", "ended_at", "attempts", "reason"])
        enqueue("notifications.send", {"delivery": delivery.pk})
    return len(failed)


def _closed_until(delivery: Delivery) -> dt.datetime | None:
    """When a letter that is not urgent may leave; None for now.

    What somebody sends to an address that has no account leaves at once.
    """
    if delivery.user is None or not settings.NOTIFICATIONS_KEEP_HOURS:
        return None
    now = timezone.localtime()
    return None if is_open(now) or is_essential(delivery) else next_open(now)


def _hand_over(delivery: Delivery, recipient: Recipient, letter: WrittenLetter) -> None:
    delivery.attempts += 1
    try:
        _message(delivery, recipient, letter).send()
    except MAIL_ERRORS as error:
        _refused(delivery, recipient, error)
    else:
        close(delivery, Delivery.State.SENT)


def _message(
    delivery: Delivery, recipient: Recipient, letter: WrittenLetter
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[recipient.address],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _refused(delivery: Delivery, recipient: Recipient, error: Exception) -> None:
    """Put the letter off, or set it aside when that would change nothing."""
    reason = plain_reason(error)
    delays = settings.NOTIFICATIONS_RETRY_SECONDS
    if is_dead_address(error):
        Suppression.objects.update_or_create(
            address_digest=Suppression.digest_of(recipient.address),
            defaults={"reason": Suppression.Reason.REFUSED},
        )
    if is_final(error) or delivery.attempts > len(delays):
        close(delivery, Delivery.State.FAILED, reason)
        return
    delivery.reason = reason[:REASON_MAX_CHARS]
    delivery.save(update_fields=["attempts", "reason"])
    later = timezone.now() + dt.timedelta(seconds=delays[delivery.attempts - 1])
    enqueue("notifications.send", {"delivery": delivery.pk}, not_before=later)
