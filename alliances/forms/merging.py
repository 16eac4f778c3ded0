"""Choosing two organisations that are one, and confirming it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Organisation
from alliances.selectors.resembling import organisations_named


class OrganisationTextField(forms.CharField):
    """An organisation by its address on the site, a number of its own, or its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.candidates: list[Organisation] = []

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        among = Organisation.objects.active()
        identifier = text.rstrip("/").rsplit("/", 1)[-1]
        exact = list(among.filter(public_id=identifier).for_list())
        self.candidates = exact or organisations_named(text, among=among)
        if len(self.candidates) == 1:
            return self.candidates[0]
        if self.candidates:
            raise forms.ValidationError(
                _("Plusieurs organisations portent ce nom. Choisissez ci-dessous.")
            )
        raise forms.ValidationError(
            _(
                "Aucune organisation ne répond à ce texte. Collez l’adresse de sa page, "
                "son SIREN, ou le début exact de son nom."
            )
        )


class MergeChoiceForm(forms.Form):
    """The one that stays, and the one that gives everything to it."""

    garder = OrganisationTextField(
        label=_("L’organisation à garder"),
        help_text=_("L’adresse de sa page, un numéro (SIREN, SIRET, RNA), ou son nom."),
    )
    absorber = OrganisationTextField(label=_("Celle qui disparaît"))


class MergeConfirmationForm(forms.Form):
    """A merge is not undone: it is asked once, in words."""

    certain = forms.BooleanField(
        label=_("J’ai comparé les deux\u202f; je sais que la fusion ne s’annule pas.")
    )
