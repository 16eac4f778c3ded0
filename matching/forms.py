"""What an address may ask of a list of proposals; each parameter is allow-listed.

A wrong value is ignored and said; the others still apply.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.enums import ActorKind, FragilityDomain, PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.projects import name_of
from matching.selectors.lists import Asked, Zone
from territories.fields import RADII_KM, PlaceField, RadiusField

MAX_NAME_LENGTH = 100
WRONG_CHOICE = {
    "invalid_choice": gettext_lazy("Ce choix n’existe pas : il est ignoré.")
}


def _select(label: Any, empty: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=False,
        error_messages=WRONG_CHOICE,
    )


class ProposalForm(forms.Form):
    """The filters of a list of proposals, besides the type."""

    territoire = PlaceField(
        label=gettext_lazy("Partenaires qui agissent à"), required=False
    )
    rayon = RadiusField(
        label=gettext_lazy("Distance"),
        choices=[
            ("", gettext_lazy("peu importe")),
            *((km, gettext_lazy("à moins de %d km") % km) for km in RADII_KM),
        ],
        required=False,
        help_text=gettext_lazy("Autour du lieu choisi, ou du siège."),
    )
    nature = _select(gettext_lazy("Nature"), gettext_lazy("toutes"), ActorKind.choices)
    domaine = _select(
        gettext_lazy("Sujet"), gettext_lazy("tous"), FragilityDomain.choices
    )
    type = forms.ChoiceField(
        choices=PartnershipType.choices, required=False, error_messages=WRONG_CHOICE
    )
    projet = _select(gettext_lazy("Pour quel projet"), gettext_lazy("tous"), ())

    def __init__(self, data: Any = None, *, projects: Sequence[Intention] = ()) -> None:
        """Offer a choice between ``projects`` when there are several."""
        super().__init__(data)
        self.projects = {one.public_id: one for one in projects}
        choices = [("", _("tous"))]
        if len(projects) > 1:
            choices += [(one.public_id, name_of(one)) for one in projects]
        self.fields["projet"].choices = choices  # type: ignore[attr-defined]
        self.has_projects = len(projects) > 1

    def asked(self, around: Callable[[], Organisation | None]) -> Asked:
        """Return what the valid parameters ask.

        A distance without a place is counted from the seat of ``around()``.
        """
        self.is_valid()
        clean = self.cleaned_data
        kind, domain = clean.get("nature"), clean.get("domaine")
        return Asked(
            type_code=clean.get("type") or "",
            zone=self._zone(around),
            kinds=(kind,) if kind else (),
            domains=(domain,) if domain else (),
            project=self.projects.get(clean.get("projet") or ""),
        )

    def _zone(self, around: Callable[[], Organisation | None]) -> Zone | None:
        place = self.cleaned_data.get("territoire")
        radius_km = self.cleaned_data.get("rayon")
        if place is None and radius_km and (centre := around()) is not None:
            place = centre.seat
        return Zone(place, radius_km) if place else None


class PartnerSearchForm(forms.Form):
    """« Pourquoi X n’est pas proposé ? » asks for X."""

    q = forms.CharField(
        label=gettext_lazy("Nom de l’organisation"),
        max_length=MAX_NAME_LENGTH,
        required=False,
    )


class TableForm(forms.Form):
    """The subject of a table; a wrong one is ignored."""

    domaine = forms.ChoiceField(
        label=gettext_lazy("Sujet"), choices=FragilityDomain.choices
    )

    def domain(self) -> str:
        return self.cleaned_data["domaine"] if self.is_valid() else ""
