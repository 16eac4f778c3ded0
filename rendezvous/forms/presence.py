"""What somebody says of their own day."""

from enum import StrEnum
from typing import Any

from django import forms

from rendezvous.models.session import MAX_ROUNDS


class Word(StrEnum):
    """What may be said."""

    LATE = "retard"
    ABSENT = "absent"
    COMING = "vient"
    LEAVING = "part"
    STAYING = "reste"


WITH_A_ROUND = frozenset({Word.LATE, Word.LEAVING})


class PresenceForm(forms.Form):
    """Who, what, and from which round on."""

    personne = forms.RegexField(r"^[0-9]{1,18}\Z")
    dire = forms.ChoiceField(choices=[(word.value, word.value) for word in Word])
    tour = forms.TypedChoiceField(
        choices=[(str(n), str(n)) for n in range(1, MAX_ROUNDS + 1)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("dire") in WITH_A_ROUND and data.get("tour") is None:
            self.add_error("tour", "required")
        return data
