from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Places, Site
from alliances.forms.identifier_field import IdentifierField
from alliances.forms.perimeter import PerimeterForm
from alliances.identifiers.checks import Identifier
from alliances.selectors.surroundings import in_order
from territories.fields import PlaceField
from territories.models import Territory

COMMUNE = (Territory.Kind.COMMUNE,)


class PlacesForm(PerimeterForm[Places]):
    """The seat, then how far the organisation acts, then its other places."""

    field_order = ("seat", "perimeter", "others")
    labels_of_part = {
        "seat": _("Commune du siège"),
        "perimeter": _("Jusqu’où vous agissez"),
        "sites": _("Vos autres lieux"),
    }

    seat = PlaceField(
        kinds=COMMUNE,
        required=False,
        label=_("Dans quelle commune êtes-vous ?"),
        help_text=_("Son nom ou son code postal."),
    )

    def initial_of(self, part: Places) -> dict[str, Any]:
        territories = in_order(pk for pk in (part.seat, *part.perimeter) if pk)
        known = {territory.pk: territory for territory in territories}
        seat = known[part.seat] if part.seat else None
        chosen = [known[pk] for pk in part.perimeter]
        return {"seat": seat} | self.initial_perimeter(seat, chosen)

    def arrange(self) -> None:
        super().arrange()
        communes = {t.pk: t for t in in_order(s.commune for s in self.part.sites)}
        for number, site in enumerate(self.part.sites):
            self._add_site(number, site, communes[site.commune])
        if not self.is_autosave:
            self._add_site(len(self.part.sites), None, None)

    def _add_site(
        self, number: int, site: Site | None, commune: Territory | None
    ) -> None:
        fields: dict[str, forms.Field] = {
            "commune": PlaceField(
                kinds=COMMUNE, required=False, label=_("Commune"), initial=commune
            ),
            "name": forms.CharField(
                required=False,
                max_length=200,
                label=_("Nom du lieu"),
                initial=site.name if site else "",
            ),
            "siret": IdentifierField(
                Identifier.SIRET, label=_("SIRET"), initial=site.siret if site else ""
            ),
        }
        if site:
            fields["remove"] = forms.BooleanField(
                required=False, label=_("Retirer ce lieu")
            )
        for name, field in fields.items():
            self.fields[f"site_{number}_{name}"] = field

    @property
    def site_rows(self) -> list[dict[str, Any]]:
        """The bound fields of each establishment; the last row is blank."""
        rows: dict[str, dict[str, Any]] = {}
        for name in self.fields:
            prefix, _number, end = name.rpartition("_")
            if prefix.startswith("site_"):
                rows.setdefault(prefix, {"remove": None})[end] = self[name]
        return list(rows.values())

    @property
    def has_site_error(self) -> bool:
        return any(name.startswith("site_") for name in self.errors)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(len(self.part.sites) + 1):
            self._require_commune(f"site_{number}", cleaned)
        return cleaned

    def _require_commune(self, prefix: str, cleaned: dict[str, Any]) -> None:
        is_described = cleaned.get(f"{prefix}_name") or cleaned.get(f"{prefix}_siret")
        commune = f"{prefix}_commune"
        lacks_commune = commune not in self.errors and not cleaned.get(commune)
        if is_described and lacks_commune and not cleaned.get(f"{prefix}_remove"):
            self.add_error(commune, _("Dites dans quelle commune est ce lieu."))

    def wished(self) -> Places:
        seat = self.valid("seat", otherwise=None)
        kept = self.part.seat if "seat" in self.errors else None
        return Places(
            seat=seat.pk if seat else kept,
            perimeter=self.wished_perimeter(),
            sites=self._wished_sites(),
        )

    def _wished_sites(self) -> tuple[Site, ...]:
        sites = (
            self._wished_site(f"site_{number}", site)
            for number, site in enumerate((*self.part.sites, None))
        )
        return tuple(sorted(site for site in sites if site))

    def _wished_site(self, prefix: str, stored: Site | None) -> Site | None:
        if self.valid(f"{prefix}_remove", otherwise=False):
            return None
        commune = self.valid(f"{prefix}_commune", otherwise=None)
        if commune is None:
            return stored
        name, siret = (stored.name, stored.siret) if stored else ("", "")
        return Site(
            commune=commune.pk,
            name=self.valid(f"{prefix}_name", otherwise=name),
            siret=self.valid(f"{prefix}_siret", otherwise=siret),
        )
