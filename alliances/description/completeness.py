"""What an organisation still lacks to be proposed (docs/sources.md).

``missing_of`` is empty exactly when ``IntentionQuerySet.complete`` keeps the
intention: a test compares the two on every combination.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.description.steps import Step

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Filled:
    """What is there, of what matching needs and of what makes it better."""

    has_seat: bool = False
    has_perimeter: bool = False
    has_domain: bool = False
    has_square: bool = False
    has_need: bool = False
    has_offer: bool = False
    has_type: bool = True
    knows_general_interest: bool = True
    has_answered_refusals: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do, and the step where it is done."""

    code: str
    sentence: Text
    step: Step


MISSING_PLACE = Item("place", _("Dites où vous êtes : votre commune."), Step.PLACES)
MISSING_DOMAIN = Item("domain", _("Choisissez au moins un sujet."), Step.DOMAINS)
MISSING_SQUARE = Item(
    "square", _("Répartissez 100 entre vos quatre objectifs."), Step.SQUARE
)
MISSING_NEED = Item("need", _("Dites une chose que vous cherchez."), Step.MEANS)
MISSING_OFFER = Item("offer", _("Dites une chose que vous apportez."), Step.MEANS)

NO_PERIMETER = Item(
    "perimeter",
    _(
        "Vous n’avez pas dit jusqu’où vous agissez : en attendant, seule la commune de "
        "votre siège compte."
    ),
    Step.PLACES,
)
NO_TYPE = Item(
    "type",
    _("Vous n’êtes ouverts à aucun type de partenariat : rien ne vous sera proposé."),
    Step.OPENNESS,
)
NO_GENERAL_INTEREST = Item(
    "general_interest",
    _(
        "Dites si vous pouvez recevoir des dons au titre de l’intérêt général : le "
        "mécénat en dépend."
    ),
    Step.OPENNESS,
)
NO_REFUSALS = Item(
    "refusals",
    _("Dites qui vous ne voulez pas rencontrer, ou que vous n’excluez personne."),
    Step.REFUSALS,
)


def missing_of(filled: Filled) -> list[Item]:
    """Return what prevents proposals, in the order of the steps.

    Parameters
    ----------
    filled : Filled

    Returns
    -------
    list of Item
        Empty when the organisation can be proposed.

    Examples
    --------
    >>> [item.code for item in missing_of(Filled(has_seat=True, has_square=True))]
    ['domain', 'need', 'offer']
    """
    needed = (
        (filled.has_seat or filled.has_perimeter, MISSING_PLACE),
        (filled.has_domain, MISSING_DOMAIN),
        (filled.has_square, MISSING_SQUARE),
        (filled.has_need, MISSING_NEED),
        (filled.has_offer, MISSING_OFFER),
    )
    return [item for is_there, item in needed if not is_there]


def advice_for(filled: Filled) -> list[Item]:
    """Return what would make proposals better, without preventing them.

    Examples
    --------
    >>> [item.code for item in advice_for(Filled(has_seat=True))]
    ['perimeter']
    """
    wished = (
        (filled.has_perimeter or not filled.has_seat, NO_PERIMETER),
        (filled.has_type, NO_TYPE),
        (filled.knows_general_interest, NO_GENERAL_INTEREST),
        (filled.has_answered_refusals, NO_REFUSALS),
    )
    return [item for is_there, item in wished if not is_there]
