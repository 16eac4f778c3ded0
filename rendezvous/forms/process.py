"""The forms of a collective process."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.enums import ActorKind, FragilityDomain
from rendezvous.enums import GroupStep
from rendezvous.forms.fields import WholeNumberField
from rendezvous.models import GroupMeeting, Process, ProcessGroup, ProcessStage
from rendezvous.models.process import KEPT_PER_GROUP, KEPT_TRANSVERSE, MAX_KEPT
from rendezvous.services.process_plans import (
    GroupPlan,
    MeetingReport,
    ProcessPlan,
    StageReport,
)
from territories.models import Territory

NONE = ""


class DayField(forms.DateField):
    """A day, as browsers send it or as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": _("Écrivez la date ainsi : 12/03/2026.")},
            **options,
        )


class ProcessForm(forms.Form):
    """What the process is, and how many actions it keeps."""

    titre = forms.CharField(max_length=160, label=_("Intitulé"))
    territoire = forms.ChoiceField(label=_("Territoire"))
    lieu = forms.CharField(
        max_length=300, label=_("Où"), help_text=_("Les communes concernées.")
    )
    presentation = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Présentation"),
        help_text=_("Pourquoi cette démarche, qui la lance : tout le monde la lit."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    par_groupe = WholeNumberField(
        label=_("Actions retenues par groupe, au plus"), min_value=1, max_value=MAX_KEPT
    )
    transverses = WholeNumberField(
        label=_("Actions transverses retenues, au plus"), max_value=MAX_KEPT
    )
    suite = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Ce qui reste à trouver"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        territories: QuerySet[Territory],
        process: Process | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(process), use_required_attribute=False)
        if process is not None:
            del self.fields["territoire"]
        else:
            self.by_reference = {one.reference: one for one in territories}
            field = cast("forms.ChoiceField", self.fields["territoire"])
            field.choices = [(one.reference, one.name) for one in territories]

    @property
    def territory(self) -> Territory:
        return self.by_reference[self.cleaned_data["territoire"]]

    def plan(self) -> ProcessPlan:
        data = self.cleaned_data
        return ProcessPlan(
            title=data["titre"],
            place=data["lieu"],
            description=data["presentation"],
            next_need=data["suite"],
            kept_per_group=data["par_groupe"],
            kept_transverse=data["transverses"],
        )


def _initial(process: Process | None) -> dict[str, Any]:
    if process is None:
        return {"par_groupe": KEPT_PER_GROUP, "transverses": KEPT_TRANSVERSE}
    return {
        "titre": process.title,
        "lieu": process.place,
        "presentation": process.description,
        "suite": process.next_need,
        "par_groupe": process.kept_per_group,
        "transverses": process.kept_transverse,
    }


class StageForm(forms.Form):
    """When a stage was, and who came."""

    debut = DayField(label=_("Du"))
    fin = DayField(label=_("Au"), help_text=_("Vide pour un seul jour."))
    prets = WholeNumberField(
        required=False, max_value=9999, label=_("Personnes prêtes à agir")
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Ce qui s’y est passé"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, stage: ProcessStage) -> None:
        counts = {one.kind: one.count for one in stage.shares.all()}
        super().__init__(
            data,
            initial={
                "debut": stage.begins_on,
                "fin": stage.ends_on,
                "prets": stage.ready,
                "note": stage.note,
                **{_came(kind): counts.get(kind) for kind in ActorKind},
            },
            use_required_attribute=False,
        )
        for kind in ActorKind:
            self.fields[_came(kind)] = WholeNumberField(
                required=False, max_value=9999, label=kind.label
            )

    @property
    def came(self) -> list[forms.BoundField]:
        """The lines of figures by kind, for the template."""
        return [self[_came(kind)] for kind in ActorKind]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        begins, ends = data.get("debut"), data.get("fin")
        if ends and not begins:
            self.add_error("debut", _("Dites aussi quand l’étape a commencé."))
        elif begins and ends and ends < begins:
            self.add_error("fin", _("C’est avant le début."))
        return data

    def report(self) -> StageReport:
        data = self.cleaned_data
        counts = {kind.value: data.get(_came(kind)) or 0 for kind in ActorKind}
        return StageReport(
            begins_on=data["debut"],
            ends_on=data["fin"],
            attended=sum(counts.values()) or None,
            ready=data["prets"],
            note=data["note"],
            counts=counts,
        )


class GroupForm(forms.Form):
    """A theme, and what came out of the three meetings."""

    theme = forms.CharField(max_length=120, label=_("Thème"))
    domaine = forms.ChoiceField(
        required=False,
        choices=[(NONE, _("Aucun en particulier")), *FragilityDomain.choices],
        label=_("Domaine"),
    )

    def __init__(self, data: Any = None, *, group: ProcessGroup | None = None) -> None:
        rows = {one.step: one for one in group.meetings.all()} if group else {}
        initial: dict[str, Any] = (
            {"theme": group.theme, "domaine": group.domain} if group else {}
        )
        for step in GroupStep:
            initial |= _meeting_initial(step, rows.get(step.value))
        super().__init__(data, initial=initial, use_required_attribute=False)
        for step in GroupStep:
            self.fields |= _meeting_fields(step)

    @property
    def steps(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The three meetings, each with its fields, for the template."""
        return [
            (str(step.label), [self[name] for name in _meeting_fields(step)])
            for step in GroupStep
        ]

    def plan(self) -> GroupPlan:
        data = self.cleaned_data
        return GroupPlan(
            theme=data["theme"],
            domain=data["domaine"],
            meetings={
                step.value: MeetingReport(
                    data[f"{step}_jour"],
                    data[f"{step}_presents"],
                    data[f"{step}_suite"],
                )
                for step in GroupStep
            },
        )


def _meeting_fields(step: GroupStep) -> dict[str, forms.Field]:
    return {
        f"{step}_jour": DayField(label=_("Tenue le")),
        f"{step}_presents": WholeNumberField(
            required=False, max_value=999, label=_("Présents")
        ),
        f"{step}_suite": forms.CharField(
            required=False,
            max_length=4000,
            label=_("Ce qui en est sorti"),
            help_text=_("Tout le monde le lit à partir de la restitution."),
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
    }


def _meeting_initial(step: GroupStep, row: GroupMeeting | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        f"{step}_jour": row.held_on,
        f"{step}_presents": row.attended,
        f"{step}_suite": row.summary,
    }


def _came(kind: ActorKind) -> str:
    return f"venus_{kind}"
