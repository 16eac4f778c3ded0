"""The stored proposals as lines, best first for each organisation."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from alliances.models import Intention, Organisation
from alliances.selectors.refusals import Refusals
from matching.models import COMPONENTS, TYPES, Proposal
from matching.selectors.sides import Side, side, type_scores, weights_of

COLUMNS = (
    "organisation",
    "partner",
    "type",
    "rank",
    "score",
    "confidence",
    *(f"own_{name}" for name in (*COMPONENTS, "score")),
    *(f"partner_{name}" for name in (*COMPONENTS, "score")),
)
ORGANISATIONS_AT_ONCE = 500
TIE_DECIMALS = 9  # as the kernel

Line = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Choice:
    """Which lines are wanted: one type, every type, or the named one."""

    top: int = 20
    type_code: str = ""
    all_types: bool = False


@dataclass(frozen=True)
class Seen:
    """A proposal from the side of one organisation."""

    proposal_id: int
    is_low: bool
    score: float
    confidence: float
    partner: int
    partner_public_id: str
    own_id: int


def lines(
    organisation_ids: Collection[int] | None, *, day: dt.date, choice: Choice
) -> Iterator[Line]:
    """Yield the lines of these organisations, or of all, by increasing key.

    Proposals of an intention that stopped looking for partners, or of a pair that now
    refuses each other, are left out. Memory does not grow with the number of lines.
    """
    wanted = Organisation.objects.active()
    if organisation_ids is not None:
        wanted = wanted.filter(pk__in=organisation_ids)
    ids = list(wanted.order_by("key", "source").values_list("pk", flat=True))
    names, owner, refusals = _names(), _owners(day), Refusals()
    for start in range(0, len(ids), ORGANISATIONS_AT_ONCE):
        batch = ids[start : start + ORGANISATIONS_AT_ONCE]
        found = _seen_by(batch, owner, refusals, choice)
        ranked = {pk: _ranked(found[pk])[: choice.top] for pk in batch}
        proposals = _proposals(ranked.values())
        for pk, shown in ranked.items():
            for rank, seen in enumerate(shown, start=1):
                head = {"organisation": names[pk], "partner": names[seen.partner]}
                for line in _lines(proposals[seen.proposal_id], seen.is_low, choice):
                    yield {**head, "rank": rank, **line}


def _names() -> dict[int, str]:
    """Return the key of each organisation, with its source where keys collide."""
    rows = list(Organisation.objects.values_list("pk", "source", "key"))
    uses = Counter(key for _, _, key in rows)
    return {
        pk: key if uses[key] == 1 else f"{source}:{key}" for pk, source, key in rows
    }


def _owners(day: dt.date) -> dict[int, tuple[int, str]]:
    """Return the organisation and the public identifier of each matchable intention."""
    rows = Intention.objects.matchable_on(day)
    return {
        pk: (organisation_id, public_id)
        for pk, organisation_id, public_id in rows.values_list(
            "pk", "organisation_id", "public_id"
        )
    }


def _seen_by(
    batch: list[int],
    owner: dict[int, tuple[int, str]],
    refusals: Refusals,
    choice: Choice,
) -> dict[int, list[Seen]]:
    asked = set(batch)
    intentions = [
        pk for pk, (organisation, _) in owner.items() if organisation in asked
    ]
    score = "best_score"
    if choice.type_code:
        score = f"scores__{TYPES.index(choice.type_code)}"
    rows = Proposal.objects.of(*intentions).exclude(**{score: None})
    found: dict[int, list[Seen]] = defaultdict(list)
    columns = ("pk", "low_id", "high_id", score, "confidence")
    for pk, low_id, high_id, value, sure in rows.values_list(*columns).iterator(10_000):
        low, high = owner.get(low_id), owner.get(high_id)
        if low is None or high is None or refusals.between(low[0], high[0]):
            continue
        if low[0] in asked:
            found[low[0]].append(Seen(pk, True, value, sure, *high, low_id))
        if high[0] in asked:
            found[high[0]].append(Seen(pk, False, value, sure, *low, high_id))
    return found


def _ranked(seen: list[Seen]) -> list[Seen]:
    """Keep the best pair of intentions of each partner, best first."""
    best: dict[int, Seen] = {}
    for one in sorted(seen, key=_order):
        best.setdefault(one.partner, one)
    return list(best.values())


def _order(seen: Seen) -> tuple[float, float, str, int]:
    """The order of the kernel: score, then confidence, then public identifier.

    Of one's own projects that suit as well, the oldest: as the pages.
    """
    return (
        -round(seen.score, TIE_DECIMALS),
        -round(seen.confidence, TIE_DECIMALS),
        seen.partner_public_id,
        seen.own_id,
    )


def _proposals(shown: Iterable[list[Seen]]) -> dict[int, Proposal]:
    ids = {seen.proposal_id for one in shown for seen in one}
    rows = Proposal.objects.filter(pk__in=ids).select_related("run")
    return {proposal.pk: proposal for proposal in rows.iterator(2_000)}


def _lines(proposal: Proposal, is_low: bool, choice: Choice) -> Iterator[Line]:
    scores = type_scores(proposal)
    types = [choice.type_code or TYPES[proposal.named_type]]
    if choice.all_types:
        types = sorted(scores, key=lambda code: (-scores[code], TYPES.index(code)))
    weights = weights_of(proposal.run.configuration_id)
    for code in types:
        own, partner = (
            side(proposal, is_low=flag, type_code=code, weights=weights)
            for flag in (is_low, not is_low)
        )
        yield {
            "type": code,
            "score": scores[code],
            "confidence": proposal.confidence,
            **_prefixed("own", own),
            **_prefixed("partner", partner),
        }


def _prefixed(prefix: str, one: Side) -> Line:
    values = {**one.components, "score": one.score}
    return {f"{prefix}_{name}": value for name, value in values.items()}
