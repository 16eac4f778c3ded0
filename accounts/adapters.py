"""How the library of accounts behaves here: words, letters, limits, secrets."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import known_devices
from accounts.models import User
from accounts.sealing import seal, unseal
from accounts.services.letters import send_letter
from accounts.wording import ERRORS, NOTES, SECOND_FACTOR_ERRORS

FRESH_SECONDS = 300  # a proof of who one is holds that long for what is sensitive


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def save_user(
        self, request: HttpRequest, user: User, form: Form, commit: bool = True
    ) -> User:
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def add_message(  # noqa: PLR0917 - the library's signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words; what has none here is not said."""
        if not message and message_template in NOTES:
            message = str(NOTES[message_template])
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        site = self.request.build_absolute_uri("/").rstrip("/")
        send_letter(template_prefix, email, {"email": email, "site": site, **context})

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_devices.remember(request, response, user.email)
        return response

    # Guessing passwords is counted where it comes from, then for the address; on a
    # browser that the person knows, apart: nobody can be kept out by somebody else.

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = credentials.get("email", credentials.get("username", "")).lower()
        place = known_devices.device_of(request, address) or self.get_client_ip(request)
        self._usage_here = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_here",
            key=f"{place}:{address}",
        )
        if not self._usage_here:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        address = credentials.get("email", credentials.get("username", ""))
        return f"{key}:{known_devices.device_of(request, address)}"

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        self._usage_here.rollback()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in is not asked again."""
        request = self.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        return timezone.now().timestamp() - latest > FRESH_SECONDS


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | SECOND_FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(
        self,
        user: User,
        type: Authenticator.Type,  # noqa: A002 - the library's name
    ) -> str:
        rank = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Clé n° %(rank)d") % {"rank": rank}
