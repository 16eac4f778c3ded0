from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Identity
from alliances.enums import SUB_KINDS_OF, ActorKind, EconomicModel, SubKind, size_of
from alliances.forms.identifier_field import IdentifierField
from alliances.forms.step import StepForm, TagsField
from alliances.identifiers.checks import Identifier
from alliances.models import Organisation
from alliances.selectors.resembling import holder_of
from territories.fields import PlaceField
from territories.models import Territory

MAX_SUMMARY_LENGTH = 4_000
MAX_STAFF = 5_000_000

# By what makes it live, not by its legal form (docs/sources.md).
KINDS = [
    (
        ActorKind.ASSOCIATION,
        _(
            "Association, structure d’intérêt général – vit surtout de dons, de subventions et de bénévolat"
        ),
    ),
    (
        ActorKind.COMPANY,
        _(
            "Entreprise – vit de ce qu’elle vend ; coopératives, mutuelles et entreprises d’insertion comprises"
        ),
    ),
    (
        ActorKind.LOCAL_AUTHORITY,
        _("Collectivité – commune, intercommunalité, pays, département, région"),
    ),
    (ActorKind.FOUNDATION, _("Fondation, fonds de dotation")),
    (ActorKind.ACADEMIC, _("École, université, laboratoire")),
    (ActorKind.INSTITUTION, _("Service de l’État, agence publique")),
    (ActorKind.CITIZEN_GROUP, _("Collectif d’habitants, sans structure déclarée")),
]


def _sub_kinds() -> list[Any]:
    groups: list[Any] = [("", _("Sans précision"))]
    for kind, sub_kinds in SUB_KINDS_OF.items():
        options = [(f"{kind}:{sub}", SubKind(sub).label) for sub in sub_kinds]
        if options:
            groups.append((ActorKind(kind).label, options))
    return groups


