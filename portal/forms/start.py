"""Where to start from: a place, and perhaps a subject."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.enums import FragilityDomain
from territories.fields import PlaceField


class StartForm(forms.Form):
    territoire = PlaceField(
        label=_("Où ?"),
        error_messages={"required": _("Indiquez un lieu pour commencer.")},
    )
    domaine = forms.ChoiceField(
        label=_("Sur quel sujet ?"),
        choices=[("", _("Tous les sujets")), *FragilityDomain.choices],
        required=False,
    )
