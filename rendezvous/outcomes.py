"""What two answers say together: a meeting, a follow-up, a cell that may be shown.

The rules are the platform's choice (DESIGN): docs/decisions/0190 to 0192 give the reasons.
"""

from collections.abc import Collection, Mapping, Sequence

YES, MAYBE, NO = "yes", "maybe", "no"
MUTUAL, OPEN, NONE = "mutual", "open", "none"

NOTHING, STOPPED = "nothing", "stopped"
STAGES = (NOTHING, "first_meeting", "framing", "agreement", "executed")
# Up to there, what one side tells is a fact that both lived; beyond, it binds both.
TOLD_BY_ONE = "framing"
LAST = STAGES[-1]

LEAST_ORGANISATIONS = 5
"""Under which a figure would tell who is behind it (domain, section 10)."""


def outcome_of(one: str, other: str) -> str:
    """Return what two answers about one meeting say together.

    >>> outcome_of("yes", "yes"), outcome_of("yes", "maybe"), outcome_of("maybe", "no")
    ('mutual', 'open', 'none')
    """
    if NO in (one, other):
        return NONE
    return MUTUAL if one == other == YES else OPEN


def reached(one: str, other: str) -> str:
    """Return how far two organisations went, from what each says last.

    What one tells is enough to have talked and to frame a project; an agreement, and
    what comes of it, counts when both say so. An empty answer says nothing.

    >>> reached("first_meeting", ""), reached("agreement", "")
    ('first_meeting', 'framing')
    >>> reached("agreement", "executed")
    'agreement'
    """
    told = sorted((_rank(one), _rank(other)))
    return STAGES[max(told[0], min(told[1], STAGES.index(TOLD_BY_ONE)))]


def is_over(one: str, other: str) -> bool:
    """Tell whether there is nothing more to ask: stopped by one, or done for both.

    >>> is_over("stopped", "framing"), is_over("executed", "executed")
    (True, True)
    >>> is_over("executed", "agreement")
    False
    """
    return STOPPED in (one, other) or reached(one, other) == LAST


def disagree(one: str, other: str) -> bool:
    """Tell whether one says an agreement that the other does not say.

    >>> disagree("agreement", "framing"), disagree("executed", "agreement")
    (True, False)
    """
    agreement = STAGES.index("agreement")
    return (_rank(one) >= agreement) != (_rank(other) >= agreement)


def _rank(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else 0


def shown(counts: Mapping[str, int], behind: Mapping[str, Collection[int]]) -> set[str]:
    """Return the cells of one column that an observer may read.

    A cell with fewer than five organisations behind it is hidden; alone, it would be the
    total less the others: the next smallest is hidden with it.

    >>> behind = {"a": range(9), "b": range(7), "c": range(2)}
    >>> sorted(shown({"a": 8, "b": 6, "c": 1}, behind))
    ['a']
    """
    visible = {key for key in counts if len(behind[key]) >= LEAST_ORGANISATIONS}
    if len(counts) - len(visible) == 1 and visible:
        visible.discard(min(visible, key=lambda key: (counts[key], key)))
    return visible


def middle(values: Sequence[float]) -> float | None:
    """Return the median, None of nothing.

    >>> middle([3.0, 1.0]), middle([])
    (2.0, None)
    """
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) / 2
