"""What an address may ask of a list of proposals; each parameter is allow-listed.

A wrong value is ignored and said; the others still apply.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.enums import ActorKind, FragilityDomain, PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.projects import name_of
from matching.explanations.words import COMPONENTS
from matching.selectors.asked import Asked, Trial, Zone
from territories.fields import RADII_KM, PlaceField, RadiusField

MAX_NAME_LENGTH = 100
HEAVIEST = 100  # hundredths: only the shares between the five count
PREFIX = "poids_"
# What each weight is called in an address, in the order of the components.
WEIGHT_NAMES = {
    "objectives": f"{PREFIX}objectifs",
    "needs": f"{PREFIX}besoins",
    "domains": f"{PREFIX}domaines",
    "territory": f"{PREFIX}territoire",
    "proximity": f"{PREFIX}proximite",
}
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


class WeightField(forms.Field):
    """A whole number from 0 to 100, in the figures of a keyboard."""

    widget = forms.NumberInput

    def to_python(self, value: Any) -> int:
        text = str(value or "").strip()
        if not re.fullmatch("[0-9]{1,3}", text) or int(text) > HEAVIEST:
            raise forms.ValidationError(
                _(
                    "Donnez un nombre entier de 0 à 100 : le poids de la plateforme reste."
                )
            )
        return int(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"min": 0, "max": HEAVIEST, "step": 1, "class": "form-control"}


class TrialForm(forms.Form):
    """Weights to try on a list; those that are not given are the platform's."""

    def __init__(self, data: Mapping[str, Any], weights: Sequence[float]) -> None:
        """``weights``: those of the platform, in the order of the components."""
        shares = [weight / sum(weights) for weight in weights]
        self.platform = dict(zip(WEIGHT_NAMES.values(), shares, strict=True))
        self.shown = {n: round(HEAVIEST * w) for n, w in self.platform.items()}
        given = {name: data[name] for name in self.shown if name in data}
        self.is_asked = bool(given)
        super().__init__({**self.shown, **given}, auto_id="%s")
        for component, name in WEIGHT_NAMES.items():
            self.fields[name] = WeightField(
                label=str(COMPONENTS[component]), required=False
            )

    def trial(self) -> Trial | None:
        """Return what is tried; None when nothing differs from the platform."""
        if not self.is_asked:
            return None
        self.is_valid()
        typed = {n: self.cleaned_data.get(n, self.shown[n]) for n in self.shown}
        if typed == self.shown or not any(typed.values()):
            return None
        weights = [
            self.platform[name] if value == self.shown[name] else value / HEAVIEST
            for name, value in typed.items()
        ]
        total = sum(weights)
        return Trial(tuple(typed.values()), tuple(one / total for one in weights))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(cleaned) == len(self.shown) and not any(cleaned.values()):
            raise forms.ValidationError(
                _(
                    "Il faut qu’au moins un critère compte : les poids de la plateforme "
                    "sont gardés."
                )
            )
        return cleaned


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
