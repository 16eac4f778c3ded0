"""How far one acts: places near the seat to tick, and others to search for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.step import P, StepForm
from alliances.selectors.surroundings import around, described
from territories.fields import MAX_PLACES, PlacesField
from territories.models import Territory


class PerimeterForm(StepForm[P]):
    """The fields of a perimeter; what they hold is a part, or a piece of one."""

    perimeter = forms.MultipleChoiceField(
        required=False,
        label=_("Jusqu’où agissez-vous ?"),
        help_text=_(
            "Cochez le plus juste, pas le plus grand : une case suffit souvent."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    others = PlacesField(
        required=False,
        label=_("Ailleurs aussi ?"),
        help_text=_("Une commune, un pays, un département, une région…"),
    )

    def initial_perimeter(
        self, seat: Territory | None, chosen: Iterable[Territory]
    ) -> dict[str, Any]:
        """Part ``chosen`` between the boxes around ``seat`` and the rest."""
        self.suggested = {t.reference: t for t in (around(seat) if seat else ())}
        ticked, others = [], []
        for territory in chosen:
            if territory.reference in self.suggested:
                ticked.append(territory.reference)
            else:
                others.append(territory)
        return {"perimeter": ticked, "others": others}

    def arrange(self) -> None:
        self.fields["perimeter"].choices = [  # type: ignore[attr-defined]
            (reference, described(t)) for reference, t in self.suggested.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = (*cleaned.get("perimeter", ()), *cleaned.get("others", ()))
        if len(chosen) > MAX_PLACES:
            self.add_error("others", _("Choisissez cinquante territoires au plus."))
        return cleaned

    def wished_perimeter(self) -> tuple[int, ...]:
        near = self.valid("perimeter", otherwise=self.initial["perimeter"])
        far = self.valid("others", otherwise=self.initial["others"])
        pks = {self.suggested[reference].pk for reference in near}
        return tuple(sorted(pks | {territory.pk for territory in far}))
