from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.identifier_field import IdentifierField
from alliances.forms.picked import PickedField
from alliances.forms.place_choices import (
    choice_of,
    communes_named,
    places_named,
    resolved,
    resolved_commune,
)
from alliances.forms.step import StepForm
from alliances.identifiers import Identifier
from alliances.parts import Places, Site
from alliances.selectors.places import around, in_order

MAX_PERIMETER = 50
SITE_FIELDS = ("commune", "name", "siret", "remove")


class PlacesForm(StepForm[Places]):
    """The seat, then how far the organisation acts, then its other places."""

    labels_of_part = {
        "seat": _("Commune du siège"),
        "perimeter": _("Jusqu’où vous agissez"),
        "sites": _("Vos autres lieux"),
    }

    seat = PickedField(
        look_up=communes_named,
        resolve=resolved_commune,
        required=False,
        label=_("Dans quelle commune êtes-vous ?"),
        help_text=_("Son nom ou son code postal."),
    )
    perimeter = forms.MultipleChoiceField(
        required=False,
        label=_("Jusqu’où agissez-vous ?"),
        help_text=_(
            "Cochez le plus juste, pas le plus grand : une case suffit souvent."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    add_place = PickedField(
        look_up=places_named,
        resolve=resolved,
        required=False,
        label=_("Ajouter un autre territoire"),
        help_text=_("Une commune, un pays, un département, une région…"),
    )

    def initial_of(self, part: Places) -> dict[str, Any]:
        known = in_order([pk for pk in (part.seat, *part.perimeter) if pk])
        self.known = {territory.pk: territory for territory in known}
        return {
            "seat": choice_of(self.known[part.seat]) if part.seat else None,
            "perimeter": [self.known[pk].reference for pk in part.perimeter],
        }

    def arrange(self) -> None:
        seat = self.known.get(self.part.seat or 0)
        suggested = around(seat) if seat else []
        shown = {t.pk: t for t in (*suggested, *self.known.values())}
        if seat and seat.pk not in self.part.perimeter and seat not in suggested:
            del shown[seat.pk]
        self.places = {t.reference: t.pk for t in shown.values()}
        self.fields["perimeter"].choices = [  # type: ignore[attr-defined]
            (t.reference, choice_of(t).name) for t in shown.values()
        ]
        self.communes = {t.pk: t for t in in_order(s.commune for s in self.part.sites)}
        for number, site in enumerate((*self.part.sites, None)):
            self._add_site(number, site)

    def _add_site(self, number: int, site: Site | None) -> None:
        commune = choice_of(self.communes[site.commune]) if site else None
        prefix = f"site_{number}"
        self.fields[f"{prefix}_commune"] = PickedField(
            look_up=communes_named,
            resolve=resolved_commune,
            required=False,
            label=_("Commune"),
            initial=commune,
        )
        self.fields[f"{prefix}_name"] = forms.CharField(
            required=False,
            max_length=200,
            label=_("Nom du lieu"),
            initial=site.name if site else "",
        )
        self.fields[f"{prefix}_siret"] = IdentifierField(
            Identifier.SIRET, label=_("SIRET"), initial=site.siret if site else ""
        )
        if site:
            self.fields[f"{prefix}_remove"] = forms.BooleanField(
                required=False, label=_("Retirer ce lieu")
            )

    @property
    def site_rows(self) -> list[dict[str, Any]]:
        """The bound fields of each establishment; the last row is blank."""
        return [
            {
                name: self[f"site_{number}_{name}"]
                for name in SITE_FIELDS
                if f"site_{number}_{name}" in self.fields
            }
            for number in range(len(self.part.sites) + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        blank = f"site_{len(self.part.sites)}"
        described = cleaned.get(f"{blank}_name") or cleaned.get(f"{blank}_siret")
        commune = f"{blank}_commune"
        if described and commune not in self.errors and not cleaned.get(commune):
            self.add_error(commune, _("Dites dans quelle commune est ce lieu."))
        return cleaned

    def wished(self) -> Places:
        seat = self.valid("seat", otherwise=None)
        kept = self.part.seat if "seat" in self.errors else None
        return Places(
            seat=seat.pk if seat else kept,
            perimeter=self._wished_perimeter(),
            sites=self._wished_sites(),
        )

    def _wished_perimeter(self) -> tuple[int, ...]:
        references = self.valid("perimeter", otherwise=None)
        chosen = set(
            self.part.perimeter
            if references is None
            else (self.places[reference] for reference in references)
        )
        if added := self.valid("add_place", otherwise=None):
            chosen.add(added.pk)
        return tuple(sorted(chosen))

    def _wished_sites(self) -> tuple[Site, ...]:
        sites = (
            self._wished_site(number, site)
            for number, site in enumerate((*self.part.sites, None))
        )
        return tuple(sorted(site for site in sites if site))

    def _wished_site(self, number: int, stored: Site | None) -> Site | None:
        prefix = f"site_{number}"
        if self.valid(f"{prefix}_remove", otherwise=False):
            return None
        commune = self.valid(f"{prefix}_commune", otherwise=None)
        if commune is None:
            return stored
        return Site(
            commune=commune.pk,
            name=self.valid(f"{prefix}_name", otherwise=stored.name if stored else ""),
            siret=self.valid(
                f"{prefix}_siret", otherwise=stored.siret if stored else ""
            ),
        )