class IdentityForm(StepForm[Identity]):
    """Who the organisation is; a name and a kind are enough to begin."""

    labels_of_part = {
        "name": _("Nom"),
        "kind": _("Nature"),
        "sub_kind": _("Précision"),
        "economic_model": _("Ce qui vous fait vivre"),
        "summary": _("Présentation"),
        "website": _("Site web"),
        "siren": _("SIREN"),
        "siret": _("SIRET"),
        "rna": _("Numéro RNA"),
        "staff": _("Personnes salariées"),
        "size": _("Taille"),
        "sectors": _("Activités"),
    }

    name = forms.CharField(
        max_length=200,
        label=_("Le nom de votre organisation"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        choices=KINDS,
        widget=forms.RadioSelect,
        label=_("Qu’est-ce qui vous ressemble le plus ?"),
        help_text=_("Choisissez selon ce qui vous fait vivre, pas selon vos statuts."),
    )
    sub_kind = forms.ChoiceField(
        choices=_sub_kinds, required=False, label=_("Plus précisément")
    )
    summary = forms.CharField(
        required=False,
        max_length=MAX_SUMMARY_LENGTH,
        label=_("Ce que vous faites, en deux ou trois phrases"),
        help_text=_("Comme vous le diriez à quelqu’un qui ne vous connaît pas."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.URLField(
        required=False,
        max_length=300,
        assume_scheme="https",
        label=_("Site web"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    staff = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MAX_STAFF,
        localize=False,
        label=_("Combien de personnes salariées ?"),
        help_text=_(
            "0 est une réponse comme une autre : personne n’est classé par taille."
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    economic_model = forms.ChoiceField(
        choices=[("", _("Je ne sais pas")), *EconomicModel.choices],
        required=False,
        label=_("Votre équilibre repose surtout sur…"),
        help_text=_(
            "Intérêt général : dons, subventions, bénévolat. Utilité sociale : ce que "
            "vous vendez."
        ),
    )
    rna = IdentifierField(
        Identifier.RNA,
        label=_("Numéro RNA (associations)"),
        help_text=_("W suivi de 9 caractères, sur votre récépissé de déclaration."),
    )
    siren = IdentifierField(
        Identifier.SIREN, label=_("Numéro SIREN"), help_text=_("9 chiffres.")
    )
    siret = IdentifierField(
        Identifier.SIRET,
        label=_("Numéro SIRET du siège"),
        help_text=_("14 chiffres ; les 9 premiers sont le SIREN."),
    )
    sectors = TagsField(
        required=False,
        label=_("Vos activités, en quelques mots"),
        help_text=_("Séparés par des virgules : réparation de vélos, insertion…"),
    )

    def initial_of(self, part: Identity) -> dict[str, Any]:
        names = (*self.labels_of_part,)
        initial = {name: getattr(part, name) for name in names}
        return initial | {"sub_kind": self._encoded(part.kind, part.sub_kind)}

    @staticmethod
    def _encoded(kind: str, sub_kind: str) -> str:
        return f"{kind}:{sub_kind}" if sub_kind else ""

    def clean_summary(self) -> str:
        """Keep one kind of line end: forms and scripts do not send the same."""
        return str(self.cleaned_data["summary"]).replace("\r\n", "\n")

    def clean_sub_kind(self) -> str:
        """Keep a precision of this kind; forget the one of the kind just left."""
        kind, _colon, sub_kind = self.cleaned_data["sub_kind"].partition(":")
        chosen = self.cleaned_data.get("kind")
        if not sub_kind or chosen in (None, kind):
            return str(sub_kind)
        if self.cleaned_data["sub_kind"] == self.initial["sub_kind"]:
            return ""
        raise ValidationError(
            _("Cette précision ne va pas avec la nature choisie au-dessus.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        siren, siret = cleaned.get("siren"), cleaned.get("siret")
        if siret and "siren" in cleaned and not siren:
            cleaned["siren"] = siret[:9]
        elif siren and siret and not siret.startswith(siren):
            self.add_error(
                "siret", _("Ce SIRET ne commence pas par le SIREN indiqué au-dessus.")
            )
        for identifier in Identifier:
            self._refuse_duplicate(identifier, cleaned)
        return cleaned

    def _refuse_duplicate(
        self, identifier: Identifier, cleaned: dict[str, Any]
    ) -> None:
        own = self.organisation.pk if self.organisation else 0
        holder = holder_of(identifier, cleaned.get(identifier, ""), other_than=own)
        if holder is not None:
            self.add_error(identifier, _taken_by(holder))

    def wished(self) -> Identity:
        part = self.part
        values = {
            name: self.valid(name, otherwise=getattr(part, name))
            for name in self.labels_of_part
            if name not in ("staff", "size")
        }
        staff = self.valid("staff", otherwise=part.staff)
        size = part.size if part.staff is None else ""
        if staff is not None:
            size = str(size_of(staff))
        wished = replace(part, **values, staff=staff, size=size)
        suits = wished.sub_kind in SUB_KINDS_OF.get(wished.kind, ())
        return wished if suits else replace(wished, sub_kind="")


def _taken_by(holder: Organisation) -> SafeString | str:
    """Say who bears the number; an organisation withdrawn from the site is not named."""
    if holder.archived_at is not None:
        return gettext(
            "Une organisation retirée du site porte déjà ce numéro. Vérifiez-le, ou "
            "laissez la case vide."
        )
    sentence = gettext(
        "{} porte déjà ce numéro. Si c’est la vôtre, {} ; sinon, vérifiez le numéro."
    )
    url = reverse("alliances:organisation_detail", args=[holder.public_id])
    join = reverse("alliances:claim_create", args=[holder.public_id])
    return format_html(
        sentence,
        format_html('<a href="{}">{}</a>', url, holder.name),
        format_html('<a href="{}">{}</a>', join, gettext("demandez à la rejoindre")),
    )


class CreationForm(IdentityForm):
    """The first page: who the organisation is, and where, to see if it is here."""

    seat = PlaceField(
        kinds=(Territory.Kind.COMMUNE,),
        required=False,
        label=_("Dans quelle commune êtes-vous ?"),
        help_text=_(
            "Son nom ou son code postal : pour voir si votre organisation est déjà là."
        ),
    )

    def initial_of(self, part: Identity) -> dict[str, Any]:
        return super().initial_of(part) | {"kind": None}
