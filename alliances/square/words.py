"""The square told in French: what a person reads instead of the drawing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.square.geometry import Corner, Lean, Reading, Weights, reading
from alliances.square.labels import AxisWords, SquareWords

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
        "Priorités à égalité (%(weight)s sur 100 chacune) : %(objectives)s",
        len(first),
    ) % {
        "objectives": ", ".join(_name(corner, words) for corner in first),
        "weight": first_weight,
    }
    rest = [
        f"{_name(corner, words)} ({weight})"
        for weight, corners in others
        for corner in corners
        if weight
    ]
    if not rest:
        return f"{lead}."
    return _("%(lead)s, puis %(rest)s.") % {"lead": lead, "rest": ", ".join(rest)}


def _name(corner: Corner, words: SquareWords) -> str:
    """Return the label as it stands inside a sentence."""
    label = str(words.corners[corner].label)
    return label[:1].lower() + label[1:]


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
