"""Everything about a pair, for the operator: why it is proposed, or what prevents it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Intention, Organisation
from matching import kernel
from matching.explanations import Party, Story, story
from matching.models import TYPES, Proposal
from matching.selectors.obstacles import (
    apart,
    blocks_everything,
    missing,
    rules_met,
    same,
)
from matching.selectors.pairs import (
    Pair,
    every_intention,
    matchable_intentions,
    pair_of,
)
from matching.selectors.population import matchable_population

Facts = dict[str, Any]


def inquiry(
    one: Organisation, other: Organisation, *, day: dt.date, type_code: str | None
) -> Facts:
    """Return what ``manage.py explain`` prints. Says all: never for a page."""
    sides = [matchable_intentions(side, day) for side in (one, other)]
    blocked = [
        obstacle
        for side, organisation, found in zip("ab", (one, other), sides, strict=True)
        if not found
        for obstacle in missing(organisation, side, day)
    ]
    all_sides = [
        found or every_intention(organisation)
        for found, organisation in zip(sides, (one, other), strict=True)
    ]
    head = {"a": _identity(one), "b": _identity(other)}
    pair = None if one == other else pair_of(all_sides[0], all_sides[1])
    if pair is None:
        return {**head, "proposed": False, "obstacles": blocked or [same(one, other)]}
    stored = Proposal.objects.between(pair.own.pk, pair.other.pk).first()
    blocked += rules_met(pair) + apart(one, other)
    admissible = not blocked and bool(pair.ranking().type_scores[0].max() >= 0)
    is_proposed = stored is not None and not blocks_everything(blocked)
    if stored is None and not blocks_everything(blocked):
        blocked.append(_rank(pair, day))
    return {
        **head,
        "proposed": is_proposed,
        "admissible": admissible or not blocks_everything(blocked),
        "stored": _stored(stored, pair),
        **_scores(pair, type_code),
        "obstacles": blocked,
    }


def _identity(organisation: Organisation) -> Facts:
    return {
        "key": organisation.key,
        "source": organisation.source,
        "name": organisation.name,
        "kind": organisation.kind,
    }


def _rank(pair: Pair, day: dt.date) -> Facts:
    """Say how far the pair stands from both lists, from the present data."""
    population = matchable_population(day)
    prepared = kernel.prepare(population.profiles, pair.prepared.configuration)
    kept = int(prepared.configuration.number("list.kept"))
    rows = [population.row[one.pk] for one in (pair.own, pair.other)]
    ranks = {
        side: _rank_of(prepared, row, facing, kept)
        for side, row, facing in zip("ab", rows, reversed(rows), strict=True)
    }
    is_listed = any(found["rank"] is not None for found in ranks.values())
    return {
        "rule": "not_computed" if is_listed else "rank",
        "side": "both",
        "types": [],
        "kept": kept,
        "sentence": _("La paire sera proposée au prochain calcul.")
        if is_listed
        else _(
            "La paire est au-delà des %(kept)d premières de chacune des deux listes."
        )
        % {"kept": kept},
        "lifted_by": _("Lancer un calcul.")
        if is_listed
        else _("Un score plus haut que le dernier de l’une des deux listes."),
        "lists": ranks,
    }


def _rank_of(prepared: kernel.Prepared, row: int, facing: int, kept: int) -> Facts:
    found = kernel.rank_one(prepared, row, top=kept)
    mine = [
        (int(low), int(high)) for low, high in zip(found.low, found.high, strict=True)
    ]
    ranks = [
        int(low_rank if low == row else high_rank)
        for (low, high), low_rank, high_rank in zip(
            mine, found.low_rank, found.high_rank, strict=True
        )
        if facing in (low, high)
    ]
    last = {
        TYPES[t]: float(found.score[found.type == t].min())
        for t in range(len(TYPES))
        if (found.type == t).sum() >= kept
    }
    listed = [rank for rank in ranks if rank]
    return {"rank": min(listed) if listed else None, "last_scores": last}


def _stored(stored: Proposal | None, pair: Pair) -> Facts | None:
    if stored is None:
        return None
    ranks = {"low": stored.low_ranks, "high": stored.high_ranks}
    a, b = ("low", "high") if stored.low_id == pair.own.pk else ("high", "low")
    return {
        "computed_at": stored.run.finished_at and stored.run.finished_at.isoformat(),
        "configuration": stored.run.configuration.version,
        "scores": dict(zip(TYPES, stored.scores, strict=True)),
        "a_ranks": _by_type(ranks[a]),
        "b_ranks": _by_type(ranks[b]),
    }


def _by_type(ranks: list[int]) -> dict[str, int | None]:
    return {code: rank or None for code, rank in zip(TYPES, ranks, strict=True)}


def _scores(pair: Pair, type_code: str | None) -> Facts:
    explanation = pair.explanation(type_code)
    weights = pair.prepared.configuration.weights.tolist()
    told = story(
        explanation,
        own=_party(pair.own),
        other=_party(pair.other),
        own_is_low=pair.own_is_low,
        weights=weights,
    )
    scores = pair.ranking().type_scores[0].tolist()
    low, high = explanation.low, explanation.high
    mine, theirs = (low, high) if pair.own_is_low else (high, low)
    return {
        "configuration": pair.prepared.configuration.version,
        "type": explanation.type,
        "score": explanation.score,
        "confidence": explanation.confidence,
        "types": {
            code: score if score >= 0 else None
            for code, score in zip(TYPES, scores, strict=True)
        },
        "named_type": explanation.named_type,
        "best_type": explanation.best_type,
        "naming_reasons": list(explanation.naming_reasons),
        "sentences": [told.headline, *told.type_sentences, *told.discuss],
        "sides": {"a": _side(mine, told, "own"), "b": _side(theirs, told, "other")},
        "warnings": [
            {
                "rule": point.rule,
                "severity": point.severity,
                "sentence": str(point.sentence),
                "lifted_by": str(point.lift),
                "source": str(point.source),
            }
            for point in told.points
        ],
    }


def _party(intention: Intention) -> Party:
    organisation = intention.organisation
    return Party(organisation.name, organisation.kind, organisation.maturity)


def _side(reasons: kernel.SideReasons, told: Story, which: str) -> Facts:
    side = getattr(told, which)
    facts = {reason.component: reason.facts for reason in reasons.reasons}
    return {
        "score": side.score,
        "receives": list(reasons.receives),
        "brings": list(reasons.brings),
        "components": [
            {
                "component": bar.component,
                "value": bar.value,
                "known": bar.value is not None,
                "weight": bar.weight,
                "effect": bar.effect,
                "sentence": bar.sentence,
                "facts": facts[bar.component],
            }
            for bar in side.bars
        ],
    }
