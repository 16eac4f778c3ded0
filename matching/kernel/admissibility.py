"""Who is never proposed to whom: hard rules as data, and their vectorised form."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import Components, compare
from matching.kernel.preparation import Prepared, contains
from matching.kernel.profiles import Profiles
from matching.kernel.vocabulary import (
    COMPANY,
    FOUNDATION,
    MODELS,
    PATRONAGE,
    TYPES,
    UNKNOWN,
)

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

YES, NO = 1, 0
US_MODEL: Final = MODELS.index("us_model")
GIVERS: Final = (COMPANY, FOUNDATION)


@dataclass(frozen=True)
class HardRule:
    """A rule that keeps a pair, or a type for a pair, out of the proposals.

    Attributes
    ----------
    id : str
        Stable identifier; an ``Rnn`` of the method where there is one.
    source : str
        Document and section.
    message : str
        Key of the sentence told to people.
    lifted_by : str
        Key of what would lift it.
    is_private : bool
        Whether saying it to the other side would reveal something private.
    severity : str
        ``"block"``, as for every hard rule; warnings say ``"warn"`` or ``"inform"``.
    """

    id: str
    source: str
    message: str
    lifted_by: str
    is_private: bool
    severity: str = "block"


@dataclass(frozen=True)
class Obstacle:
    """A hard rule met by one pair.

    Attributes
    ----------
    rule : HardRule
        The rule.
    types : tuple of str
        The types it keeps out.
    side : str
        ``"low"`` or ``"high"``: whose data causes it; ``"both"`` otherwise.
    """

    rule: HardRule
    types: tuple[str, ...]
    side: str


METHOD: Final = "docs/matching.md"
SAME_ORGANISATION: Final = HardRule(
    "same_organisation", f"{METHOD}, Rules", "same_organisation", "nothing", False
)
KINDS_NOT_MATCHED: Final = HardRule(
    "kinds",
    f"{METHOD}, Who may be proposed to whom",
    "kinds_not_matched",
    "configuration",
    False,
)
NOT_OPEN: Final = HardRule(
    "openness", f"{METHOD}, Rules", "type_not_open", "open_the_type", False
)
NO_RECIPIENT: Final = HardRule(
    "R01",
    "JURIS annexe 2; état des lieux (2020), l.54-60, l.123",
    "no_general_interest_recipient",
    "general_interest_recipient",
    False,
)
REFUSED_KIND: Final = HardRule(
    "R04_kind",
    "« Coopérer efficacement » (2023), l.1450",
    "excluded",
    "remove_the_exclusion",
    True,
)
REFUSED_SECTOR: Final = HardRule(
    "R04_sector",
    "« Coopérer efficacement » (2023), l.1450",
    "excluded",
    "remove_the_exclusion",
    True,
)
REFUSED_ORGANISATION: Final = HardRule(
    "R04_organisation",
    "« Coopérer efficacement » (2023), l.1450",
    "excluded",
    "remove_the_exclusion",
    True,
)
NOTHING_IN_COMMON: Final = HardRule(
    "nothing_in_common",
    f"{METHOD}, Rules",
    "nothing_in_common",
    "common_domain_or_covered_need",
    False,
)
HARD_RULES: Final = (
    SAME_ORGANISATION,
    KINDS_NOT_MATCHED,
    NOT_OPEN,
    NO_RECIPIENT,
    REFUSED_KIND,
    REFUSED_SECTOR,
    REFUSED_ORGANISATION,
    NOTHING_IN_COMMON,
)


def recipient_status(profiles: Profiles) -> Integers:
    """Tell who may receive patronage (R01): 1 yes, 0 no, −1 unknown, shape (N,).

    What was said of general interest decides; when nothing was said, an organisation
    that lives from the revenue of its activity (``us_model``) may not.
    """
    status = profiles.general_interest.copy()
    status[(status == UNKNOWN) & (profiles.model == US_MODEL)] = NO
    return status


def is_giver(profiles: Profiles) -> Booleans:
    """Tell who may give in patronage: companies and foundations, shape (N,)."""
    return np.isin(profiles.kind, GIVERS)


def admissible_types(prepared: Prepared, pairs: Components) -> Booleans:
    """Apply every hard rule to pairs.

    Parameters
    ----------
    prepared : Prepared
        The population.
    pairs : Components
        P compared pairs.

    Returns
    -------
    ndarray of bool, shape (P, 4)
        Types for which each pair may be proposed.
    """
    first, second = pairs.first, pairs.second
    profiles = prepared.profiles
    allowed = prepared.configuration.admissible[
        profiles.kind[first], profiles.kind[second]
    ]
    allowed = allowed & profiles.open_to[first] & profiles.open_to[second]
    allowed[:, PATRONAGE] &= has_recipient(profiles, first, second)
    allowed[~may_meet(prepared, first, second) | ~has_common_ground(pairs)] = False
    return allowed


def has_common_ground(pairs: Components) -> Booleans:
    """Tell which pairs have a common domain or a covered need on either side."""
    return pairs.covered | (np.nan_to_num(pairs.domains) > 0)


def may_meet(prepared: Prepared, first: Integers, second: Integers) -> Booleans:
    """Tell which pairs are of two organisations that do not refuse each other."""
    absent = contains(prepared.absent, first * len(prepared) + second)
    return ~(
        absent
        | _refuses_kind(prepared, first, second)
        | _refuses_kind(prepared, second, first)
        | _refuses_sector(prepared, first, second)
        | _refuses_sector(prepared, second, first)
    )


def has_recipient(
    profiles: Profiles, first: Integers, second: Integers, *, surely: bool = False
) -> Booleans:
    """Tell which pairs hold a giver and a recipient of patronage (R01).

    Parameters
    ----------
    profiles : Profiles
        The population.
    first, second : ndarray of int, shape (P,)
        The pairs.
    surely : bool
        Whether the recipient must be known to be of general interest.

    Returns
    -------
    ndarray of bool, shape (P,)
        True where a company or a foundation faces somebody who may receive.
    """
    status = recipient_status(profiles)
    may_receive = status == YES if surely else status != NO
    gives = is_giver(profiles)
    met: Booleans = np.logical_or(
        gives[first] & may_receive[second], gives[second] & may_receive[first]
    )
    return met


def obstacles(prepared: Prepared, low: int, high: int) -> tuple[Obstacle, ...]:
    """List what keeps a pair, or some of its types, out of the proposals.

    Parameters
    ----------
    prepared : Prepared
        The population.
    low, high : int
        Two rows.

    Returns
    -------
    tuple of Obstacle
        Empty when the pair may be proposed for the four types. Meant for the operator:
        callers tell people only what is theirs or public.
    """
    first, second = np.array([low]), np.array([high])
    pairs = compare(prepared, first, second)
    organisation = prepared.profiles.organisation
    if organisation[low] == organisation[high]:
        return (Obstacle(SAME_ORGANISATION, TYPES, "both"),)
    found = [*_type_obstacles(prepared, low, high)]
    for side, one, other in (("low", first, second), ("high", second, first)):
        found += _refusals(prepared, one, other, side=side)
    if not has_common_ground(pairs)[0]:
        found.append(Obstacle(NOTHING_IN_COMMON, TYPES, "both"))
    return tuple(found)


def _type_obstacles(prepared: Prepared, low: int, high: int) -> list[Obstacle]:
    profiles = prepared.profiles
    table = prepared.configuration.admissible[profiles.kind[low], profiles.kind[high]]
    found = []
    if not table.all():
        found.append(Obstacle(KINDS_NOT_MATCHED, _names(~table), "both"))
    for side, row in (("low", low), ("high", high)):
        closed = ~profiles.open_to[row]
        if closed.any():
            found.append(Obstacle(NOT_OPEN, _names(closed), side))
    if (
        table[PATRONAGE]
        and not has_recipient(profiles, np.array([low]), np.array([high]))[0]
    ):
        side = "high" if is_giver(profiles)[low] else "low"
        found.append(Obstacle(NO_RECIPIENT, (TYPES[PATRONAGE],), side))
    return found


def _refusals(
    prepared: Prepared, one: Integers, other: Integers, *, side: str
) -> list[Obstacle]:
    profiles = prepared.profiles
    refused = profiles.exclusions[profiles.exclusions[:, 0] == one[0], 1]
    causes = (
        (REFUSED_KIND, _refuses_kind(prepared, one, other)[0]),
        (REFUSED_SECTOR, _refuses_sector(prepared, one, other)[0]),
        (REFUSED_ORGANISATION, profiles.organisation[other[0]] in refused),
    )
    return [Obstacle(rule, TYPES, side) for rule, is_met in causes if is_met]


def _names(flags: Booleans) -> tuple[str, ...]:
    return tuple(name for name, flag in zip(TYPES, flags, strict=True) if flag)


def _refuses_kind(prepared: Prepared, one: Integers, other: Integers) -> Booleans:
    profiles = prepared.profiles
    return profiles.excluded_kinds[one, profiles.kind[other]]


def _refuses_sector(prepared: Prepared, one: Integers, other: Integers) -> Booleans:
    profiles = prepared.profiles
    refusing = profiles.excluded_sector_set[one]
    return prepared.refuses[refusing, profiles.sector_set[other]]
