from django import forms
from django.utils.translation import gettext_lazy as _

from territories.fields import PlaceField
from territories.models import Territory


class TerritoryForm(forms.Form):
    """Around which place to look; nothing for everywhere."""

    territoire = PlaceField(required=False, label=_("Autour de"))

    def territory(self) -> Territory | None:
        if not self.is_valid():
            return None
        found: Territory | None = self.cleaned_data["territoire"]
        return found
