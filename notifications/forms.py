from collections.abc import Iterator
from typing import Any

from django import forms

from notifications.models import Preference
from notifications.registry import Frequency, Kind


class PreferencesForm(forms.Form):
    """One choice per kind of news that is not essential."""

    def __init__(
        self, *args: Any, kinds: list[Kind], chosen: dict[str, Frequency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self.fields[kind.code] = forms.ChoiceField(
                label=str(kind.label),
                choices=Preference.Frequency.choices,
                initial=chosen[kind.code].value,
            )

    def choices(self) -> Iterator[tuple[Kind, Frequency]]:
        """Yield what was chosen, kind by kind."""
        for kind in self.kinds:
            yield kind, Frequency(self.cleaned_data[kind.code])
