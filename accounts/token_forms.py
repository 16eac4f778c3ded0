from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.scopes import Scope

DURATIONS = (
    (30, _("un mois")),
    (90, _("trois mois")),
    (365, _("un an, le maximum")),
)
MAX_LABEL_LENGTH = 80


class TokenForm(forms.Form):
    """What a new key of the API is called, what it opens, and until when."""

    label = forms.CharField(
        label=_("Nom de la clé"),
        max_length=MAX_LABEL_LENGTH,
        help_text=_("Le programme qui s’en servira, par exemple « tableau de bord »."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu’elle permet"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une chose que la clé permettra.")
        },
    )
    days = forms.TypedChoiceField(
        label=_("Durée"), choices=DURATIONS, coerce=int, initial=90
    )

    def refuse(self, error: Exception) -> None:
        """Say under the name why no key was made."""
        self.add_error("label", str(error))

    @property
    def wanted(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
