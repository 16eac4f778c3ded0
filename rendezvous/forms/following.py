"""What follows a meeting, on a phone: an answer, a card, how far one is."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rendezvous.enums import FeedbackAnswer, Stage, StopReason
from rendezvous.forms.fields import WholeNumberField
from rendezvous.models.followup import NOTE_LENGTH, PROMISE_LENGTH, TRACK_LENGTH
from rendezvous.selectors.afterwards import Afterwards
from rendezvous.services.following.commitments import Promise
from rendezvous.services.following.feedback import Said

OWN, OTHER = "nous", "autre"
AHEAD = dt.timedelta(days=365)
USUAL = dt.timedelta(days=7)
MAX_VERSION = 9999


class FeedbackForm(forms.Form):
    """Whether one wants to go on, and on which track."""

    reponse = forms.ChoiceField(choices=FeedbackAnswer)
    piste = forms.CharField(
        required=False,
        max_length=TRACK_LENGTH,
        label=gettext_lazy("La piste explorée, en une ligne"),
    )

    def said(self) -> Said:
        answer = FeedbackAnswer(self.cleaned_data["reponse"])
        return Said(answer, self.cleaned_data["piste"])


class CardForm(forms.Form):
    """Who calls whom, before when, to do what."""

    appelle = forms.ChoiceField(
        label=gettext_lazy("Qui appelle l’autre"), widget=forms.RadioSelect
    )
    avant = forms.DateField(
        label=gettext_lazy("Avant le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Écrivez la date ainsi : 12/03/2026.")},
    )
    quoi = forms.CharField(
        max_length=PROMISE_LENGTH,
        label=gettext_lazy("Pour quoi faire"),
        help_text=gettext_lazy("Une phrase : visiter l’atelier, chiffrer un essai…"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = WholeNumberField(max_value=MAX_VERSION, widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self,
        after: Afterwards,
        data: Mapping[str, Any] | None = None,
        *,
        code: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(after, code))
        own, other = after.registration.organisation, after.other.organisation
        field = self.fields["appelle"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [(OWN, own.name), (OTHER, other.name)]

    def clean_avant(self) -> dt.date:
        day: dt.date = self.cleaned_data["avant"]
        today = timezone.localdate()
        if not today <= day <= today + AHEAD:
            message = _("Choisissez un jour à venir, dans l’année.")
            raise forms.ValidationError(message)
        return day

    def promise(self) -> Promise:
        data = self.cleaned_data
        return Promise(data["appelle"] == OWN, data["avant"], data["quoi"])


def _initial(after: Afterwards, code: str) -> dict[str, object]:
    card = after.card.commitment if after.card else None
    if card is None:
        track = after.own.track if after.own else ""
        day = timezone.localdate() + USUAL
        return {"avant": day, "quoi": track, "version": 0, "code": code}
    calls = OWN if card.caller_id == after.registration.pk else OTHER
    return {
        "appelle": calls,
        "avant": card.due_on,
        "quoi": card.what,
        "version": card.version,
        "code": code,
    }


class SignForm(forms.Form):
    """Which version was read, and is signed."""

    version = WholeNumberField(min_value=1, max_value=MAX_VERSION)


class ProgressForm(forms.Form):
    """How far one is; why, when it stops."""

    etape = forms.ChoiceField(choices=Stage)
    raison = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("Sans dire pourquoi")), *StopReason.choices],
        label=gettext_lazy("Pourquoi"),
    )


class NoteForm(forms.Form):
    """What the catalysts of a session write for themselves."""

    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        label=gettext_lazy("Note des catalyseurs"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
