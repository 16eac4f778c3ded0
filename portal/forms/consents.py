from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from accounts.selectors.consents import EVERYWHERE
from alliances.models import Organisation

NONE, ALL, SOME = "none", "all", "some"
Answers = Mapping[tuple[str, str], bool]


class ConsentsForm(forms.Form):
    """For each purpose: no, yes everywhere, or in the organisations that one ticks."""

    titles = {
        Consent.Purpose.PUBLISH_NAME: _(
            "Publier votre nom sur la page publique de l’organisation"
        ),
        Consent.Purpose.SHARE_CONTACT: _(
            "Montrer vos nom, courriel et téléphone aux organisations partenaires"
        ),
    }
    helps = {
        Consent.Purpose.PUBLISH_NAME: _(
            "Tout le monde peut alors lire votre nom, et rien d’autre de vous."
        ),
        Consent.Purpose.SHARE_CONTACT: _(
            "Quand vous êtes le contact principal, et seulement pour les organisations "
            "en relation avec la vôtre."
        ),
    }

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        organisations: Sequence[Organisation],
        known: Answers,
    ) -> None:
        self.scopes = [one.public_id for one in organisations]
        self.known = known
        super().__init__(data, initial=dict(self._initial()))
        choices = [(one.public_id, one.name) for one in organisations]
        for purpose in Consent.Purpose:
            self.fields[purpose] = self._question(purpose, bool(choices))
            if choices:
                self.fields[f"{purpose}_in"] = forms.MultipleChoiceField(
                    choices=choices,
                    required=False,
                    label=_("Les organisations que vous choisissez"),
                    widget=forms.CheckboxSelectMultiple,
                )

    def answers(self) -> dict[tuple[str, str], bool]:
        """Return what to write: the answer for all, then those that differ or did."""
        found: dict[tuple[str, str], bool] = {}
        for purpose in Consent.Purpose:
            wanted = self.cleaned_data[purpose]
            chosen = self.cleaned_data.get(f"{purpose}_in", [])
            found[purpose, EVERYWHERE] = wanted == ALL
            for scope in self._scopes_to_write(purpose):
                found[purpose, scope] = wanted == ALL or (
                    wanted == SOME and scope in chosen
                )
        return found

    def _scopes_to_write(self, purpose: str) -> set[str]:
        """The present organisations, and former ones where something was agreed."""
        former = {scope for known, scope in self.known if known == purpose and scope}
        return {*self.scopes, *former}

    def _question(self, purpose: Consent.Purpose, is_member: bool) -> forms.ChoiceField:
        choices = [
            (NONE, _("Non")),
            (ALL, _("Oui, pour toutes mes organisations, présentes et à venir")),
        ]
        if is_member:
            choices.append((SOME, _("Oui, pour les organisations cochées ci-dessous")))
        return forms.ChoiceField(
            choices=choices,
            widget=forms.RadioSelect,
            label=self.titles[purpose],
            help_text=self.helps[purpose],
            error_messages={"required": _("Choisissez une réponse.")},
        )

    def _initial(self) -> Iterator[tuple[str, object]]:
        for purpose in Consent.Purpose:
            everywhere = self.known.get((purpose, EVERYWHERE), False)
            agreed = [
                scope
                for scope in self.scopes
                if self.known.get((purpose, scope), everywhere)
            ]
            if everywhere and len(agreed) == len(self.scopes):
                yield purpose, ALL
            else:
                yield purpose, SOME if agreed else NONE
            yield f"{purpose}_in", agreed
