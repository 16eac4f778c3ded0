"""The rules of the game, and what the solver says, in French.

Sentences name nobody: who cannot meet whom may come from a wish, which is secret.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RULES_TEXT = (
    "L’association ne demande pas d’argent. L’entreprise ne démarche pas et ne vend "
    "rien. La collectivité ne promet ni ne sollicite de subvention. Ensemble, nous "
    "explorons une ou deux pistes de collaboration, dans le temps imparti, et chacun "
    "reste libre de ne pas donner suite."
)
REASONS: dict[str, Any] = {}
OTHERWISE = gettext_lazy(
    "Le minimum garanti n’est pas possible pour tout le monde : des places, des tours ou "
    "des rencontres possibles manquent. Baissez-le, ou ajoutez des tables ou des tours."
)


def reason_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return why what was asked for cannot be had."""
    sentence = REASONS.get(code)
    if sentence is None:
        return str(OTHERWISE)
    numbers = {
        name: value for name, value in facts.items() if isinstance(value, int | float)
    }
    return str(_(sentence)) % numbers
