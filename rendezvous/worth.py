"""What it is worth that two organisations meet: matching, wishes, what they did before.

Every figure here is the platform's choice (DESIGN): docs/decisions/0176 gives the
reasons. Changing one is another ``VERSION``.
"""

from dataclasses import dataclass

VERSION = 1
# A meeting is worth something even where matching proposes nothing: each is owed some.
FLOOR = 0.05
MUST, LIKE, NO = "must", "like", "no"
# A wish comes before a score, which is at most 1; two wishes before one.
BONUS = {MUST: 1.0, LIKE: 0.3, "": 0.0}
# Those who know each other have other occasions, unless one of them insists.
PARTNERS = 0.25
MET = 0.5
MET_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Known:
    """What two organisations already did together."""

    are_partners: bool = False
    have_met: bool = False

    @property
    def factor(self) -> float:
        """By how much a meeting between those who know each other counts less."""
        if self.are_partners:
            return PARTNERS
        return MET if self.have_met else 1.0


STRANGERS = Known()


def worth(score: float | None, wishes: tuple[str, str], known: Known) -> float | None:
    """Return the mutual value of a meeting; None when one of the two wants none.

    >>> worth(0.6, ("", ""), STRANGERS)
    0.6
    >>> worth(0.6, ("must", "no"), STRANGERS) is None
    True
    >>> worth(None, ("like", "like"), STRANGERS)
    0.65
    >>> worth(0.6, ("", ""), Known(are_partners=True))
    0.15
    """
    if NO in wishes:
        return None
    value = FLOOR if score is None else max(score, FLOOR)
    value += sum(BONUS[wish] for wish in wishes)
    return value if MUST in wishes else value * known.factor
