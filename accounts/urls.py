"""Addresses of accounts: those of the library under French paths, then our own."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, include, path

from accounts.throttling import limited
from accounts.views.home import account_home
from accounts.views.second_factor import second_factor_done, second_factor_setup
from accounts.views.sessions import session_end, session_end_others, session_list
from accounts.views.tokens import token_list, token_revoke

own: list[URLPattern] = [
    path("", account_home, name="account_home"),
    path("sessions/", session_list, name="session_list"),
    path("sessions/fermer/", session_end, name="session_end"),
    path("sessions/fermer-les-autres/", session_end_others, name="session_end_others"),
    path(
        "double-verification/mise-en-place/",
        second_factor_setup,
        name="second_factor_setup",
    ),
    path(
        "double-verification/continuer/", second_factor_done, name="second_factor_done"
    ),
    path("cles/", token_list, name="token_list"),
    path("cles/<str:public_id>/revoquer/", token_revoke, name="token_revoke"),
]
entrance = [
    path("connexion/", limited("sign_in")(account.login), name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", limited("sign_up")(account.signup), name="account_signup"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path(
        "verification/",
        limited("code")(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "code/",
        limited("reset")(account.request_login_code),
        name="account_request_login_code",
    ),
    path(
        "code/saisie/",
        limited("code")(account.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path(
        "oubli/",
        limited("reset")(account.password_reset),
        name="account_reset_password",
    ),
    path(
        "oubli/code/",
        limited("code")(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "oubli/mot-de-passe/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "oubli/fait/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path(
        "connexion/double-verification/",
        limited("code")(second_factor.authenticate),
        name="mfa_authenticate",
    ),
    path(
        "connexion/cle/",
        limited("code")(login_not_required(passkey.login_webauthn)),
        name="mfa_login_webauthn",
    ),
]
security = [
    path(
        "confirmation/",
        limited("code")(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path("adresse/", account.email, name="account_email"),
    path(
        "mot-de-passe/",
        limited("code")(account.password_change),
        name="account_change_password",
    ),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("double-verification/", second_factor.index, name="mfa_index"),
    path(
        "confirmation/code/",
        limited("code")(second_factor.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path(
        "confirmation/cle/",
        limited("code")(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "double-verification/application/",
        totp.activate_totp,
        name="mfa_activate_totp",
    ),
    path(
        "double-verification/application/retirer/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "double-verification/secours/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "double-verification/secours/renouveler/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "double-verification/secours/fichier/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("double-verification/cles/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path(
        "double-verification/cles/ajouter/",
        passkey.add_webauthn,
        name="mfa_add_webauthn",
    ),
    path(
        "double-verification/cles/<int:pk>/retirer/",
        passkey.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path(
        "double-verification/cles/<int:pk>/renommer/",
        passkey.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
]
urlpatterns = [*entrance, *security, path("", include((own, "accounts")))]
