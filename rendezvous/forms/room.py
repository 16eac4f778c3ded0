"""What a host types at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Organisation

NAME_LENGTH = 120
TYPED_LENGTH = 100


class FindForm(forms.Form):
    """A name, or the beginning of one."""

    q = forms.CharField(
        max_length=TYPED_LENGTH,
        required=False,
        error_messages={"max_length": _("Écrivez moins de cent caractères.")},
    )

    @property
    def typed(self) -> str:
        found: str = self.cleaned_data["q"] if self.is_valid() else ""
        return found


class WalkInForm(forms.Form):
    """Somebody who is there without having registered, and for whom they come."""

    nom = forms.CharField(
        label=_("Prénom et nom"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Écrivez le nom de la personne.")},
    )
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez l’organisation."),
            "invalid_choice": _("Choisissez l’organisation dans la liste."),
        },
    )
    regles = forms.BooleanField(
        label=_("Elle a lu les règles du jeu et les accepte"),
        error_messages={"required": _("Les règles du jeu s’acceptent avant d’entrer.")},
    )

    def __init__(self, *args: Any, choices: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self._found = {one.public_id: one for one in choices}
        labels = [(one.public_id, one.name) for one in choices]
        self.fields["organisation"].choices = labels  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Organisation:
        return self._found[self.cleaned_data["organisation"]]
