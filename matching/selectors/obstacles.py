"""What keeps a pair out of the proposals, for the operator: each with what lifts it."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Intention, Introduction, Organisation
from alliances.models.introduction import SAME_PAIR_DELAY
from alliances.selectors.refusals import Refusals
from matching.explanations.rules import APART, LIFTS, OBSTACLES
from matching.models import TYPES
from matching.selectors.pairs import Pair, every_intention

Facts = dict[str, Any]


def same(one: Organisation, other: Organisation) -> Facts:
    """Say that a pair cannot be: one organisation, or one that is after nothing."""
    return {
        "rule": "same_organisation" if one == other else "no_intention",
        "side": "both",
        "types": list(TYPES),
        "sentence": str(OBSTACLES["same_organisation"])
        if one == other
        else _("L’une des deux n’a pas d’intention."),
        "lifted_by": str(LIFTS["nothing"]),
    }


def missing(organisation: Organisation, side: str, day: dt.date) -> list[Facts]:
    """Say why no intention of ``organisation`` may be matched, intention by intention."""
    if organisation.archived_at:
        return [_incomplete(side, _("L’organisation est archivée."), _("La rétablir."))]
    found = every_intention(organisation)
    if not found:
        text = _("L’organisation n’a pas d’intention.")
        return [_incomplete(side, text, _("En créer une."))]
    return [
        _incomplete(side, sentence, lift)
        for intention in found
        for sentence, lift in _gaps(intention, day)
    ]


def _incomplete(side: str, sentence: str, lift: str) -> Facts:
    return {
        "rule": "F01",
        "side": side,
        "types": list(TYPES),
        "sentence": sentence,
        "lifted_by": lift,
    }


def _gaps(intention: Intention, day: dt.date) -> list[tuple[str, str]]:
    is_open = Intention.objects.open_on(day).filter(pk=intention.pk).exists()
    checks = (
        (is_open, _("L’intention n’est pas ouverte (%s).") % _state(intention)),
        (intention.square is not None, _("Le carré des objectifs manque.")),
        (intention.domains.filter(weight__gt=0).exists(), _("Aucun domaine.")),
        (intention.needs.exists(), _("Aucun besoin.")),
        (intention.offers.exists(), _("Aucune offre.")),
        (
            intention.organisation.seat_id is not None or intention.perimeter.exists(),
            _("Ni siège, ni périmètre."),
        ),
    )
    lift = _("Compléter ou rouvrir l’intention.")
    return [(sentence, lift) for is_met, sentence in checks if not is_met]


def _state(intention: Intention) -> str:
    return str(Intention.State(intention.state).label)


def rules_met(pair: Pair) -> list[Facts]:
    """Say which hard rules of the kernel keep the pair out."""
    low, high = ("a", "b") if pair.own_is_low else ("b", "a")
    sides = {"low": low, "high": high, "both": "both"}
    return [
        {
            "rule": found.rule.id,
            "source": found.rule.source,
            "side": sides[found.side],
            "types": list(found.types),
            "sentence": str(OBSTACLES[found.rule.message]),
            "lifted_by": str(LIFTS[found.rule.lifted_by]),
        }
        for found in pair.obstacles()
    ]


def apart(one: Organisation, other: Organisation) -> list[Facts]:
    """Say what keeps two organisations apart by their history; answers are nobody's.

    Being in touch, or having been, leaves the lists of their members alone.
    """
    refusals = Refusals({one.pk, other.pk})
    found = [
        _history("block", side, list(TYPES))
        for side, pair in (("a", (one.pk, other.pk)), ("b", (other.pk, one.pk)))
        if refusals.blocks(*pair)
    ]
    since = timezone.now() - SAME_PAIR_DELAY
    between = Introduction.objects.between(one.pk, other.pk)
    if between.open().exists():
        found.append(_history("in_touch", "both", []))
    elif between.filter(closed_at__gt=since).exists():
        found.append(_history("introduced_lately", "both", []))
    return found


def _history(rule: str, side: str, types: list[str]) -> Facts:
    point = APART[rule]
    return {
        "rule": rule,
        "source": str(point.source),
        "side": side,
        "types": types,
        "sentence": str(point.sentence),
        "lifted_by": str(point.lift),
    }


def blocks_everything(obstacles: list[Facts]) -> bool:
    """Tell whether obstacles leave no type at all."""
    blocked = {code for obstacle in obstacles for code in obstacle["types"]}
    return blocked >= set(TYPES)
