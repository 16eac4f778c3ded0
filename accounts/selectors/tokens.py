"""Keys of the API: whose they are, and what their person sees of them."""

from django.utils import timezone

from accounts.models import ApiToken
from accounts.models.token import TokenQuerySet
from accounts.policy import Person, visible
from accounts.token_secrets import digest_of, is_secret


def token_of(secret: str) -> ApiToken | None:
    """Return the live key whose secret this is, for a person who may still sign in.

    It is found by its digest, through an index: how long that takes says nothing of
    any other key.
    """
    if not is_secret(secret):
        return None
    return (
        ApiToken.objects.live(timezone.now())
        .filter(
            digest=digest_of(secret), user__is_active=True, user__erased_at__isnull=True
        )
        .select_related("user")
        .first()
    )


def tokens_for(person: Person) -> TokenQuerySet:
    """List the keys of a person that still open something, the newest first."""
    return visible(person, ApiToken.objects.live(timezone.now())).order_by(
        "-created_at", "-pk"
    )
