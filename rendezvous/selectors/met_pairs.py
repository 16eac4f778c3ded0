"""The pairs of a session, how far each came, and what they are about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from alliances.enums import FragilityDomain
from alliances.models import IntentionDomain
from rendezvous.models import Encounter, FollowUp, Registration, Session
from rendezvous.outcomes import STAGES
from rendezvous.selectors.met import Pair, pairs_of, sat

NO_DOMAIN = "none"
NO_TYPE = "none"


@dataclass(frozen=True)
class MetPair:
    """Two organisations that were to meet; ``reached``: the steps of the funnel."""

    organisations: frozenset[int]
    reached: frozenset[str]
    kinds: str
    type: str
    domain: str
    agreed_at: dt.datetime | None


def met_pairs(session: Session, present: Collection[Registration]) -> list[MetPair]:
    """Return the pairs that were planned or met, in a fixed number of queries."""
    by_pk = {one.pk: one for one in present}
    planned = {
        pair
        for pair in pairs_of(sat(session, until=session.rounds))
        if pair[0] in by_pk and pair[1] in by_pk
    }
    met = _met(session, present)
    rows = FollowUp.objects.mutual().filter(session=session)
    followups = {
        (one.low_id, one.high_id): one
        for one in rows.select_related("introduction")
        if one.low_id in by_pk and one.high_id in by_pk
    }
    every = sorted(planned | met | set(followups))
    types, domains = _types(every, by_pk), _domains(every, by_pk)
    return [
        MetPair(
            frozenset(by_pk[pk].organisation_id for pk in pair),
            _reached(met, pair, followups.get(pair)),
            "+".join(sorted(by_pk[pk].kind for pk in pair)),
            _named(followups.get(pair)) or types.get(pair, NO_TYPE),
            domains.get(pair, NO_DOMAIN),
            followups[pair].agreed_at if pair in followups else None,
        )
        for pair in every
    ]


def _reached(met: set[Pair], pair: Pair, followup: FollowUp | None) -> frozenset[str]:
    steps = {"planned"}
    if pair in met or followup is not None:
        steps.add("met")
    if followup is not None:
        steps |= {"mutual", *STAGES[1 : STAGES.index(followup.stage) + 1]}
    return frozenset(steps)


def _met(session: Session, present: Collection[Registration]) -> set[Pair]:
    of = {one.organisation_id: one.pk for one in present}
    rows = Encounter.objects.filter(session=session, low__in=of, high__in=of)
    found = set()
    for one, other in rows.values_list("low", "high"):
        low, high = sorted((of[one], of[other]))
        found.add((low, high))
    return found


def _named(followup: FollowUp | None) -> str:
    """The type that both sides chose, when they said one."""
    introduction = followup.introduction if followup else None
    return introduction.type if introduction else ""


def _types(pairs: Collection[Pair], by_pk: dict[int, Registration]) -> dict[Pair, str]:
    """Return the type that matching names for what both came for."""
    from matching.selectors.pair_scores import types_of  # noqa: PLC0415 - NumPy

    about = {
        pair: (one, other)
        for pair in pairs
        if (one := by_pk[pair[0]].intention_id)
        and (other := by_pk[pair[1]].intention_id)
    }
    named = types_of(sorted(set(about.values()))) if about else {}
    return {pair: named[both] for pair, both in about.items() if both in named}


def _domains(
    pairs: Collection[Pair], by_pk: dict[int, Registration]
) -> dict[Pair, str]:
    """Return the domain that both came for, the one that weighs most for the two."""
    wanted = {one.intention_id for one in by_pk.values() if one.intention_id}
    weights: dict[int, dict[str, int]] = defaultdict(dict)
    rows = IntentionDomain.objects.filter(intention__in=wanted, weight__gt=0)
    for intention, domain, weight in rows.values_list("intention", "domain", "weight"):
        weights[intention][domain] = weight
    return {
        pair: shared
        for pair in pairs
        if (shared := _shared(*(weights[by_pk[pk].intention_id or 0] for pk in pair)))
    }


def _shared(one: dict[str, int], other: dict[str, int]) -> str:
    common = [code for code in FragilityDomain.values if code in one and code in other]
    return max(common, key=lambda code: min(one[code], other[code]), default="")
