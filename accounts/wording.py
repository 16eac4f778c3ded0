"""What the library of accounts says, in our words: errors, and notes after a deed."""

from django.utils.translation import gettext_lazy as _

TOO_MANY = _(
    "Trop d’essais depuis cet appareil. Attendez un quart d’heure, ou demandez un "
    "code de connexion par courriel."
)
ERRORS = {
    "account_inactive": _("Ce compte est fermé."),
    "cannot_remove_primary_email": _(
        "Cette adresse est la seule de votre compte : remplacez-la plutôt."
    ),
    "duplicate_email": _("Cette adresse est déjà celle de votre compte."),
    "email_password_mismatch": _(
        "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, ou demandez "
        "un code de connexion par courriel."
    ),
    "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
    "incorrect_code": _(
        "Ce code n’est pas le bon. Vérifiez le dernier courriel ou votre application, "
        "puis recommencez."
    ),
    "incorrect_password": _("Ce n’est pas votre mot de passe."),
    "invalid_or_expired_key": _("Ce code n’est plus valable. Demandez-en un autre."),
    "invalid_login": _("Cette adresse de courriel n’est pas bien écrite."),
    "invalid_password_reset": _("Ce code n’est plus valable. Demandez-en un autre."),
    "too_many_login_attempts": TOO_MANY,
    "unverified_primary_email": _("Votre adresse doit d’abord être vérifiée."),
    "same_as_current": _("Cette adresse est déjà celle que vous aviez donnée."),
    "rate_limited": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
}
SECOND_FACTOR_ERRORS = {
    "add_email_blocked": _("Vérifiez d’abord l’adresse que vous venez de changer."),
    "cannot_delete_authenticator": _("Cette protection ne peut pas être retirée."),
    "cannot_generate_recovery_codes": _(
        "Ajoutez d’abord une application ou une clé d’accès."
    ),
    "incorrect_code": _(
        "Ce code n’est pas le bon. Un code change toutes les trente secondes : "
        "recopiez celui qui est affiché maintenant."
    ),
    "unverified_email": _("Vérifiez d’abord votre adresse de courriel."),
}
NOTES = {
    "account/messages/email_confirmed.txt": _("Votre adresse est vérifiée."),
    "account/messages/email_confirmation_failed.txt": _(
        "Cette adresse n’a pas pu être vérifiée. Donnez-en une autre."
    ),
    "account/messages/email_deleted.txt": _("Le changement d’adresse est abandonné."),
    "account/messages/primary_email_set.txt": _("Votre adresse est changée."),
    "account/messages/logged_out.txt": _("Vous êtes déconnecté."),
    "account/messages/password_changed.txt": _(
        "Votre mot de passe est changé, et vos autres sessions sont fermées."
    ),
    "account/messages/password_set.txt": _("Votre mot de passe est enregistré."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "De nouveaux codes de secours remplacent les précédents."
    ),
    "mfa/messages/totp_activated.txt": _("Votre application est enregistrée."),
    "mfa/messages/totp_deactivated.txt": _("Votre application est retirée."),
    "mfa/messages/webauthn_added.txt": _("Votre clé d’accès est enregistrée."),
    "mfa/messages/webauthn_removed.txt": _("Votre clé d’accès est retirée."),
}
