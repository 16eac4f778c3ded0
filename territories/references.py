"""The public references of territories: ``COM-13055``, ``DEP-13``... Pure: no Django.

Their grammar is in docs/territories.md; the codes are those of the Code officiel
géographique.
"""

import re
from dataclasses import dataclass

COUNTRY = "FR"
# Each prefix and the kinds it may designate; the overseas collectivités stand among
# the départements and among the régions: DEP-975 is their reference, REG-975 an alias.
KINDS_OF_PREFIX = {
    "REG": ("region", "collectivity"),
    "DEP": ("department", "collectivity"),
    "EPCI": ("epci",),
    "EPT": ("ept",),
    "COM": ("commune",),
    "PRJ": ("project",),
}

_CODED = re.compile(r"(REG|DEP|EPCI|EPT|COM)-([0-9A-Z]{1,9})")
_PROJECT = re.compile(r"PRJ-([a-z0-9]+(?:-[a-z0-9]+)*)")
_BRACKETED = re.compile(r"\(([^()]{2,64})\)\s*\Z")
_MAX_LENGTH = 64
_LONG_PREFIX = ("97", "98")


@dataclass(frozen=True)
class Reference:
    """A well-formed reference: the kinds it may designate, and a code."""

    kinds: tuple[str, ...]
    code: str


def parse(text: str) -> Reference | None:
    """Read a reference; None when ``text`` does not have the form of one.

    Examples
    --------
    >>> parse("com-2a004")
    Reference(kinds=('commune',), code='2A004')
    >>> parse("PRJ-petr-du-pays-de-retz").code
    'petr-du-pays-de-retz'
    >>> parse("Nantes") is None
    True
    """
    stripped = text.strip()
    if len(stripped) > _MAX_LENGTH:
        return None
    upper = stripped.upper()
    if upper == COUNTRY:
        return Reference(("country",), COUNTRY)
    if match := _CODED.fullmatch(upper):
        return Reference(KINDS_OF_PREFIX[match[1]], match[2])
    if match := _PROJECT.fullmatch("PRJ-" + stripped[4:].lower()):
        is_project = upper.startswith("PRJ-")
        return Reference(("project",), match[1]) if is_project else None
    return None


def reference_in(text: str) -> str:
    """Return the reference that ``text`` is, or ends with between brackets.

    A place is shown as "Clisson (COM-44043)" where only text can be sent back.

    Examples
    --------
    >>> reference_in("Clisson (COM-44043)"), reference_in(" DEP-44 ")
    ('COM-44043', 'DEP-44')
    >>> reference_in("Clisson (44)")
    ''
    """
    bracketed = _BRACKETED.search(text)
    candidate = bracketed[1] if bracketed else text
    return candidate.strip() if parse(candidate) else ""


def department_code(commune_code: str) -> str:
    """Return the code of the département, or collectivité, of a commune.

    Examples
    --------
    >>> department_code("44109"), department_code("2A004"), department_code("97411")
    ('44', '2A', '974')
    """
    return commune_code[: 3 if commune_code.startswith(_LONG_PREFIX) else 2]
