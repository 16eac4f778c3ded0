from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.activities import SECTIONS
from alliances.description.parts import Refusals
from alliances.enums import ActorKind
from alliances.forms.picked import Choice, PickedField
from alliances.forms.step import StepForm, TagsField
from alliances.models import Organisation
from alliances.selectors.resembling import in_order, organisations_named


def named(text: str) -> list[Choice]:
    """Return the organisations that a name or a number may designate."""
    found = organisations_named(text, among=Organisation.objects.active())
    return [choice_of(organisation) for organisation in found]


def designated(public_id: str) -> Choice | None:
    found = Organisation.objects.active().for_list().filter(public_id=public_id).first()
    return choice_of(found) if found else None


def choice_of(organisation: Organisation) -> Choice:
    seat = organisation.public_seat
    place = f" ({seat})" if seat else ""
    return Choice(
        organisation.pk, organisation.public_id, f"{organisation.name}{place}"
    )


class RefusalsForm(StepForm[Refusals]):
    """Whom the organisation never wants to be proposed; nobody else reads it."""

    labels_of_part = {
        "kinds": _("Natures refusées"),
        "sectors": _("Secteurs refusés"),
        "organisations": _("Organisations refusées"),
        "is_answered": _("Réponse donnée"),
    }

    nobody = forms.BooleanField(required=False, label=_("Nous n’excluons personne"))
    kinds = forms.MultipleChoiceField(
        choices=ActorKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Aucune proposition avec…"),
    )
    sections = forms.MultipleChoiceField(
        choices=list(SECTIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Aucune proposition dans ces secteurs"),
    )
    tags = TagsField(
        required=False,
        label=_("Autres secteurs ou activités refusés"),
        help_text=_("Séparés par des virgules : tabac, armement, jeux d’argent…"),
    )
    organisations = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Organisations que vous refusez"),
    )
    add_organisation = PickedField(
        look_up=named,
        resolve=designated,
        required=False,
        label=_("Refuser une organisation"),
        help_text=_("Son nom, ou son numéro SIREN."),
    )

    def initial_of(self, part: Refusals) -> dict[str, Any]:
        refused = in_order(part.organisations)
        self.refused = {
            organisation.public_id: organisation for organisation in refused
        }
        return {
            "nobody": part.is_answered and part == Refusals(is_answered=True),
            "kinds": list(part.kinds),
            "sections": [sector for sector in part.sectors if sector in SECTIONS],
            "tags": tuple(s for s in part.sectors if s not in SECTIONS),
            "organisations": list(self.refused),
        }

    def arrange(self) -> None:
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (public_id, choice_of(organisation).name)
            for public_id, organisation in self.refused.items()
        ]
        if not self.refused:
            del self.fields["organisations"]
        if self.is_autosave:  # half typed: saved when the page is
            del self.fields["add_organisation"]

    def clean_add_organisation(self) -> Choice | None:
        added: Choice | None = self.cleaned_data["add_organisation"]
        if added and self.organisation and added.pk == self.organisation.pk:
            raise forms.ValidationError(_("C’est votre propre organisation."))
        return added

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = ("kinds", "sections", "tags", "organisations", "add_organisation")
        if cleaned.get("nobody") and any(cleaned.get(name) for name in chosen):
            self.add_error(
                "nobody",
                _("Vous avez aussi coché des refus : gardez l’un ou l’autre."),
            )
        return cleaned

    def wished(self) -> Refusals:
        kinds = tuple(sorted(self.valid("kinds", otherwise=self.part.kinds)))
        sectors = self._wished_sectors()
        organisations = self._wished_organisations()
        some = bool(kinds or sectors or organisations)
        nobody = self.valid("nobody", otherwise=False)
        return Refusals(kinds, sectors, organisations, is_answered=bool(some or nobody))

    def _wished_sectors(self) -> tuple[str, ...]:
        sections = self.valid("sections", otherwise=self.initial["sections"])
        tags = self.valid("tags", otherwise=self.initial["tags"])
        return tuple(sorted({*sections, *tags}))

    def _wished_organisations(self) -> tuple[int, ...]:
        kept = self.valid("organisations", otherwise=())
        if "organisations" in self.errors:
            kept = list(self.refused)
        pks = {self.refused[public_id].pk for public_id in kept}
        if added := self.valid("add_organisation", otherwise=None):
            pks.add(added.pk)
        return tuple(sorted(pks))
