"""The square in a form: four numbers that sum to 100, checked on the server.

``SquareField`` works without JavaScript and needs ``static/js/square.js`` only to move
the drawing. Its value is a ``Weights``, or None when nothing was filled in and the field
is not required. Set ``form.fields["square"].widget.kind`` to change the words.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from alliances.square.drawing import figure
from alliances.square.geometry import TOTAL, Corner, Weights
from alliances.square.labels import words_for

WEIGHT = re.compile(r"[0-9]{1,3}\Z")
Raw = tuple[str, str, str, str]
NOTHING: Raw = ("", "", "", "")


class SquareInput(forms.Widget):
    """Four number fields around the drawing, named ``<name>_hr`` and so on."""

    template_name = "components/square_input.html"
    use_fieldset = True
    kind: str

    class Media:
        js = [forms.Script("js/square.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None, kind: str = "") -> None:
        super().__init__(attrs)
        self.kind = kind

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Raw:
        hr, stk, eco, inn = (str(data.get(f"{name}_{c}", "")).strip() for c in Corner)
        return (hr, stk, eco, inn)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return all(f"{name}_{corner}" not in data for corner in Corner)

    def id_for_label(self, id_: str) -> str:
        """No single input carries the label: a legend names the group."""
        return ""

    def get_context(
        self, name: str, value: object, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        raw = raw_weights(value)
        words = words_for(self.kind)
        id_ = context["widget"]["attrs"].get("id") or f"id_{name}"
        weights = parsed(raw) if not errors_of(raw) else None
        context["words"] = words
        context["widget"] |= {
            "id": id_,
            "invalid": context["widget"]["attrs"].get("aria-invalid"),
            "describedby": context["widget"]["attrs"].get("aria-describedby"),
            "figure": figure(weights) if weights else None,
            "corners": [
                {
                    "corner": corner,
                    "words": words.corners[corner],
                    "name": f"{name}_{corner}",
                    "id": f"{id_}_{corner}",
                    "value": text,
                }
                for corner, text in zip(Corner, raw, strict=True)
            ],
        }
        return context


class SquareField(forms.Field):
    """Four non-negative integers that sum to 100; blanks beside numbers count as 0."""

    widget = SquareInput

    def __init__(self, *, kind: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Carré des objectifs"))
        kwargs.setdefault("widget", SquareInput(kind=kind))
        super().__init__(**kwargs)

    def clean(self, value: object) -> Weights | None:
        raw = raw_weights(value)
        if raw == NOTHING:
            if self.required:
                raise ValidationError(
                    _("Répartissez 100 entre les quatre objectifs."), code="required"
                )
            return None
        if errors := errors_of(raw):
            raise errors[0]
        return parsed(raw)

    def has_changed(self, initial: object, data: object) -> bool:
        return raw_weights(initial) != raw_weights(data)


def raw_weights(value: object) -> Raw:
    """Return four texts from what a form, a model or a person gave."""
    if not isinstance(value, Weights | Sequence) or isinstance(value, str):
        return NOTHING
    hr, stk, eco, inn = (str(part) for part in value)
    return (hr, stk, eco, inn)


def errors_of(raw: Raw) -> list[ValidationError]:
    """Say what is wrong with four texts, the first thing first."""
    if not all(WEIGHT.match(text) or not text for text in raw):
        return [
            ValidationError(
                _("Écrivez des nombres entiers de 0 à 100 ; le reste est conservé."),
                code="invalid",
            )
        ]
    total = sum(int(text or 0) for text in raw)
    if total == TOTAL:
        return []
    return [_error_of_total(total)]


def _error_of_total(total: int) -> ValidationError:
    missing = _(
        "Les quatre objectifs totalisent %(total)s : il reste %(rest)s à donner."
    )
    excess = _("Les quatre objectifs totalisent %(total)s : il y a %(rest)s de trop.")
    return ValidationError(
        missing if total < TOTAL else excess,
        code="sum",
        params={"total": total, "rest": abs(TOTAL - total)},
    )


def parsed(raw: Raw) -> Weights:
    """Return the weights of four texts already found right; a blank is 0."""
    hr, stk, eco, inn = (int(text or 0) for text in raw)
    return Weights(hr, stk, eco, inn)
