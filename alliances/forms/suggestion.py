from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models.suggestion import MAX_REASON_LENGTH
from alliances.services.introductions import Words


class SuggestionForm(forms.Form):
    """Why two organisations should meet, for both to read."""

    pourquoi = forms.CharField(
        max_length=MAX_REASON_LENGTH,
        label=_("Pourquoi les faire se rencontrer"),
        help_text=_(
            "Une à trois phrases. Les deux organisations lisent les mêmes mots : n’y "
            "mettez rien que l’une vous aurait confié."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _(
                "Dites pourquoi en une phrase : c’est elle qui fait répondre."
            )
        },
    )
    signer = forms.BooleanField(
        required=False,
        label=_("Signer de mon nom"),
        help_text=_(
            "Sinon, les deux organisations lisent « le catalyseur du territoire »."
        ),
    )

    def words(self) -> Words:
        return Words(
            reason=self.cleaned_data["pourquoi"], is_signed=self.cleaned_data["signer"]
        )
