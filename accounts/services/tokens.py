"""Keys of the API: made, used, revoked. The key itself is never kept."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.models.token import TokenQuerySet
from accounts.token_secrets import digest_of, new_secret

MAX_LIVE_TOKENS = 10
MAX_DAYS = 365
USED_EVERY = dt.timedelta(hours=1)  # how coarsely the last use is known


class TokenRefusedError(ValueError):
    """Why no key was made, in a sentence for the person."""


@transaction.atomic
def issue_token(
    user: User, *, label: str, scopes: Collection[str], days: int
) -> tuple[ApiToken, str]:
    """Make a key and return it with its secret, which nobody can read again.

    A key of the same name that was never used is replaced: the second of two clicks
    shows the only one that works.

    Raises
    ------
    TokenRefusedError
        If the person has too many keys, or already uses one of this name.
    """
    now = timezone.now()
    User.objects.select_for_update().get(pk=user.pk)
    live = ApiToken.objects.filter(user=user).live(now)
    live.filter(label=label, used_at=None).update(revoked_at=now)
    _refuse_too_many(live, label=label)
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user,
        label=label,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        expires_at=now + dt.timedelta(days=min(days, MAX_DAYS)),
    )
    return token, secret


def _refuse_too_many(live: TokenQuerySet, *, label: str) -> None:
    if live.filter(label=label).exists():
        raise TokenRefusedError(
            _(
                "Vous avez déjà une clé de ce nom, et elle sert. Choisissez un autre "
                "nom, ou révoquez-la d’abord."
            )
        )
    if live.count() >= MAX_LIVE_TOKENS:
        raise TokenRefusedError(
            _(
                "Vous avez déjà dix clés, le maximum. Révoquez-en une qui ne sert "
                "plus, puis recommencez."
            )
        )


def revoke_token(token: ApiToken) -> None:
    """End a key at once, for ever."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def note_use(token: ApiToken) -> None:
    """Write that a key is used, at most once an hour."""
    now = timezone.now()
    if token.used_at is None or token.used_at < now - USED_EVERY:
        ApiToken.objects.filter(
            Q(used_at=None) | Q(used_at__lt=now - USED_EVERY), pk=token.pk
        ).update(used_at=now)
