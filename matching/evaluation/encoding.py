"""From rows of the file of real partnerships to pairs of intentions.

The rule is written out in docs/evaluation.md. ``type`` is not read: what is read is listed in ``READ``, and nothing else is given to
the rule. One row gives one pair, when it names an association and somebody else.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.evaluation.lexicon import (
    ASSOCIATION_AIMS,
    COMPANY_AIMS,
    DOMAIN_WORDS,
    FIELD_MEANS,
    FRAGILITIES,
    MEANS_WORDS,
)
from matching.evaluation.places import areas_named
from matching.kernel.intentions import Intention
from matching.kernel.vocabulary import QUADRANTS, TYPES

READ = (
    "id",
    "association",
    "company",
    "local_authority",
    "other_partners",
    "territory",
    "domains",
    "association_brings",
    "company_brings",
    "association_seeks",
    "company_seeks",
)
FLAT = (25.0, 25.0, 25.0, 25.0)
AIMED, BASE = 60.0, 10.0
OWN_WEIGHT, SHARED_WEIGHT = 10.0, 5.0
OTHER_KINDS = (
    ("foundation", re.compile(r"fondation")),
    ("academic", re.compile(r"ecole|lycee|universit|academique|enseignement")),
    ("institution", re.compile(r"etat|direccte|services publics|prefet|pole emploi")),
)
GIVEN = frozenset({"donation", "skills_patronage", "skills_volunteering"})
KNOWN = frozenset({"publics_knowledge"})
REMARK = re.compile(r"\([^)]*non (?:precis|nomme|detaill)[^)]*\)")


@dataclass(frozen=True, slots=True)
class RealPair:
    """One partnership as the engine would have seen its two sides before it was born.

    Attributes
    ----------
    id : str
        Of the row.
    association, partner : Intention
        The two sides.
    is_told : bool
        Whether the row says what the directory asks before proposing anybody: a
        territory, a domain, and, in at least one direction, what one side seeks and
        what the other brings.
    """

    id: str
    association: Intention
    partner: Intention
    is_told: bool

    @property
    def is_kept_aside(self) -> bool:
        """Whether the pair belongs to the part that is never tuned on."""
        return is_kept_aside(self.id)


@dataclass(frozen=True, slots=True)
class _Party:
    kind: str
    name: str
    brings: str
    seeks: str


def is_kept_aside(identifier: str) -> bool:
    """Split rows in two by the parity of the SHA-256 of their identifier.

    Examples
    --------
    >>> is_kept_aside("P001"), is_kept_aside("P002")
    (True, False)
    """
    return hashlib.sha256(identifier.encode()).digest()[-1] % 2 == 1


def plain(text: str) -> str:
    """Return small letters without accents nor remarks on what is not known.

    Examples
    --------
    >>> plain("Premier soutien (nature non précisée), « œuvre »")
    'premier soutien , « oeuvre »'
    """
    text = text.lower().replace("œ", "oe").replace("’", "'")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return REMARK.sub("", text)


def encode(rows: Iterable[Mapping[str, str]]) -> list[RealPair]:
    """Encode the rows that name an association and a partner of another kind."""
    pairs = (_pair({name: row[name] for name in READ}) for row in rows)
    return [pair for pair in pairs if pair is not None]


def true_types(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the type of the rows where it is stated or inferred: the answers."""
    return {row["id"]: row["type"] for row in rows if row["type"] in TYPES}


def means_in(text: str) -> tuple[str, ...]:
    """Return the means that a text names.

    Examples
    --------
    >>> means_in(plain("prêt au coût de l'argent ; équipe de 4 personnes"))
    ('loan', 'dedicated_team')
    """
    return tuple(code for code, words in MEANS_WORDS.items() if words.search(text))


