"""The form of an action of a collective process."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Organisation
from rendezvous.enums import ActionProgress
from rendezvous.models import ProcessAction, ProcessGroup
from rendezvous.services.process_plans import ActionPlan

NONE = ""


class ActionForm(forms.Form):
    """What is to be done, by which group, carried by whom."""

    titre = forms.CharField(max_length=200, label=_("Intitulé"))
    groupe = forms.ChoiceField(
        required=False,
        label=_("Groupe"),
        help_text=_("Une action transverse sert tous les thèmes."),
    )
    description = forms.CharField(
        required=False,
        max_length=2000,
        label=_("En quelques mots"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    porteur = forms.ChoiceField(
        required=False,
        label=_("Portée par"),
        help_text=_(
            "Une organisation des groupes. Elle est prévenue, et son nom ne paraît "
            "que si elle dit oui."
        ),
    )
    avancement = forms.ChoiceField(
        required=False,
        choices=[(NONE, _("Pas encore décidée")), *ActionProgress.choices],
        label=_("Où elle en est"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        groups: list[ProcessGroup],
        carriers: list[Organisation],
        action: ProcessAction | None = None,
    ) -> None:
        self.groups = {one.public_id: one for one in groups}
        self.carriers = {one.public_id: one for one in carriers}
        if action is not None and action.carrier is not None:
            self.carriers.setdefault(action.carrier.public_id, action.carrier)
        super().__init__(
            data, initial=_action_initial(action), use_required_attribute=False
        )
        chosen = cast("forms.ChoiceField", self.fields["groupe"])
        chosen.choices = [
            (NONE, _("Transverse, à tous les thèmes")),
            *((key, one.theme) for key, one in self.groups.items()),
        ]
        carrier = cast("forms.ChoiceField", self.fields["porteur"])
        carrier.choices = [
            (NONE, _("Personne encore")),
            *((key, one.name) for key, one in self.carriers.items()),
        ]

    def plan(self) -> ActionPlan:
        data = self.cleaned_data
        return ActionPlan(
            title=data["titre"],
            description=data["description"],
            group=self.groups.get(data["groupe"]),
            carrier=self.carriers.get(data["porteur"]),
            progress=data["avancement"],
        )


def _action_initial(action: ProcessAction | None) -> dict[str, Any]:
    if action is None:
        return {}
    return {
        "titre": action.title,
        "groupe": action.group.public_id if action.group else NONE,
        "description": action.description,
        "porteur": action.carrier.public_id if action.carrier else NONE,
        "avancement": action.progress,
    }
