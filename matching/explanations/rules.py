"""The rules raised at matching, as data: message, source, what lifts them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from matching.explanations.words import Text

GUIDE = _("« Coopérer efficacement », ORSE et Le RAMEAU, 2023")
REPORT = _("état des lieux « Accélérer les alliances stratégiques », 2020")


@dataclass(frozen=True)
class Point:
    """A point to discuss: severity ``block``, ``warn`` or ``inform``, and its words."""

    rule: str
    severity: str
    sentence: Text
    lift: Text
    source: Text


WARNINGS: dict[str, Point] = {
    point.rule: point
    for point in (
        Point(
            "R01",
            "warn",
            _(
                "Le mécénat suppose un bénéficiaire d’intérêt général, ce qui n’est "
                "pas encore confirmé ici."
            ),
            _("Le bénéficiaire l’indique dans sa fiche."),
            REPORT,
        ),
        Point(
            "R06",
            "warn",
            _(
                "Les deux organisations sont de tailles très différentes : la plus "
                "grande peut peser sur la plus petite sans le vouloir."
            ),
            _("Prévoyez dès le cadrage des clauses d’équilibre."),
            GUIDE,
        ),
        Point(
            "R07",
            "warn",
            _(
                "L’équilibre économique est presque le seul objectif de "
                "l’association : attention à la dépendance envers un seul partenaire."
            ),
            _("Parlez de la part que ce partenaire prendrait dans les ressources."),
            GUIDE,
        ),
        Point(
            "R09",
            "warn",
            _(
                "Les deux organisations ont un secteur d’activité en commun sur le "
                "même territoire : elles peuvent être concurrentes."
            ),
            _("Parlez tôt de non-concurrence et de confidentialité."),
            GUIDE,
        ),
        Point(
            "R10",
            "warn",
            _(
                "L’entreprise cherche presque uniquement à se positionner : la "
                "communication ne doit pas précéder les résultats."
            ),
            _("Convenez de ne communiquer que sur des résultats constatés."),
            GUIDE,
        ),
        Point(
            "R13",
            "inform",
            _(
                "L’innovation sociétale demande de l’expérience des partenariats à "
                "toutes les parties, et l’une débute."
            ),
            _("Commencez par une porte d’entrée : mécénat ou pratiques responsables."),
            GUIDE,
        ),
        Point(
            "R17",
            "warn",
            _(
                "Une collectivité ne peut construire une offre commune que dans ses "
                "compétences et selon le code de la commande publique."
            ),
            _("Vérifiez les deux avant de construire l’offre."),
            GUIDE,
        ),
        Point(
            "R22",
            "warn",
            _(
                "Les services à la personne sont un secteur de tension, où la "
                "concurrence peut être jugée déloyale."
            ),
            _("Clarifiez les rôles de chacun devant les acteurs du secteur."),
            REPORT,
        ),
    )
}

# Hard rules of the kernel, by their message and by what lifts them.
OBSTACLES: dict[str, Text] = {
    "same_organisation": _("C’est la même organisation."),
    "kinds_not_matched": _(
        "Ces deux natures d’organisations ne sont pas proposées l’une à l’autre "
        "pour ce type."
    ),
    "type_not_open": _("Une organisation n’est pas ouverte à ce type."),
    "no_general_interest_recipient": _(
        "Le mécénat demande une entreprise ou une fondation qui donne, et un "
        "bénéficiaire d’intérêt général."
    ),
    "excluded": _("Un critère d’exclusion écarte cette organisation."),
    "nothing_in_common": _("Aucun domaine commun, et aucun besoin couvert."),
}
LIFTS: dict[str, Text] = {
    "nothing": _("Rien : une organisation n’est pas proposée à elle-même."),
    "configuration": _("Changer la configuration ; l’annuaire reste ouvert."),
    "open_the_type": _("Que cette organisation s’ouvre à ce type."),
    "general_interest_recipient": _(
        "Que le bénéficiaire soit d’intérêt général ; sinon, la coopération "
        "économique ou les pratiques responsables."
    ),
    "remove_the_exclusion": _("Que l’organisation qui l’a posé le retire."),
    "common_domain_or_covered_need": _(
        "Un domaine commun, ou une offre de l’une qui réponde à un besoin de l’autre."
    ),
}

# What keeps a pair out of lists besides the rules of the kernel: read again each time a
# list is shown. A block acts for everybody; the rest for the members of one side alone.
APART: dict[str, Point] = {
    point.rule: point
    for point in (
        Point(
            "block",
            "block",
            _(
                "L’une des deux organisations ne veut plus recevoir de messages de l’autre."
            ),
            _("Que l’organisation qui a bloqué l’autre lève ce blocage."),
            _("choix de la plateforme"),
        ),
        Point(
            "in_touch",
            "block",
            _("Les deux organisations sont déjà en relation."),
            _("Rien : leur mise en relation est sur leur page « Relations »."),
            _("choix de la plateforme"),
        ),
        Point(
            "introduced_lately",
            "block",
            _("Leur mise en relation est close depuis moins de 180 jours."),
            _("Attendre la fin de ce délai."),
            _("choix de la plateforme"),
        ),
        Point(
            "declined",
            "block",
            _("L’organisation a répondu « pas pour nous »."),
            _("Qu’elle annule sa réponse, ou que 90 jours passent."),
            _("choix de la plateforme"),
        ),
    )
}

NOT_PROPOSED = _(
    "Cette organisation ne fait pas partie de vos propositions actuelles. Cela ne "
    "dit rien de sa valeur : vous pouvez la contacter par les voies habituelles."
)
