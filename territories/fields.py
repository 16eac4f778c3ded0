"""Form fields about places: one, several, and a distance around one.

The place picker works with or without JavaScript. What the browser sends is one
parameter, repeated: each value is a reference, or what people typed. The component is
``templates/components/place_picker.html``.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.models import Territory
from territories.selectors import (
    AmbiguousPlaceError,
    Found,
    UnknownTerritoryError,
    designated,
)

MAX_PLACES = 50
MAX_TYPED_LENGTH = 200
MAX_RADIUS_KM = 200
RADII_KM = (5, 10, 20, 30, 50, 100)  # distances offered; any other may be typed


def as_list(value: object) -> list[str | Territory]:
    """Return the places of ``value``, whether it is one, several, or none."""
    if isinstance(value, str | Territory):
        return [value] if value else []
    return list(value) if isinstance(value, Iterable) else []


class PlacePicker(forms.Widget):
    """A text with suggestions; the places already chosen are removable."""

    template_name = "components/place_picker.html"
    use_fieldset = False

    def __init__(
        self, *, is_multiple: bool, kinds: Sequence[str] | None = None
    ) -> None:
        super().__init__()
        self.is_multiple = is_multiple
        self.kinds = kinds

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> list[str]:
        getlist = getattr(data, "getlist", None)
        values = getlist(name) if getlist else data.get(name) or []
        if isinstance(values, str):
            values = [values]
        return [str(value) for value in values if str(value).strip()]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> bool:
        return False  # no value at all is "no place"

    def get_context(
        self, name: str, value: object, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen, typed, choices = self._reread(as_list(value))
        context["picker"] = {
            "name": name,
            "id": context["widget"]["attrs"].get("id", f"id_{name}"),
            "is_multiple": self.is_multiple,
            "kinds": self.kinds or (),
            "chosen": chosen,
            "typed": typed,
            "choices": choices,
            "attrs": context["widget"]["attrs"],
        }
        return context

    def _reread(
        self, value: Sequence[str | Territory]
    ) -> tuple[list[Territory], str, list[Found]]:
        """Sort ``value`` into places, the text left unresolved, and what it may mean."""
        chosen: list[Territory] = []
        typed, choices = "", []
        for item in value[:MAX_PLACES]:
            if isinstance(item, Territory):
                chosen.append(item)
                continue
            try:
                chosen.append(designated(item, kinds=self.kinds).territory)
            except AmbiguousPlaceError as error:
                typed, choices = item, error.choices
            except UnknownTerritoryError:
                typed = item
        return chosen, typed[:MAX_TYPED_LENGTH], choices


class PlacesField(forms.Field):
    """Several places; cleaned into a list of territories without repetition.

    ``notices`` of the bound field's form are not kept: what was replaced (a former
    commune by its successor) shows in the chips when the page comes back.
    """

    default_error_messages = {
        "too_many": gettext_lazy("Choisissez au plus %(max)d lieux."),
    }
    is_multiple = True

    def __init__(self, *, kinds: Collection[str] | None = None, **options: Any) -> None:
        self.kinds = tuple(kinds) if kinds is not None else None
        options.setdefault(
            "widget", PlacePicker(is_multiple=self.is_multiple, kinds=self.kinds)
        )
        super().__init__(**options)

    def prepare_value(self, value: object) -> list[str | Territory]:
        return as_list(value)

    def to_python(self, value: object) -> list[Territory]:
        texts = self.prepare_value(value)
        if len(texts) > MAX_PLACES:
            message = self.error_messages["too_many"] % {"max": MAX_PLACES}
            raise ValidationError(message, code="too_many")
        places = {}
        for text in texts:
            territory = text if isinstance(text, Territory) else self._place(text)
            places[territory.pk] = territory
        return list(places.values())

    def has_changed(self, initial: object, data: object) -> bool:
        references = {
            item.reference if isinstance(item, Territory) else item
            for item in self.prepare_value(initial)
        }
        return references != set(self.prepare_value(data))

    def _place(self, text: str) -> Territory:
        if len(text) > MAX_TYPED_LENGTH:
            raise ValidationError(_("Ce nom de lieu est trop long."), code="too_long")
        try:
            return designated(text, kinds=self.kinds).territory
        except (AmbiguousPlaceError, UnknownTerritoryError) as error:
            # The framework of the interface reads a bare message as a pattern.
            raise ValidationError(
                "%(why)s", code="unknown_place", params={"why": error}
            ) from error


class PlaceField(PlacesField):
    """One place; cleaned into a territory, or None."""

    is_multiple = False

    def clean(self, value: object) -> Territory | None:
        places: list[Territory] = super().clean(self.prepare_value(value)[-1:])
        return places[0] if places else None


class RadiusField(forms.ChoiceField):
    """A whole number of kilometres, in a list that keeps any value that is valid."""

    def clean(self, value: object) -> int | None:
        text = self.to_python(value)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_RADIUS_KM:
            message = _("Donnez une distance de 1 à %(max)d km : elle est ignorée.")
            raise forms.ValidationError(message % {"max": MAX_RADIUS_KM})
        return int(text)
