from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.enums import PartnershipType, RefusalReason
from alliances.models import Interest
from alliances.services.introductions import Said

MAX_WORDS_LENGTH = 1000
Answer = Interest.Answer


class AnswerForm(forms.Form):
    """A yes, a no or a proposal; a reason alone means no."""

    reponse = forms.ChoiceField(choices=Answer.choices, required=False)
    raison = forms.ChoiceField(choices=RefusalReason.choices, required=False)
    mots = forms.CharField(
        max_length=MAX_WORDS_LENGTH,
        required=False,
        label=_("Pourquoi, en quelques mots"),
        help_text=_("Facultatif, et lu par vos membres seulement."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    type = forms.ChoiceField(choices=PartnershipType.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("reponse") and cleaned.get("raison"):
            cleaned["reponse"] = Answer.NO
        if not cleaned.get("reponse"):
            raise forms.ValidationError(
                _(
                    "Cette réponse n’est pas une de celles proposées : choisissez-en une."
                )
            )
        return cleaned

    def said(self) -> Said:
        """Return the answer; a reason goes with a no, a type with a yes."""
        data = self.cleaned_data
        answer = Answer(data["reponse"])
        if answer == Answer.NO:
            return Said(answer, reason_code=data["raison"], reason=data["mots"])
        return Said(answer, type=data["type"])
