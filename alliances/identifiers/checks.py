"""SIREN, SIRET and RNA numbers as people type them, checked.

Pure: no Django, no clock, no I/O; the sentences are in ``alliances.identifiers.sentences``.
Used by forms and by imports alike, so that both accept and refuse the same numbers.

Sources: INSEE, « Système d'identification du répertoire des établissements » (Luhn key;
for the establishments of La Poste, SIREN 356000000, the sum of the digits is a multiple
of 5); RNA: ``W`` and nine characters, those of Corsica holding a letter.
"""

import re
import unicodedata
from enum import StrEnum

from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.fr import siren as siren_rules
from stdnum.fr import siret as siret_rules

SEPARATORS = frozenset(".-")
ASCII_DIGITS = re.compile(r"[0-9]+\Z")
RNA = re.compile(r"W[0-9A-Z]{9}\Z")
SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+\Z")
MAX_TYPED = 64


class Identifier(StrEnum):
    """The numbers that designate an organisation."""

    SIREN = "siren"
    SIRET = "siret"
    RNA = "rna"


class Problem(StrEnum):
    """Why a number is refused."""

    FOREIGN_CHARACTER = "foreign_character"
    SCIENTIFIC = "scientific"
    LENGTH = "length"
    LOST_ZERO = "lost_zero"
    CHECKSUM = "checksum"
    IS_A_SIRET = "is_a_siret"
    IS_A_SIREN = "is_a_siren"
    SHAPE = "shape"


class IdentifierError(ValueError):
    """A number is refused; ``identifier`` says which, ``problem`` why.

    ``found`` is the number of digits read, useful when the length is wrong.
    """

    def __init__(
        self, identifier: Identifier, problem: Problem, *, found: int = 0
    ) -> None:
        super().__init__(f"{identifier}: {problem}")
        self.identifier = identifier
        self.problem = problem
        self.found = found


DIGITS = {Identifier.SIREN: 9, Identifier.SIRET: 14}
_MISTAKEN_FOR = {
    Identifier.SIREN: (DIGITS[Identifier.SIRET], Problem.IS_A_SIRET),
    Identifier.SIRET: (DIGITS[Identifier.SIREN], Problem.IS_A_SIREN),
}


def clean_siren(text: str) -> str:
    """Return the nine digits of a SIREN.

    Parameters
    ----------
    text : str
        As typed: spaces of any width, dots and hyphens are left out.

    Returns
    -------
    str
        Nine ASCII digits; ``""`` when only spaces were typed.

    Raises
    ------
    IdentifierError
        With the :class:`Problem` to explain.

    Examples
    --------
    >>> clean_siren("732 829 320")
    '732829320'
    >>> clean_siren("732 829 321")
    Traceback (most recent call last):
    ...
    alliances.identifiers.checks.IdentifierError: siren: checksum
    """
    return _clean_digits(text, Identifier.SIREN)


def clean_siret(text: str) -> str:
    """Return the fourteen digits of a SIRET, La Poste's exception included.

    Parameters
    ----------
    text : str
        As typed: spaces of any width, dots and hyphens are left out.

    Returns
    -------
    str
        Fourteen ASCII digits; ``""`` when only spaces were typed.

    Raises
    ------
    IdentifierError
        With the :class:`Problem` to explain.

    Examples
    --------
    >>> clean_siret("732 829 320 00074")
    '73282932000074'
    >>> clean_siret("7,32829E+13")
    Traceback (most recent call last):
    ...
    alliances.identifiers.checks.IdentifierError: siret: scientific
    """
    return _clean_digits(text, Identifier.SIRET)


def clean_rna(text: str) -> str:
    """Return an RNA number: ``W`` and nine characters.

    Parameters
    ----------
    text : str
        As typed, upper or lower case.

    Returns
    -------
    str
        Ten characters; ``""`` when only spaces were typed.

    Raises
    ------
    IdentifierError
        With the :class:`Problem` to explain.

    Examples
    --------
    >>> clean_rna("w 442 001234")
    'W442001234'
    >>> clean_rna("442001234")
    Traceback (most recent call last):
    ...
    alliances.identifiers.checks.IdentifierError: rna: shape
    """
    compact = _compact(text, Identifier.RNA)
    if not compact:
        return ""
    number = compact.upper() if compact.isascii() else compact
    if not number.isascii():
        raise IdentifierError(Identifier.RNA, Problem.FOREIGN_CHARACTER)
    if not RNA.match(number):
        raise IdentifierError(Identifier.RNA, Problem.SHAPE, found=len(number))
    return number


CLEANERS = {
    Identifier.SIREN: clean_siren,
    Identifier.SIRET: clean_siret,
    Identifier.RNA: clean_rna,
}


def _compact(text: str, identifier: Identifier) -> str:
    """Leave out what people write between digits; refuse what no keyboard writes."""
    if len(text) > MAX_TYPED:
        raise IdentifierError(identifier, Problem.LENGTH, found=len(text))
    kept = [c for c in text if unicodedata.category(c) != "Zs"]
    if any(unicodedata.category(c).startswith("C") for c in kept):
        raise IdentifierError(identifier, Problem.FOREIGN_CHARACTER)
    return "".join(kept)


def _clean_digits(text: str, identifier: Identifier) -> str:
    compact = _compact(text, identifier)
    if not compact:
        return ""
    if SCIENTIFIC.match(compact):
        raise IdentifierError(identifier, Problem.SCIENTIFIC)
    digits = "".join(c for c in compact if c not in SEPARATORS)
    if not ASCII_DIGITS.match(digits):
        raise IdentifierError(identifier, Problem.FOREIGN_CHARACTER)
    _check_length(digits, identifier)
    _check_key(digits, identifier)
    return digits


def _check_length(digits: str, identifier: Identifier) -> None:
    expected = DIGITS[identifier]
    if len(digits) == expected:
        return
    other_length, mistaken = _MISTAKEN_FOR[identifier]
    problem = Problem.LENGTH
    if len(digits) == other_length:
        problem = mistaken
    elif len(digits) == expected - 1 and _has_valid_key(f"0{digits}", identifier):
        problem = Problem.LOST_ZERO
    raise IdentifierError(identifier, problem, found=len(digits))


def _check_key(digits: str, identifier: Identifier) -> None:
    if not _has_valid_key(digits, identifier):
        raise IdentifierError(identifier, Problem.CHECKSUM, found=len(digits))


def _has_valid_key(digits: str, identifier: Identifier) -> bool:
    """Tell whether the key is right; a row of zeros is a placeholder, not a number."""
    rules = siren_rules if identifier is Identifier.SIREN else siret_rules
    try:
        rules.validate(digits)
    except InvalidNumber:
        return False
    return int(digits[:9]) != 0
