import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_MIN_CHARS = 20
REASON_MAX_CHARS = 500


class ElevationForm(forms.Form):
    """Why, and for how long, an administrator asks to read what is others’."""

    reason = forms.CharField(
        label=_("Raison"),
        help_text=_(
            "Ce que vous devez faire et pour qui. Les organisations dont vous lirez "
            "des données la verront dans leur journal."
        ),
        min_length=REASON_MIN_CHARS,
        max_length=REASON_MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites pourquoi vous avez besoin de cet accès."),
            "min_length": _(
                "Cette raison est trop courte : dites ce que vous devez faire et pour "
                "qui, en %(limit_value)d caractères au moins."
            ),
        },
    )
    duration = forms.TypedChoiceField(
        label=_("Durée"),
        choices=[(15, _("15 minutes")), (30, _("30 minutes"))],
        initial=15,
        coerce=lambda minutes: dt.timedelta(minutes=int(minutes)),
        widget=forms.RadioSelect,
    )