def square_of(kind: str, seeks: str) -> tuple[float, float, float, float]:
    """Return the square of what an actor was after: flat where the text is silent.

    The quadrants that the text names share 60 points, each quadrant has 10.

    Examples
    --------
    >>> square_of("company", "diminuer ses couts"), square_of("company", "")
    ((10.0, 10.0, 70.0, 10.0), (25.0, 25.0, 25.0, 25.0))
    """
    words = COMPANY_AIMS if kind == "company" else ASSOCIATION_AIMS
    named = [quadrant for quadrant in QUADRANTS if words[quadrant].search(seeks)]
    if not named:
        return FLAT
    hr, stk, eco, inn = (
        BASE + AIMED * (quadrant in named) / len(named) for quadrant in QUADRANTS
    )
    return hr, stk, eco, inn


def organisation_of(name: str) -> str:
    """Return the first actor of a cell, without what is in parentheses.

    Examples
    --------
    >>> organisation_of("Wimoov (ex Voiture & co)"), organisation_of("Orange; Macif")
    ('wimoov', 'orange')
    """
    return re.sub(r"\([^)]*\)", "", plain(name)).partition(";")[0].strip()


def _pair(row: Mapping[str, str]) -> RealPair | None:
    partner = _partner(row)
    if not row["association"].strip() or partner is None:
        return None
    own = _Party(
        "association",
        row["association"],
        plain(row["association_brings"]),
        plain(row["association_seeks"]),
    )
    is_told = bool((own.seeks and partner.brings) or (partner.seeks and own.brings))
    is_told &= bool(row["domains"] and areas_named(plain(row["territory"])))
    return RealPair(
        id=row["id"],
        association=_intention(row, own, side="a"),
        partner=_intention(row, partner, side="b"),
        is_told=is_told,
    )


def _partner(row: Mapping[str, str]) -> _Party | None:
    """Return the company, else the local authority, else a partner of a known kind."""
    brings, seeks = plain(row["company_brings"]), plain(row["company_seeks"])
    if row["company"].strip():
        return _Party("company", row["company"], brings, seeks)
    if row["local_authority"].strip():
        return _Party("local_authority", row["local_authority"], brings, seeks)
    for name in row["other_partners"].split(";"):
        for kind, words in OTHER_KINDS:
            if words.search(plain(name)):
                return _Party(kind, name, brings, seeks)
    return None


def _intention(row: Mapping[str, str], party: _Party, *, side: str) -> Intention:
    return Intention(
        public_id=f"{row['id']}{side}",
        organisation=organisation_of(party.name),
        kind=party.kind,
        square=square_of(party.kind, party.seeks),
        needs=tuple((means, None) for means in _needs(party)),
        offers=tuple((means, None) for means in _offers(party)),
        domains=_domains(row["domains"], f"{party.brings} {party.seeks}"),
        perimeter=areas_named(plain(row["territory"])),
    )


def _needs(party: _Party) -> tuple[str, ...]:
    """Read what is sought, but what a kind has and gives by its nature.

    A company never needs what only patronage gives (R01); an actor of the field that
    names its publics knows them.
    """
    is_company = party.kind == "company"
    own = GIVEN if is_company else KNOWN
    kept = tuple(means for means in means_in(party.seeks) if means not in own)
    field = _field_means(party.seeks) if is_company else ()
    return tuple(dict.fromkeys((*kept, *field)))


def _offers(party: _Party) -> tuple[str, ...]:
    """Read what is brought; who acts on a fragility brings what the field knows."""
    named = means_in(party.brings)
    if party.kind == "company":
        return named
    return tuple(dict.fromkeys((*named, *_field_means(party.brings))))


def _field_means(text: str) -> tuple[str, ...]:
    named = any(DOMAIN_WORDS[domain].search(text) for domain in FRAGILITIES)
    return FIELD_MEANS if named else ()


def _domains(column: str, text: str) -> dict[str, float]:
    """Give 10 to what the side's own words name, 5 to the rest of the row's domains."""
    shared = dict.fromkeys(filter(None, column.split(";")), SHARED_WEIGHT)
    own = {c: OWN_WEIGHT for c, words in DOMAIN_WORDS.items() if words.search(text)}
    return shared | own
