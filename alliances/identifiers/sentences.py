"""What to say when an identifier is refused: what is wrong, and what to do."""

from django.utils.translation import gettext as _

from alliances.identifiers.checks import DIGITS, Identifier, IdentifierError, Problem

EXAMPLES = {
    Identifier.SIREN: "732 829 320",
    Identifier.SIRET: "732 829 320 00074",
    Identifier.RNA: "W442001234",
}
NAMES = {Identifier.SIREN: "SIREN", Identifier.SIRET: "SIRET", Identifier.RNA: "RNA"}


def sentence_for(error: IdentifierError) -> str:
    """Return the French sentence of a refused identifier."""
    return _sentences()[error.problem] % {
        "name": NAMES[error.identifier],
        "digits": DIGITS.get(error.identifier, 10),
        "found": error.found,
        "example": EXAMPLES[error.identifier],
    }


def _sentences() -> dict[Problem, str]:
    return {
        Problem.FOREIGN_CHARACTER: _(
            "Ce numéro contient autre chose que des chiffres de 0 à 9 : recopiez-le au "
            "clavier, par exemple %(example)s."
        ),
        Problem.SCIENTIFIC: _(
            "Un tableur a abrégé ce numéro et en a perdu des chiffres : mettez la colonne "
            "au format « texte » et recopiez le numéro, par exemple %(example)s."
        ),
        Problem.LENGTH: _(
            "Un numéro %(name)s a %(digits)s chiffres ; celui-ci en a %(found)s. "
            "Exemple : %(example)s."
        ),
        Problem.LOST_ZERO: _(
            "Il manque un chiffre : un tableur a sans doute retiré le 0 du début. "
            "Ajoutez-le devant le numéro."
        ),
        Problem.CHECKSUM: _(
            "Ce numéro %(name)s n’existe pas : sa clé de contrôle est fausse, un chiffre a "
            "été mal recopié. Vérifiez-le, ou laissez la case vide."
        ),
        Problem.IS_A_SIRET: _(
            "C’est un numéro SIRET (14 chiffres). Gardez ici les 9 premiers chiffres, qui "
            "sont le SIREN."
        ),
        Problem.IS_A_SIREN: _(
            "C’est un numéro SIREN (9 chiffres). Le SIRET en compte 5 de plus, qui "
            "désignent l’établissement."
        ),
        Problem.SHAPE: _(
            "Un numéro RNA commence par W, suivi de 9 caractères : %(example)s. Il est sur "
            "le récépissé de déclaration de l’association."
        ),
    }
