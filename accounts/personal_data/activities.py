"""The lines of the register of processing."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.registry import Activity, Basis, declare_activity

ACCOUNT = declare_activity(
    Activity(
        code="account",
        title=_("Comptes et connexion"),
        purpose=_("Reconnaître les personnes qui se connectent et protéger leur accès"),
        basis=Basis.CONTRACT,
        people=_("Personnes qui ont un compte"),
        seen_by=_("La personne elle-même, les administrateurs"),
    )
)
CONTACT = declare_activity(
    Activity(
        code="contact",
        title=_("Nom et coordonnées montrés à d’autres"),
        purpose=_("Dire à qui parler dans une organisation"),
        basis=Basis.CONSENT,
        people=_("Personnes qui ont donné leur accord"),
        seen_by=_("Selon l’accord donné : tout le monde, ou les seuls partenaires"),
    )
)
BELONGING = declare_activity(
    Activity(
        code="belonging",
        title=_("Rattachement aux organisations"),
        purpose=_("Savoir qui agit pour quelle organisation, et avec quels droits"),
        basis=Basis.CONTRACT,
        people=_("Membres, personnes invitées ou qui demandent à rejoindre"),
        seen_by=_("Les membres de l’organisation, les personnes qui décident"),
    )
)
EXCHANGE = declare_activity(
    Activity(
        code="exchange",
        title=_("Mises en relation et messages"),
        purpose=_("Permettre à deux organisations de se parler après un double accord"),
        basis=Basis.CONTRACT,
        people=_("Membres des organisations mises en relation"),
        seen_by=_("Les membres des deux organisations ; la modération si on l’alerte"),
    )
)
NEWS = declare_activity(
    Activity(
        code="news",
        title=_("Notifications et courriels"),
        purpose=_("Prévenir chacun de ce qui le concerne, au rythme choisi"),
        basis=Basis.CONTRACT,
        people=_("Personnes qui ont un compte, personnes invitées"),
        seen_by=_(
            "La personne destinataire, les administrateurs pour la preuve d’envoi"
        ),
    )
)
SAFETY = declare_activity(
    Activity(
        code="safety",
        title=_("Sécurité et traçabilité"),
        purpose=_("Détecter les abus, savoir qui a modifié ou consulté quoi"),
        basis=Basis.INTEREST,
        people=_("Personnes qui ont un compte, administrateurs"),
        seen_by=_("Les administrateurs ; les référents, pour leur organisation"),
    )
)
RIGHTS = declare_activity(
    Activity(
        code="rights",
        title=_("Exercice des droits"),
        purpose=_("Remettre une copie des données, effacer, prouver que c’est fait"),
        basis=Basis.LEGAL,
        people=_("Personnes qui exercent un droit"),
        seen_by=_("La personne elle-même, les administrateurs"),
    )
)
ORGANISATION = declare_activity(
    Activity(
        code="organisation",
        title=_("Description des organisations"),
        purpose=_("Proposer des partenaires compatibles"),
        basis=Basis.CONTRACT,
        people=_("Personnes qui seraient nommées dans un texte d’une organisation"),
        seen_by=_("Selon la partie : tout le monde, les partenaires ou les membres"),
    )
)
UPKEEP = declare_activity(
    Activity(
        code="upkeep",
        title=_("Travaux en arrière-plan"),
        purpose=_("Faire plus tard, une seule fois, ce qui a été demandé"),
        basis=Basis.INTEREST,
        people=_("Personnes à qui un travail se rapporte"),
        seen_by=_("Les administrateurs"),
    )
)
