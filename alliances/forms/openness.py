from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Openness
from alliances.enums import Maturity, PartnershipType, Phase
from alliances.forms.step import StepForm, TagsField

# One sentence each, after « Coopérer efficacement » (ORSE, Le RAMEAU, 2023).
TYPES = [
    (
        PartnershipType.PATRONAGE,
        _("Mécénat – une aide sans contrepartie à un projet d’intérêt général"),
    ),
    (
        PartnershipType.RESPONSIBLE_PRACTICES,
        _(
            "Pratiques responsables – une association aide une entreprise à mieux faire : achats, recrutement…"
        ),
    ),
    (
        PartnershipType.ECONOMIC_COOPERATION,
        _(
            "Coopération économique – bâtir ensemble une offre, répondre à deux à un marché"
        ),
    ),
    (
        PartnershipType.SOCIETAL_INNOVATION,
        _("Innovation sociétale – inventer une solution à un besoin mal couvert"),
    ),
]
MATURITIES = [
    ("", _("Je préfère ne pas le dire")),
    (Maturity.DISCOVERY, _("Aucune encore, nous découvrons")),
    (Maturity.ENTRY_DOOR, _("Un premier partenariat, ou quelques-uns")),
    (Maturity.CO_CONSTRUCTION, _("Nous construisons des projets avec des partenaires")),
    (Maturity.STRATEGIC, _("Des partenariats au cœur de notre projet")),
]
TYPES_REQUIRED = _("Gardez au moins un type : sans cela, rien ne peut être proposé.")
PHASE_LABEL = _("Votre projet en est plutôt à…")
YES, NO, UNKNOWN = "yes", "no", ""
ANSWERS = {YES: True, NO: False, UNKNOWN: None}


class OpennessForm(StepForm[Openness]):
    """Types of partnership, experience, and what patronage depends on."""

    labels_of_part = {
        "types": _("Types de partenariat"),
        "phase": _("Où en est votre projet"),
        "maturity": _("Expérience des partenariats"),
        "general_interest": _("Dons et intérêt général"),
        "values": _("Valeurs"),
    }

    types = forms.MultipleChoiceField(
        choices=TYPES,
        widget=forms.CheckboxSelectMultiple,
        label=_("À quels partenariats êtes-vous ouverts ?"),
        help_text=_(
            "Pour commencer : le mécénat si vous êtes une association, les pratiques "
            "responsables si vous êtes une entreprise. Rien n’oblige à choisir."
        ),
        error_messages={"required": TYPES_REQUIRED},
    )
    general_interest = forms.ChoiceField(
        choices=[
            (YES, _("Oui")),
            (NO, _("Non")),
            (UNKNOWN, _("Je ne sais pas")),
        ],
        required=False,
        widget=forms.RadioSelect,
        label=_("Pouvez-vous remettre un reçu fiscal à qui vous fait un don ?"),
        help_text=_(
            "C’est le cas des organismes d’intérêt général : gestion désintéressée, "
            "ouverts à tous, sans activité lucrative principale. Le mécénat en dépend. "
            "En cas de doute, l’administration fiscale répond à une demande écrite "
            "(rescrit)."
        ),
    )
    phase = forms.ChoiceField(
        choices=[("", _("Ni l’un ni l’autre, ou les deux")), *Phase.choices],
        required=False,
        label=PHASE_LABEL,
        help_text=_("Expérimenter : essayer une idée. Déployer : l’étendre."),
    )
    maturity = forms.ChoiceField(
        choices=MATURITIES,
        required=False,
        label=_("Quelle expérience avez-vous des partenariats ?"),
        help_text=_(
            "Pour proposer un premier pas à votre mesure. Ce n’est pas une note."
        ),
    )
    values = TagsField(
        required=False,
        label=_("Vos valeurs, en quelques mots"),
        help_text=_("Séparés par des virgules. Montrées seulement à vos partenaires."),
    )

    def initial_of(self, part: Openness) -> dict[str, Any]:
        codes = {value: code for code, value in ANSWERS.items()}
        return {
            "types": list(part.types),
            "phase": part.phase,
            "maturity": UNKNOWN if part.maturity is None else part.maturity,
            "general_interest": codes[part.general_interest],
            "values": part.values,
        }

    def clean_general_interest(self) -> bool | None:
        return ANSWERS[self.cleaned_data["general_interest"]]

    def clean_maturity(self) -> int | None:
        text = self.cleaned_data["maturity"]
        return int(text) if text else None

    def wished(self) -> Openness:
        part = self.part
        return Openness(
            types=tuple(self.valid("types", otherwise=part.types)),
            phase=self.valid("phase", otherwise=part.phase),
            maturity=self.valid("maturity", otherwise=part.maturity),
            general_interest=self.valid(
                "general_interest", otherwise=part.general_interest
            ),
            values=self.valid("values", otherwise=part.values),
        )
