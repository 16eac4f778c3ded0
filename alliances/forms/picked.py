"""A thing named in a text, and chosen among several when the name is not enough.

The widget posts what was typed, the reference of what is already chosen and the name
under which it was shown: while the text is that name, the reference stands; otherwise
the text is looked up. When it may mean several things, they are listed to choose from,
which works without JavaScript.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

MAX_TYPED = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a text may mean: its primary key, reference and name."""

    pk: int
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What the three inputs of the widget say."""

    text: str = ""
    reference: str = ""
    label: str = ""

    @property
    def stands(self) -> bool:
        """Whether the reference still designates what is written."""
        return bool(self.reference) and (not self.text or self.text == self.label)


class PickedInput(forms.Widget):
    """A text, the reference it stands for, and the candidates of the last try."""

    template_name = "alliances/edition/picked.html"
    candidates: list[Choice]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.candidates = []

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Typed:
        chosen = str(data.get(f"{name}_choice", ""))
        if chosen:
            return Typed("", chosen, "")
        return Typed(
            str(data.get(name, "")).strip(),
            str(data.get(f"{name}_reference", "")),
            str(data.get(f"{name}_label", "")).strip(),
        )

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return name not in data and f"{name}_choice" not in data

    def get_context(
        self, name: str, value: object, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else Typed()
        context["widget"] |= {
            "typed": typed,
            "candidates": self.candidates,
        }
        return context


class PickedField(forms.Field):
    """Its value is a :class:`Choice`, or None."""

    widget: PickedInput = PickedInput  # type: ignore[assignment]

    def __init__(
        self,
        *,
        look_up: Callable[[str], list[Choice]],
        resolve: Callable[[str], Choice | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.look_up = look_up
        self.resolve = resolve

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Choice):
            return Typed(value.name, value.reference, value.name)
        return value

    def clean(self, value: Any) -> Choice | None:
        typed = value if isinstance(value, Typed) else Typed()
        if typed.stands and (found := self.resolve(typed.reference)):
            return found
        if not typed.text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self._looked_up(typed.text[:MAX_TYPED])

    def _looked_up(self, text: str) -> Choice:
        if found := self.resolve(text):
            return found
        candidates = self.look_up(text)
        if len(candidates) == 1:
            return candidates[0]
        self.widget.candidates = candidates
        if candidates:
            raise ValidationError(
                _(
                    "« %(text)s » peut désigner plusieurs choses : choisissez ci-dessous."
                ),
                code="several",
                params={"text": text},
            )
        raise ValidationError(
            _("Nous ne trouvons pas « %(text)s ». Vérifiez l’orthographe."),
            code="unknown",
            params={"text": text},
        )
