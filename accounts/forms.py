"""The forms of accounts: those of the library in our words, and our own."""

import datetime as dt
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

CODE_MAX_CHARS = 64
ADDRESS = _("Adresse de courriel")
PASSWORD = _("Mot de passe")
NEW_PASSWORD = _("Nouveau mot de passe")
LENGTH = _("Douze caractères au moins. Une phrase se retient mieux qu’un mot.")
FROM_LETTER = (_("Code reçu par courriel"), "")
Words = dict[str, tuple[Any, Any]]


class InOurWords:
    """Label and help of each field; the label is enough, so no placeholder."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if isinstance(field, forms.CharField) and name == "code":
                field.max_length = CODE_MAX_CHARS
                field.widget.attrs["inputmode"] = "text"


class LoginForm(InOurWords, account.LoginForm):
    words: ClassVar[Words] = {"login": (ADDRESS, ""), "password": (PASSWORD, "")}


class SignupForm(InOurWords, account.SignupForm):
    account_already_exists: bool
    name = forms.CharField(max_length=120)
    field_order = ("name", "email", "password1")
    words: ClassVar[Words] = {
        "name": (
            _("Votre nom"),
            _("Celui que verront les membres de vos organisations."),
        ),
        "email": (ADDRESS, _("Nous y envoyons un code pour la vérifier.")),
        "password1": (
            PASSWORD,
            _(
                "Douze caractères au moins. Sans mot de passe, vous recevrez un code "
                "par courriel à chaque connexion."
            ),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Two sign-ups at once with one address: the second is told as any other."""
        if self.account_already_exists:
            # As long as for an address that is new (docs/decisions/0109).
            make_password(self.cleaned_data.get("password1") or None)
        try:
            with transaction.atomic():
                answer: tuple[User | None, HttpResponse | None]
                answer = super().try_save(request)
                return answer
        except IntegrityError:
            self.account_already_exists = True
            answer = super().try_save(request)
            return answer


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words: ClassVar[Words] = {
        "oldpassword": (_("Mot de passe actuel"), ""),
        "password1": (NEW_PASSWORD, LENGTH),
        "password2": (_("Nouveau mot de passe, encore une fois"), ""),
    }


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    words: ClassVar[Words] = {
        "password1": (PASSWORD, LENGTH),
        "password2": (_("Mot de passe, encore une fois"), ""),
    }


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    words: ClassVar[Words] = {"email": (ADDRESS, "")}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    words: ClassVar[Words] = {
        "password1": (NEW_PASSWORD, LENGTH),
        "password2": (_("Nouveau mot de passe, encore une fois"), ""),
    }


class ChangeEmailForm(InOurWords, account.AddEmailForm):
    words: ClassVar[Words] = {
        "email": (_("Nouvelle adresse"), _("Nous y envoyons un code pour la vérifier."))
    }


class RequestLoginCodeForm(InOurWords, account.RequestLoginCodeForm):
    words: ClassVar[Words] = {"email": (ADDRESS, "")}


class ConfirmLoginCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    words: ClassVar[Words] = {"code": FROM_LETTER}


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    words: ClassVar[Words] = {"code": FROM_LETTER}


class ConfirmResetForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    words: ClassVar[Words] = {"code": FROM_LETTER}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    words: ClassVar[Words] = {"password": (PASSWORD, "")}


class SecondFactorForm(InOurWords, second_factor.AuthenticateForm):
    words: ClassVar[Words] = {
        "code": (
            _("Code"),
            _("Celui de votre application, ou un de vos codes de secours."),
        )
    }


class ConfirmSecondFactorForm(InOurWords, second_factor.ReauthenticateForm):
    words: ClassVar[Words] = SecondFactorForm.words


class ActivateTotpForm(InOurWords, totp.ActivateTOTPForm):
    words: ClassVar[Words] = {
        "code": (_("Code à six chiffres que montre l’application"), "")
    }


class AddPasskeyForm(InOurWords, passkey.AddWebAuthnForm):
    words: ClassVar[Words] = {
        "name": (
            _("Nom de la clé"),
            _("Pour la reconnaître : « Mon téléphone », par exemple."),
        ),
        "passwordless": (
            _("M’en servir aussi à la place du mot de passe"),
            _("L’appareil vous demandera votre empreinte, votre visage ou son code."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(InOurWords, passkey.EditWebAuthnForm):
    words: ClassVar[Words] = {"name": (_("Nom de la clé"), "")}


class ProfileForm(forms.ModelForm):
    """What a person says of themselves; the address has its own page."""

    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=20,
        validators=[
            RegexValidator(
                r"\A\+?[0-9][0-9 .()-]{5,18}\Z",
                _("Écrivez un numéro, par exemple 02 40 12 34 56."),
            )
        ],
        help_text=_("Montré à vos partenaires seulement si vous y consentez."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    class Meta:
        model = User
        fields = ("name", "phone")
        labels: ClassVar[dict[str, Any]] = {"name": _("Votre nom")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"


REASON_MIN_CHARS = 20
REASON_MAX_CHARS = 500


class ElevationForm(forms.Form):
    """Why, and for how long, an administrator asks to read what is others’."""

    reason = forms.CharField(
        label=_("Raison"),
        help_text=_(
            "Ce que vous devez faire et pour qui. Les organisations dont vous lirez "
            "des données la verront dans leur journal."
        ),
        min_length=REASON_MIN_CHARS,
        max_length=REASON_MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites pourquoi vous avez besoin de cet accès."),
            "min_length": _(
                "Cette raison est trop courte : dites ce que vous devez faire et pour "
                "qui, en %(limit_value)d caractères au moins."
            ),
        },
    )
    duration = forms.TypedChoiceField(
        label=_("Durée"),
        choices=[(15, _("15 minutes")), (30, _("30 minutes"))],
        initial=15,
        coerce=lambda minutes: dt.timedelta(minutes=int(minutes)),
        widget=forms.RadioSelect,
    )
