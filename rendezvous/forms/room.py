"""What a host types at the door."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Identity
from alliances.enums import ActorKind
from alliances.models import Organisation

NAME_LENGTH, ORGANISATION_LENGTH = 120, 200
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


def _rules_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Elle a lu les règles du jeu et les accepte"),
        error_messages={"required": _("Les règles du jeu s’acceptent avant d’entrer.")},
    )


def _person_field() -> forms.CharField:
    return forms.CharField(
        label=_("Prénom et nom"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Écrivez le nom de la personne.")},
    )


class WalkInForm(forms.Form):
    """Somebody who is there without having registered, and for whom they come."""

    nom = _person_field()
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez l’organisation."),
            "invalid_choice": _("Choisissez l’organisation dans la liste."),
        },
    )
    regles = _rules_field()

    def __init__(self, *args: Any, choices: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self._found = {one.public_id: one for one in choices}
        labels = [(one.public_id, one.name) for one in choices]
        self.fields["organisation"].choices = labels  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Organisation:
        return self._found[self.cleaned_data["organisation"]]


class NewcomerForm(forms.Form):
    """Somebody of an organisation that the directory does not know."""

    prefix = "nouvelle"

    organisation = forms.CharField(
        label=_("Nom de l’organisation"),
        max_length=ORGANISATION_LENGTH,
        error_messages={"required": _("Écrivez le nom de l’organisation.")},
    )
    nature = forms.ChoiceField(
        label=_("Nature"),
        error_messages={
            "required": _("Choisissez sa nature."),
            "invalid_choice": _("Choisissez une nature que la session invite."),
        },
    )
    nom = _person_field()
    regles = _rules_field()
    cle = forms.RegexField(r"\A[0-9A-Za-z]{1,40}\Z", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Iterable[ActorKind],
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        choices = [("", _("Choisir")), *((kind.value, kind.label) for kind in kinds)]
        self.fields["nature"].choices = choices  # type: ignore[attr-defined]

    @property
    def identity(self) -> Identity:
        data = self.cleaned_data
        return Identity(data["organisation"], data["nature"])
