from typing import Any

from django import forms

from alliances.identifiers.checks import CLEANERS, Identifier, IdentifierError
from alliances.identifiers.sentences import sentence_for

MAX_TYPED = 64


class IdentifierField(forms.CharField):
    """A SIREN, SIRET or RNA number, spaced as one likes."""

    def __init__(self, identifier: Identifier, **kwargs: Any) -> None:
        self.identifier = identifier
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        if identifier is not Identifier.RNA:
            attrs["inputmode"] = "numeric"
        super().__init__(
            required=False,
            max_length=MAX_TYPED,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return CLEANERS[self.identifier](text)
        except IdentifierError as error:
            raise forms.ValidationError(
                sentence_for(error), code=error.problem
            ) from error
