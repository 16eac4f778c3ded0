"""The words of the journal, by model and by what happened to a row."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Phrases = dict[str, str | Promise]

# The subject of each verb is written before it.
GENERIC: Phrases = {
    "insert": _("a ajouté : %(model)s"),
    "update": _("a modifié : %(model)s"),
    "delete": _("a retiré : %(model)s"),
}
PHRASES: dict[str, Phrases] = {
    "alliances.Organisation": {
        "insert": _("a créé l’organisation"),
        "update": _("a modifié la description de l’organisation"),
        "delete": _("a supprimé l’organisation"),
    },
    "alliances.Establishment": {
        "insert": _("a ajouté l’établissement « %(what)s »"),
        "update": _("a modifié l’établissement « %(what)s »"),
        "delete": _("a retiré l’établissement « %(what)s »"),
    },
    "alliances.Intention": {
        "insert": _("a ouvert le projet « %(what)s »"),
        "update": _("a modifié le projet « %(what)s »"),
        "delete": _("a supprimé le projet « %(what)s »"),
    },
    "alliances.IntentionPlace": {
        "insert": _("a ajouté « %(what)s » au territoire du projet"),
        "delete": _("a retiré « %(what)s » du territoire du projet"),
    },
    "alliances.IntentionDomain": {
        "insert": _("a ajouté le domaine « %(what)s »"),
        "update": _("a changé l’importance du domaine « %(what)s »"),
        "delete": _("a retiré le domaine « %(what)s »"),
    },
    "alliances.Need": {
        "insert": _("a ajouté le besoin « %(what)s »"),
        "update": _("a modifié le besoin « %(what)s »"),
        "delete": _("a retiré le besoin « %(what)s »"),
    },
    "alliances.Offer": {
        "insert": _("a ajouté l’offre « %(what)s »"),
        "update": _("a modifié l’offre « %(what)s »"),
        "delete": _("a retiré l’offre « %(what)s »"),
    },
    "alliances.Membership": {
        "insert": _("a fait entrer %(what)s dans l’équipe"),
        "update": _("a changé la place de %(what)s dans l’équipe"),
        "delete": _("a retiré %(what)s de l’équipe"),
    },
    "alliances.Invitation": {
        "insert": _("a invité %(what)s à rejoindre l’équipe"),
        "update": _("a fait avancer l’invitation de %(what)s"),
        "delete": _("a effacé l’invitation de %(what)s"),
    },
    "alliances.Claim": {
        "insert": _("a demandé le rattachement de %(what)s"),
        "update": _("a fait avancer la demande de rattachement de %(what)s"),
        "delete": _("a effacé la demande de rattachement de %(what)s"),
    },
    "alliances.Introduction": {
        "insert": _("a ouvert la mise en relation avec « %(what)s »"),
        "update": _("a fait avancer la mise en relation avec « %(what)s »"),
        "delete": _("a effacé la mise en relation avec « %(what)s »"),
    },
    "alliances.Interest": {
        "insert": _("a répondu au sujet de « %(what)s »"),
        "update": _("a changé la réponse au sujet de « %(what)s »"),
        "delete": _("a effacé la réponse au sujet de « %(what)s »"),
    },
    "alliances.Exclusion": {
        "insert": _("a ajouté un critère d’exclusion : « %(what)s »"),
        "update": _("a modifié le critère d’exclusion « %(what)s »"),
        "delete": _("a retiré le critère d’exclusion « %(what)s »"),
    },
    "alliances.Block": {
        "insert": _("a bloqué « %(what)s »"),
        "update": _("a modifié le blocage de « %(what)s »"),
        "delete": _("a débloqué « %(what)s »"),
    },
    "alliances.PrivilegedRead": {
        "read": _("a lu : %(what)s, pour cette raison : « %(reason)s »"),
    },
}
# What a new row says besides its name.
SHOWN_AT_FIRST = {
    "alliances.Membership": ("role", "is_lead"),
    "alliances.Invitation": ("role",),
    "alliances.Interest": ("answer",),
    "alliances.IntentionDomain": ("weight",),
}
# Keys of machines, and codes without a label.
UNTOLD_FIELDS = frozenset(
    {"id", "public_id", "key", "reason_code", "sent_count", "password"}
)
