"""Trying other weights: the form, its shares, the way back to the platform's."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest

from matching.forms import WEIGHT_NAMES, TrialForm
from matching.selectors.asked import Asked
from matching.selectors.configurations import weights_in_use
from matching.views.addresses import hidden, query_of, without
from matching.views.shown import percentage


@dataclass(frozen=True)
class WeightLine:
    """One weight to move, and its share of the five."""

    field: BoundField
    share_pct: int


def trial_form(request: HttpRequest) -> TrialForm:
    """Return the weights of the address, beside those of the platform."""
    return TrialForm(request.GET, weights_in_use())


def trial_context(form: TrialForm, asked: Asked) -> dict[str, Any]:
    """Return what a page needs to try other weights, and to leave the trial."""
    query = query_of(asked)
    return {
        "trial": form,
        "weight_lines": _lines(form, asked),
        "asked_query": hidden(query, weights=False),
        "trial_query": hidden(query, weights=True),
        "platform_query": without(query, *WEIGHT_NAMES.values()).urlencode(),
    }


def _lines(form: TrialForm, asked: Asked) -> list[WeightLine]:
    weights = asked.trial.weights if asked.trial else tuple(form.platform.values())
    total = sum(weights)
    return [
        WeightLine(form[name], percentage(weight / total))
        for name, weight in zip(WEIGHT_NAMES.values(), weights, strict=True)
    ]
