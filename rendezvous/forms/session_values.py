"""What the form of a session is filled with: a usual one, or a former one."""

import datetime as dt
from collections.abc import Iterable
from itertools import combinations_with_replacement
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliances.enums import ActorKind
from rendezvous.enums import EventType, Language, Zone
from rendezvous.models import Session
from rendezvous.services.sessions import KindPairs
from rendezvous.wording import RULES_TEXT

DIFFERENT, ALL, ASSOCIATIONS = "differentes", "toutes", "associations"
WHO_MEETS_WHOM = (
    (DIFFERENT, _("Des natures différentes : une association, une entreprise…")),
    (ASSOCIATIONS, _("Toujours une association avec une autre nature")),
    (ALL, _("Tout le monde, deux entreprises aussi")),
)


def pairs(choice: str, kinds: Iterable[str]) -> KindPairs:
    """Return the pairs of kinds that ``choice`` lets meet, among ``kinds``."""
    pairs = frozenset(combinations_with_replacement(sorted(kinds), 2))
    different = frozenset(one for one in pairs if one[0] != one[1])
    if choice == ALL:
        return pairs
    if choice == ASSOCIATIONS:
        return frozenset(one for one in different if ActorKind.ASSOCIATION in one)
    return different


def choice_of(session: Session) -> str:
    stored = {(one.low, one.high) for one in session.kind_pairs.all()}
    kinds = [one.kind for one in session.capacities.all()]
    for choice, _label in WHO_MEETS_WHOM:
        if pairs(choice, kinds) == stored:
            return choice
    return DIFFERENT


def initial_of(session: Session) -> dict[str, Any]:
    begins = session.local_begins_at
    return {
        "titre": session.title,
        "territoire": session.territory.reference,
        "forme": session.event_type,
        "presentation": session.description,
        "lieu": session.place,
        "jour": begins.date(),
        "heure": begins.time(),
        "fuseau": session.zone,
        "langues": session.languages,
        "tables": session.tables,
        "tours": session.rounds,
        "minutes": session.round_minutes,
        "pause": session.break_minutes,
        "au_moins": session.meetings_min,
        "au_plus": session.meetings_max,
        "rencontres": choice_of(session),
        "regles": session.rules_text,
    }


def usual() -> dict[str, Any]:
    return {
        "forme": EventType.SPEED_DATING,
        "heure": dt.time(18, 30),
        "fuseau": Zone.PARIS,
        "langues": [Language.FRENCH],
        "tables": 12,
        "tours": 8,
        "minutes": 7,
        "pause": 2,
        "au_moins": 4,
        "au_plus": 8,
        "rencontres": DIFFERENT,
        "regles": RULES_TEXT,
    }
