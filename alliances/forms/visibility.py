import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Visibility
from alliances.enums import HIDEABLE_PARTS, Part
from alliances.forms.step import StepForm
from alliances.models import Intention

STATES = [
    (Intention.State.OPEN, _("Oui : proposez-nous des partenaires")),
    (Intention.State.PAUSED, _("Pas maintenant : en pause jusqu’à une date")),
    (Intention.State.CLOSED, _("Non : nous n’en cherchons plus")),
]
MAX_BUDGET = 30
MAX_PAUSE = dt.timedelta(days=3 * 366)


def _parts() -> list[tuple[str, Any]]:
    return [(part.value, part.label) for part in Part if part in HIDEABLE_PARTS]


class VisibilityForm(StepForm[Visibility]):
    """What is hidden beyond what is hidden already, and whether the search is on."""

    labels_of_part = {
        "hidden_parts": _("Parties masquées"),
        "state": _("Recherche de partenaires"),
        "paused_until": _("Fin de la pause"),
        "solicitation_budget": _("Mises en relation par mois"),
    }

    hidden_parts = forms.MultipleChoiceField(
        choices=_parts,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Cacher aussi"),
        help_text=_(
            "Ce qui est caché sert quand même à vous proposer des partenaires, et reste "
            "lisible par vos membres."
        ),
    )
    state = forms.ChoiceField(
        choices=STATES,
        widget=forms.RadioSelect,
        label=_("Cherchez-vous des partenaires en ce moment ?"),
    )
    paused_until = forms.DateField(
        required=False,
        localize=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        label=_("En pause jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    solicitation_budget = forms.IntegerField(
        min_value=0,
        max_value=MAX_BUDGET,
        label=_("Combien de prises de contact acceptez-vous par mois ?"),
        help_text=_("Au-delà, personne ne vous écrit avant le mois suivant."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def initial_of(self, part: Visibility) -> dict[str, Any]:
        state = part.state
        return {
            "hidden_parts": list(part.hidden_parts),
            "state": Intention.State.OPEN if state == Intention.State.DRAFT else state,
            "paused_until": part.paused_until or None,
            "solicitation_budget": part.solicitation_budget,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Intention.State.PAUSED:
            self._check_end_of_pause(cleaned)
        return cleaned

    def _check_end_of_pause(self, cleaned: dict[str, Any]) -> None:
        until = cleaned.get("paused_until")
        today = timezone.localdate()
        if "paused_until" in self.errors:
            return
        if until is None:
            self.add_error("paused_until", _("Dites jusqu’à quelle date."))
        elif not today <= until <= today + MAX_PAUSE:
            self.add_error(
                "paused_until", _("Choisissez une date à venir, dans les trois ans.")
            )

    def wished(self) -> Visibility:
        state, until = self._wished_state()
        return Visibility(
            hidden_parts=tuple(
                sorted(self.valid("hidden_parts", otherwise=self.part.hidden_parts))
            ),
            state=state,
            paused_until=until,
            solicitation_budget=self.valid(
                "solicitation_budget", otherwise=self.part.solicitation_budget
            ),
        )

    def _wished_state(self) -> tuple[str, str]:
        state = self.valid("state", otherwise=self.part.state)
        if state != Intention.State.PAUSED:
            return state, ""
        until = self.valid("paused_until", otherwise=None)
        if until is None:
            return self.part.state, self.part.paused_until
        return state, until.isoformat()
