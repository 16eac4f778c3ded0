import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_ABSENCE = dt.timedelta(days=366)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        localize=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Indiquez cette date."),
            "invalid": _("Écrivez cette date ainsi : 31/12/2026."),
        },
    )


class AbsenceForm(forms.Form):
    """A period during which one answers nobody."""

    starts_on = _day(_("Premier jour"))
    ends_on = _day(_("Dernier jour"))

    def clean_ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= day <= today + MAX_ABSENCE:
            raise forms.ValidationError(_("Choisissez une date à venir, dans l’année."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and not dt.timedelta(0) <= last - first <= MAX_ABSENCE:
            self.add_error(
                "ends_on",
                _("Le dernier jour vient après le premier, dans l’année qui suit."),
            )
        return cleaned
