"""The square told in French: what a person reads instead of the drawing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.square import Corner, Lean, Reading, Weights, reading
from alliances.square_labels import AxisWords, SquareWords

N_CORNERS = 4


def sentence(weights: Weights, words: SquareWords) -> str:
    """Tell the order of the objectives, then where the whole leans."""
    told = reading(weights)
    return f"{_priorities(told, words)} {_leaning(told, words.axes)}"


def _priorities(told: Reading, words: SquareWords) -> str:
    (first_weight, first), *others = told.ranks
    if len(first) == N_CORNERS:
        return _("Les quatre objectifs comptent autant.")
    lead = ngettext(
        "Priorité : %(objectives)s (%(weight)s sur 100)",
        "Priorités à égalité : %(objectives)s (%(weight)s sur 100 chacune)",
        len(first),
    ) % {"objectives": _names(first, words), "weight": first_weight}
    rest = [
        f"{_names(corners, words)} ({weight})" for weight, corners in others if weight
    ]
    if not rest:
        return f"{lead}."
    return _("%(lead)s, puis %(rest)s.") % {"lead": lead, "rest": ", ".join(rest)}


def _names(corners: tuple[Corner, ...], words: SquareWords) -> str:
    names = [str(words.corners[corner].label) for corner in corners]
    if len(names) == 1:
        return names[0]
    return _("%(first)s et %(last)s") % {
        "first": ", ".join(names[:-1]),
        "last": names[-1],
    }


def _leaning(told: Reading, axes: AxisWords) -> str:
    stake = _towards(
        told.stake, axes.towards_right if told.centre.x > 0 else axes.towards_left
    )
    target = _towards(
        told.target, axes.towards_bottom if told.centre.y > 0 else axes.towards_top
    )
    if stake and target:
        return _("L’ensemble penche %(stake)s et %(target)s.") % {
            "stake": stake,
            "target": target,
        }
    if stake or target:
        return _("L’ensemble penche %(side)s ; l’autre axe est équilibré.") % {
            "side": stake or target
        }
    return _("L’ensemble est équilibré sur les deux axes.")


def _towards(lean: Lean, end: object) -> str:
    if lean is Lean.BALANCED:
        return ""
    if lean is Lean.SLIGHT:
        return _("plutôt vers %(end)s") % {"end": end}
    return _("nettement vers %(end)s") % {"end": end}
