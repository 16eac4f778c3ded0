"""Mistakes on keys of the API."""

from accounts.models import ApiToken
from accounts.views import tokens
from tests.authorisation.faults import fault


@fault("accounts:token_revoke")
def anybody_revokes_a_key(patch):
    patch.setattr(tokens, "visible", lambda person, queryset: queryset)


@fault("accounts:token_list")
def every_key_is_listed(patch):
    patch.setattr(tokens, "tokens_for", lambda person: ApiToken.objects.all())


@fault("accounts:token_list")
def the_digest_is_shown(patch):
    patch.setattr(ApiToken, "scope_labels", property(lambda token: [token.digest]))


@fault("accounts:token_list")
def one_key_is_shown_to_all(patch):
    patch.setattr(
        tokens, "tokens_for", lambda person: ApiToken.objects.order_by("pk")[:1]
    )
