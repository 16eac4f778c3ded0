"""The rules of the game, and what the solver says, in French.

Sentences name nobody: who cannot meet whom may come from a wish, which is secret.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _l

from alliances.enums import ActorKind
from rendezvous.enums import OfferWay
from rendezvous.reasons import REASONS

RULES_TEXT = (
    "L’association ne demande pas d’argent. L’entreprise ne démarche pas et ne vend "
    "rien. La collectivité ne promet ni ne sollicite de subvention. Ensemble, nous "
    "explorons une ou deux pistes de collaboration, dans le temps imparti, et chacun "
    "reste libre de ne pas donner suite."
)
# One, several.
KIND_WORDS = {
    ActorKind.ASSOCIATION: (_l("association"), _l("associations")),
    ActorKind.COMPANY: (_l("entreprise"), _l("entreprises")),
    ActorKind.LOCAL_AUTHORITY: (_l("collectivité"), _l("collectivités")),
    ActorKind.FOUNDATION: (_l("fondation"), _l("fondations")),
    ActorKind.ACADEMIC: (_l("acteur académique"), _l("acteurs académiques")),
    ActorKind.INSTITUTION: (_l("institution"), _l("institutions")),
    ActorKind.CITIZEN_GROUP: (
        _l("collectif d’habitants"),
        _l("collectifs d’habitants"),
    ),
}
OTHERWISE = _l(
    "Le minimum garanti n’est pas possible pour tout le monde : des places, des tours ou "
    "des rencontres possibles manquent. Baissez-le, ou ajoutez des tables ou des tours."
)
# Said without naming, nor counting, those who may meet few others.
GENERAL = frozenset(
    {
        "not_enough_tables",
        "too_few_partners_of_kinds",
        "jointly_impossible",
        "short",
        "not_kept",
    }
)


def reason_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return why what was asked for cannot be had."""
    if code not in GENERAL or code not in REASONS:
        return str(OTHERWISE)
    kind = facts.get("kind", "")
    known = kind in ActorKind.values
    told = {**facts, "kind": ActorKind(kind).label.lower()} if known else facts
    return str(REASONS[code]) % told


OFFERS = {
    OfferWay.TOGETHER: _l(
        "%(other)s est libre aussi à ce tour\u202f: retrouvez-vous à une table libre ou "
        "debout."
    ),
    OfferWay.JOIN: _l(
        "Rejoignez la table %(table)d (%(other)s)\u202f: vous y êtes bienvenus à trois."
    ),
    OfferWay.COFFEE: _l("Voyez %(other)s autour du café, après le dernier tour."),
    OfferWay.NOTHING: _l(
        "Passez voir l’équipe d’accueil\u202f: elle vous présentera quelqu’un."
    ),
}


def offer_sentence(way: OfferWay, other: str, table: int | None) -> str:
    """Return what is proposed to somebody who has no table in a round."""
    if way is not OfferWay.NOTHING and not other:
        way = OfferWay.NOTHING
    return str(OFFERS[way]) % {"other": other, "table": table or 0}
