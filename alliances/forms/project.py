"""The forms of one project: what it is called, where, for which partnerships."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Naming, Reach, Terms
from alliances.enums import Phase
from alliances.forms.openness import PHASE_LABEL, TYPES, TYPES_REQUIRED
from alliances.forms.perimeter import PerimeterForm
from alliances.forms.step import StepForm
from alliances.forms.visibility import MAX_PAUSE
from alliances.selectors.surroundings import in_order

MAX_TITLE = 160
NAME_LABEL = _("Comment appelez-vous ce projet ?")
NAME_HELP = _(
    "Quelques mots que vos partenaires comprendront : « Jardins partagés à Clisson », "
    "« Achats responsables des quatre sites »."
)


class TitleField(forms.CharField):
    """A name on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=MAX_TITLE, label=NAME_LABEL, help_text=NAME_HELP, **kwargs
        )

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class NewProjectForm(forms.Form):
    """Adding a project asks its name alone: the rest starts as the main one."""

    required_css_class = "al-required"
    title = TitleField(error_messages={"required": _("Donnez-lui un nom.")})


class NamingForm(StepForm[Naming]):
    """What a project is called; the main one may do without a name while it is alone."""

    labels_of_part = {"title": _("Nom du projet")}

    title = TitleField(error_messages={"required": _("Donnez-lui un nom.")})

    def initial_of(self, part: Naming) -> dict[str, Any]:
        return {"title": part.title}

    def arrange(self) -> None:
        is_main = self.project is not None and self.project.is_default
        self.fields["title"].required = not is_main

    def wished(self) -> Naming:
        return Naming(self.valid("title", otherwise=self.part.title))


class ReachForm(PerimeterForm[Reach]):
    """Where a project takes place, from near the seat to anywhere."""

    labels_of_part = {"perimeter": _("Où ce projet se passe")}

    def initial_of(self, part: Reach) -> dict[str, Any]:
        seat = self.organisation.seat if self.organisation else None
        return self.initial_perimeter(seat, in_order(part.perimeter))

    def arrange(self) -> None:
        super().arrange()
        self.fields["perimeter"].label = _("Où ce projet se passe-t-il ?")

    def wished(self) -> Reach:
        return Reach(self.wished_perimeter())


class TermsForm(StepForm[Terms]):
    """Which partnerships a project is open to, and how far it is."""

    labels_of_part = {
        "types": _("Types de partenariat"),
        "phase": _("Où en est votre projet"),
    }

    types = forms.MultipleChoiceField(
        choices=TYPES,
        widget=forms.CheckboxSelectMultiple,
        label=_("À quels partenariats ce projet est-il ouvert ?"),
        error_messages={"required": TYPES_REQUIRED},
    )
    phase = forms.ChoiceField(
        choices=[("", _("Ni l’un ni l’autre, ou les deux")), *Phase.choices],
        required=False,
        label=PHASE_LABEL,
        help_text=_("Expérimenter : essayer une idée. Déployer : l’étendre."),
    )

    def initial_of(self, part: Terms) -> dict[str, Any]:
        return {"types": list(part.types), "phase": part.phase}

    def wished(self) -> Terms:
        return Terms(
            types=tuple(self.valid("types", otherwise=self.part.types)),
            phase=self.valid("phase", otherwise=self.part.phase),
        )


class PauseForm(forms.Form):
    """Until when a project is paused."""

    until = forms.DateField(
        localize=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        label=_("En pause jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Dites jusqu’à quelle date.")},
    )

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + MAX_PAUSE:
            raise forms.ValidationError(
                _("Choisissez une date à venir, dans les trois ans.")
            )
        return until
