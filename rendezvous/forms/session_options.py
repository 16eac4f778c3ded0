"""What a session may ask beyond the usual: who needs nothing of it leaves it as it is."""

from collections.abc import Mapping
from math import prod
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.enums import ActorKind
from rendezvous.forms.fields import WholeNumberField
from rendezvous.models import Session
from rendezvous.models.arrangement import MAX_BUFFER, PAIRS, TRIOS
from rendezvous.selectors.frame import TRIO, arrangement_of

MOST_TRIOS = 400_000


class OptionsForm(forms.Form):
    """The fields of a session that most sessions leave alone."""

    trois = forms.BooleanField(
        required=False,
        label=_("Des tables de trois"),
        help_text=_(
            "Une association, une entreprise et une collectivité ensemble, aussi souvent "
            "que possible ; des tables de deux pour les autres."
        ),
    )
    marche = WholeNumberField(
        required=False,
        max_value=MAX_BUFFER,
        label=_("Tours libres entre deux rencontres"),
        help_text=_("Pour une grande salle : le temps de marcher. D’ordinaire, 0."),
    )
    etaler = forms.BooleanField(
        required=False,
        label=_("Répartir les pauses"),
        help_text=_("Personne n’a plus de deux pauses, autant que possible."),
    )

    attente = forms.BooleanField(
        required=False,
        label=_("Attendre moins"),
        help_text=_(
            "Moins de tours d’attente entre deux rencontres, quitte à perdre quelques "
            "millièmes de la valeur."
        ),
    )

    def check_trios(self, capacities: Mapping[str, int], pairs: Any) -> None:
        """Refuse tables of three that could not be filled, or are too many to weigh."""
        if not self.cleaned_data.get("trois"):
            return
        if not all(capacities.get(kind) for kind in TRIO):
            self.add_error(
                "trois",
                _(
                    "Donnez des places aux associations, aux entreprises et aux collectivités."
                ),
            )
        elif not _three_pairs() <= pairs:
            self.add_error(
                "trois",
                _("Les trois natures doivent pouvoir se rencontrer deux à deux."),
            )
        elif prod(capacities[kind] for kind in TRIO) > MOST_TRIOS:
            self.add_error(
                "trois",
                _(
                    "C’est trop de places pour des tables de trois : 70 de chaque au plus."
                ),
            )

    def arrangement(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "table_size": TRIOS if data.get("trois") else PAIRS,
            "buffer": data.get("marche") or 0,
            "spreads_breaks": bool(data.get("etaler")),
            "waits_less": bool(data.get("attente")),
        }


def options_of(session: Session | None) -> dict[str, Any]:
    """Return what the fields are filled with."""
    found = arrangement_of(session) if session else None
    return {
        "trois": bool(found and found.has_trios),
        "marche": found.buffer if found else 0,
        "etaler": found.spreads_breaks if found else True,
        "attente": bool(found and found.waits_less),
    }


def _three_pairs() -> set[tuple[str, str]]:
    one, other, last = sorted(ActorKind(kind).value for kind in TRIO)
    return {(one, other), (one, last), (other, last)}
