"""A fictitious population, and the people who may sign in to look at it.

The three files beside on organisations are written by
``alliances.demonstration.generator``, and loaded by the very import that everybody uses;
``relations.csv``, who answered what about whom, and ``messages.csv``, what two of them
then wrote to each other, are written by hand.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

FOLDER = Path(__file__).parent
SOURCE = "demonstration"
# Written in the documentation: only a demonstration has these accounts.
PASSWORD = "alliances-demonstration"  # noqa: S105


@dataclass(frozen=True)
class Account:
    """A person of the demonstration, ready to sign in.

    ``organisation`` is the key of the organisation they act for, with ``role``;
    ``territory`` the reference of the one they look after.
    """

    role: str
    label: str
    email: str
    name: str
    what_to_try: str
    password: str = PASSWORD
    organisation: str = ""
    territory: str = ""


def accounts() -> list[Account]:
    """Return one account per role, in the order in which to try them."""
    return [
        Account(
            role="contributor",
            label=_("Membre d’une association"),
            email="membre@demonstration.test",
            name="Camille Aubin",
            organisation="roue-libre-estuaire",
            what_to_try=_(
                "Complétez la page de La Roue Libre de l’Estuaire, à Saint-Nazaire, "
                "puis lisez pourquoi trois partenaires proches lui sont proposés."
            ),
        ),
        Account(
            role="referent",
            label=_("Personne référente d’une entreprise"),
            email="referente@demonstration.test",
            name="Nadia Kermorvan",
            organisation="valbrune-composites",
            what_to_try=_(
                "Parcourez les propositions de Valbrune Composites, 900 salariés sur "
                "quatre sites, et comparez ce que chacun donnerait et recevrait."
            ),
        ),
        Account(
            role="signatory",
            label=_("Signataire d’une fondation"),
            email="signataire@demonstration.test",
            name="Étienne Valois",
            organisation="fondation-des-vasieres",
            what_to_try=_(
                "Voyez ce que la Fondation des Vasières soutiendrait dans l’estuaire, "
                "et ce qu’elle n’a pas encore dit d’elle."
            ),
        ),
        Account(
            role="catalyst",
            label=_("Catalyseur d’un pays"),
            email="catalyseur@demonstration.test",
            name="Maëlle Rivière",
            territory="PRJ-petr-pays-vallee-du-loir",
            what_to_try=_(
                "Ouvrez la page du pays, dans la vallée du Loir : qui est là, qui "
                "manque, et quelles propositions y naissent."
            ),
        ),
        Account(
            role="observer",
            label=_("Observateur d’une région"),
            email="observateur@demonstration.test",
            name="Karim Desnos",
            territory="REG-52",
            what_to_try=_("Regardez les Pays de la Loire sans rien pouvoir modifier."),
        ),
        Account(
            role="administrator",
            label=_("Administrateur"),
            email="administration@demonstration.test",
            name="Administration",
            what_to_try=_("Ouvrez l’administration, et la configuration du calcul."),
        ),
    ]
