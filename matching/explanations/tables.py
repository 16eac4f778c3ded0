"""Who does what around a table, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.enums import ActorKind
from matching.explanations import words
from matching.explanations.words import Text

if TYPE_CHECKING:  # NumPy
    from matching.coalitions import Brought

FUNCTIONS: dict[str, Text] = {
    "field_actor": gettext_lazy("acteur de terrain"),
    "economic_actor": gettext_lazy("acteur économique"),
    "public_policy": gettext_lazy("inscription dans les politiques publiques"),
    "competent_authority": gettext_lazy("autorité compétente"),
    "beneficiary_voice": gettext_lazy("voix des bénéficiaires"),
    "evaluator": gettext_lazy("évaluation"),
}
MISSING: dict[str, Text] = {
    "field_actor": gettext_lazy("un acteur de terrain"),
    "economic_actor": gettext_lazy("un acteur économique"),
    "public_policy": gettext_lazy("une inscription dans les politiques publiques"),
    "competent_authority": gettext_lazy("une autorité compétente"),
    "beneficiary_voice": gettext_lazy("la voix des bénéficiaires"),
    "evaluator": gettext_lazy("quelqu’un pour évaluer"),
}
# Whom to look for in the directory.
KINDS: dict[str, ActorKind] = {
    "field_actor": ActorKind.ASSOCIATION,
    "economic_actor": ActorKind.COMPANY,
    "public_policy": ActorKind.LOCAL_AUTHORITY,
    "competent_authority": ActorKind.LOCAL_AUTHORITY,
    "beneficiary_voice": ActorKind.CITIZEN_GROUP,
    "evaluator": ActorKind.ACADEMIC,
}
TERMS: tuple[Text, ...] = (
    gettext_lazy("Moyens recherchés et réunis"),
    gettext_lazy("Fonctions tenues"),
    gettext_lazy("Territoire couvert"),
    gettext_lazy("Entente des membres, deux à deux"),
    gettext_lazy("Sièges au-delà de trois"),
)
EXACT = 1e-9
SHOWN_MEANS = 6
WHOLE = 0.995  # shown as the whole territory


@dataclass(frozen=True)
class Role:
    """What one member does: ``alone`` is what would lack without it."""

    functions: str
    brings: str
    alone: str
    territory: str


def role(brings: "Brought", alone: "Brought") -> Role:
    return Role(
        functions=functions(brings.functions),
        brings=words.means(brings.means, most=SHOWN_MEANS),
        alone=_alone(alone),
        territory=territory(brings.territory),
    )


def functions(codes: Sequence[str]) -> str:
    return words.listed([FUNCTIONS[code] for code in codes], most=len(FUNCTIONS))


def missing(codes: Sequence[str]) -> str:
    return words.listed([MISSING[code] for code in codes], most=len(MISSING))


def territory(share: float) -> str:
    if share >= WHOLE:
        return _("agit sur tout le territoire")
    if share <= 0:
        return _("n’a pas dit agir sur ces communes")
    return _("agit auprès de %(share)s des habitants") % {"share": words.percent(share)}


def adds(brought: "Brought") -> str:
    """Say what somebody would add to a table; never empty."""
    found = []
    if brought.means:
        found.append(words.means(brought.means, most=SHOWN_MEANS))
    if brought.functions:
        found.append(missing(brought.functions))
    if brought.territory > 0:
        share = words.percent(brought.territory)
        found.append(_("%(share)s des habitants de plus") % {"share": share})
    return " ; ".join(found) or _("rien de ce qui manque, mais une bonne entente")


def _alone(brought: "Brought") -> str:
    found = [words.MEANS[code] for code in brought.means]
    found += [MISSING[code] for code in brought.functions]
    if brought.territory > 0:
        share = words.percent(brought.territory)
        found.append(_("%(share)s des habitants") % {"share": share})
    return words.listed(found, most=SHOWN_MEANS)
