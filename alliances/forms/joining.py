"""Inviting, asking to join, answering, leaving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.enums import MembershipRole
from alliances.models import Membership, Organisation

ROLES = {
    MembershipRole.CONTRIBUTOR: _(
        "Membre – complète la description, écrit les messages, propose des réponses"
    ),
    MembershipRole.REFERENT: _(
        "Personne référente – décide au nom de l’organisation, gère l’équipe"
    ),
    MembershipRole.SIGNATORY: _(
        "Signataire – fait tout cela, et engage l’organisation par sa signature"
    ),
}


class InvitationForm(forms.Form):
    """Whom to write to, and with which role they would come."""

    required_css_class = "al-required"

    email = forms.EmailField(
        max_length=254,
        label=_("Adresse électronique"),
        help_text=_("Elle reçoit une lettre avec un lien, valable 14 jours."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Son rôle"),
        widget=forms.RadioSelect,
        initial=MembershipRole.CONTRIBUTOR,
    )

    def __init__(self, data: Any = None, *, may_name_signatory: bool) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, words)
            for role, words in ROLES.items()
            if may_name_signatory or role != MembershipRole.SIGNATORY
        ]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_role(self) -> MembershipRole:
        return MembershipRole(self.cleaned_data["role"])


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=MembershipRole)

    def clean_role(self) -> MembershipRole:
        return MembershipRole(self.cleaned_data["role"])


class ClaimForm(forms.Form):
    """What makes it likely that this person acts for the organisation."""

    required_css_class = "al-required"

    position = forms.CharField(
        max_length=120,
        label=_("Votre fonction dans cette organisation"),
        help_text=_("Présidente, bénévole à l’atelier, responsable RSE…"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    proof = forms.CharField(
        max_length=2000,
        label=_("Ce qui permet de le vérifier"),
        help_text=_(
            "Une page du site où figure votre nom, le nom d’une personne qui peut le "
            "confirmer, votre adresse professionnelle… Seule la personne qui répond le "
            "lit."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)


class ClaimAnswerForm(forms.Form):
    """Yes or no, with a word if one likes."""

    APPROVE, REFUSE = "accepter", "refuser"

    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REFUSE, REFUSE)])
    answer = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Un mot pour cette personne"),
        help_text=_("Facultatif. Elle le lira avec votre réponse."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LeavingForm(forms.Form):
    """Who takes over, if somebody does."""

    successor = forms.ChoiceField(
        required=False,
        label=_("Qui prend votre suite ?"),
        help_text=_("Cette personne reçoit votre rôle, et le contact principal."),
    )

    def __init__(
        self, data: Any = None, *, organisation: Organisation, leaving: Membership
    ) -> None:
        super().__init__(data)
        members = Membership.objects.filter(organisation=organisation)
        others = members.exclude(pk=leaving.pk).select_related("user")
        self.by_person = {
            one.user.public_id: one for one in others.order_by("created_at")
        }
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", _("Personne")),
            *((key, _name_of(one)) for key, one in self.by_person.items()),
        ]

    def clean_successor(self) -> Membership | None:
        return self.by_person.get(self.cleaned_data["successor"])


def _name_of(membership: Membership) -> str:
    return f"{membership.user.get_full_name()} – {membership.get_role_display()}"
