"""What people want to receive, and asking for silence."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification, Preference, Suppression
from notifications.registry import DIGEST, Frequency, Kind, kinds
from notifications.selectors import frequencies_of

# Where what already waits for a digest goes, by what is chosen now.
DIGEST_AFTER = {
    Frequency.AT_ONCE: Frequency.DAILY,
    Frequency.DAILY: Frequency.DAILY,
    Frequency.WEEKLY: Frequency.WEEKLY,
    Frequency.NEVER: "",
}


@transaction.atomic
def choose(user: User, choices: Iterable[tuple[Kind, Frequency]]) -> None:
    """Store how often ``user`` wants each kind; what waits follows the choice."""
    wanted = {kind: frequency for kind, frequency in choices if not kind.is_essential}
    Preference.objects.bulk_create(
        [
            Preference(user=user, kind=kind.code, frequency=frequency)
            for kind, frequency in sorted(wanted.items(), key=lambda pair: pair[0].code)
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["frequency"],
    )
    for kind, frequency in wanted.items():
        waiting = Notification.objects.filter(user=user, kind=kind.code)
        waiting.exclude(digest="").update(digest=DIGEST_AFTER[frequency])


@transaction.atomic
def stop_letters_like(delivery: Delivery) -> None:
    """Send no more letters of this kind to whoever received ``delivery``."""
    if delivery.user is None:
        _silence(delivery.address)
    else:
        refused = _kinds_of(delivery, delivery.user)
        choose(delivery.user, ((kind, Frequency.NEVER) for kind in refused))


@transaction.atomic
def stop_all_letters(delivery: Delivery) -> None:
    """Send nothing but what is essential to whoever received ``delivery``."""
    _silence(delivery.user.email if delivery.user else delivery.address)


def write_again_to(address: str) -> None:
    """Forget that ``address`` asked for silence, or was refused."""
    digest = Suppression.digest_of(address)
    Suppression.objects.filter(address_digest=digest).delete()


def _silence(address: str) -> None:
    Suppression.objects.get_or_create(
        address_digest=Suppression.digest_of(address),
        defaults={"reason": Suppression.Reason.UNSUBSCRIBED},
    )


def _kinds_of(delivery: Delivery, user: User) -> list[Kind]:
    """The kinds that a letter is about: of a digest, all those that arrive by it."""
    optional = [kind for kind in kinds() if not kind.is_essential]
    if delivery.kind != DIGEST:
        return [kind for kind in optional if kind.code == delivery.kind]
    wanted = frequencies_of(user, optional)
    return [kind for kind in optional if wanted[kind.code] == delivery.key.split()[0]]
