from typing import Any

from django import forms

from alliances.identifier_words import sentence_for
from alliances.identifiers import CLEANERS, Identifier, IdentifierError

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
