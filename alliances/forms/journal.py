import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from alliances.models import Organisation
from alliances.selectors.journal.overall import Search

TEXT_MAX_CHARS = 200
DAY_INPUT = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
DAYS = (
    MinValueValidator(dt.date(2000, 1, 1)),
    MaxValueValidator(dt.date(2199, 12, 31)),
)


class JournalForm(forms.Form):
    """What an administrator looks for in the journal of everything."""

    personne = forms.EmailField(
        required=False, label=_("Adresse de la personne"), max_length=254
    )
    organisation = forms.CharField(
        required=False,
        label=_("Organisation"),
        help_text=_("Nom exact, SIREN ou identifiant public."),
        max_length=TEXT_MAX_CHARS,
    )
    du = forms.DateField(
        required=False, label=_("Du"), widget=DAY_INPUT, validators=DAYS
    )
    au = forms.DateField(
        required=False, label=_("Au"), widget=DAY_INPUT, validators=DAYS
    )

    def clean_personne(self) -> int | None:
        return self._found(
            User.objects.filter(email__iexact=self.cleaned_data["personne"]),
            self.cleaned_data["personne"],
            _("Personne n’a cette adresse."),
        )

    def clean_organisation(self) -> int | None:
        text = self.cleaned_data["organisation"]
        named = Q(name__iexact=text) | Q(public_id=text) | Q(siren=text)
        return self._found(
            Organisation.objects.filter(named),
            text,
            _("Aucune organisation ne porte ce nom ou ce numéro."),
        )

    @staticmethod
    def _found(rows: object, text: str, message: object) -> int | None:
        if not text:
            return None
        found = rows.order_by("pk").values_list("pk", flat=True).first()  # type: ignore[attr-defined]
        if found is None:
            raise forms.ValidationError(str(message))
        return int(found)

    def search(self) -> Search:
        """Return what was asked; nothing where it was not understood."""
        asked = self.cleaned_data if self.is_valid() else {}
        until = asked.get("au")
        return Search(
            person_id=asked.get("personne"),
            organisation_id=asked.get("organisation"),
            since=_start_of(asked.get("du")),
            until=_start_of(until + dt.timedelta(days=1)) if until else None,
        )


def _start_of(day: dt.date | None) -> dt.datetime | None:
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
