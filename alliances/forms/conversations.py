"""Writing to a partner, taking leave, blocking, reporting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.public_id import new_public_id
from alliances.correspondence.texts import cleaned
from alliances.enums import ClosingReason, ClosingSentence, ReportReason
from alliances.forms.attachments import FilesField
from alliances.models.conversation import BODY_MAX_CHARS
from alliances.services.conversations import Closing, Written

NO_REASON = [("", _("Je préfère ne pas donner de raison"))]


class Words(forms.CharField):
    """A text of several lines, cleaned of what nobody sees."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return cleaned(super().to_python(value) or "")


class MessageForm(forms.Form):
    TOO_MANY = _(
        "Vous avez envoyé beaucoup de messages en peu de temps : celui-ci n’est pas "
        "parti. Votre texte est gardé ci-dessous ; réessayez dans une heure."
    )
    QUOTA = _(
        "Votre organisation a envoyé tous les fichiers qu’elle pouvait joindre ce "
        "mois-ci : votre message n’est pas parti. Remplacez-les par un lien."
    )
    CLOSED = _(
        "Cette mise en relation vient d’être close : votre message n’est pas parti. "
        "Copiez-le si vous voulez le garder."
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)
    body = Words(
        label=_("Votre message"),
        rows=8,
        max_length=BODY_MAX_CHARS,
        error_messages={
            "required": _("Écrivez votre message avant de l’envoyer."),
            "max_length": _(
                "Votre message dépasse %(limit_value)d caractères. Raccourcissez-le, ou "
                "envoyez-le en deux fois."
            ),
        },
    )
    pieces = FilesField(
        label=_("Pièces jointes"),
        help_text=_(
            "5 fichiers au plus, de 10 Mo chacun : PDF, Word, Excel, OpenDocument, images "
            "ou textes."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "message-%s"
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_public_id())

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(data["body"], data["key"] or new_public_id(), data["pieces"])

    def refuse(self, sentence: Any) -> None:
        """Say why what is well written did not leave."""
        self.add_error(None, ValidationError(sentence, code="refused"))


class ClosingForm(forms.Form):
    sentence = forms.ChoiceField(
        label=_("Ce que l’autre organisation lira"),
        choices=ClosingSentence.choices,
        initial=ClosingSentence.PLAIN,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Une raison"),
        choices=[*NO_REASON, *ClosingReason.choices],
        required=False,
    )
    words = Words(label=_("Quelques mots"), max_length=1000, required=False)
    share = forms.BooleanField(
        label=_("Montrer la raison et ces mots à l’autre organisation"),
        required=False,
        help_text=_("Sans cela, ils restent entre membres de votre organisation."),
    )

    def closing(self) -> Closing:
        data = self.cleaned_data
        return Closing(data["sentence"], data["reason"], data["words"], data["share"])


class BlockForm(forms.Form):
    reason = Words(
        label=_("Pourquoi"),
        max_length=1000,
        required=False,
        help_text=_("Seuls les membres de votre organisation le liront."),
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Que se passe-t-il ?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui se rapproche le plus.")},
    )
    words = Words(
        label=_("Expliquez en quelques mots"),
        max_length=2000,
        required=False,
    )


class DecisionForm(forms.Form):
    """What a moderator decides, in words that both sides may read."""

    UPHELD, DISMISSED = "upheld", "dismissed"
    verdict = forms.ChoiceField(
        label=_("Votre décision"),
        choices=[
            (UPHELD, _("Fondé : le message est retiré, l’organisation est avertie")),
            (DISMISSED, _("Sans suite")),
        ],
        widget=forms.RadioSelect,
    )
    decision = Words(
        label=_("Ce que vous répondez"),
        rows=5,
        max_length=2000,
        help_text=_(
            "La personne qui a signalé le lira ; si le signalement est fondé, "
            "l’organisation mise en cause aussi. N’y dites pas qui a signalé."
        ),
        error_messages={"required": _("Expliquez votre décision en une phrase.")},
    )
