"""Every kind of letter, dressed with invented names, for those who reread them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from notifications.letters import (
    Footing,
    Letter,
    address_of,
    compose,
    inside_of,
    part,
    sentence_of,
    subject_of,
)
from notifications.models import Preference
from notifications.registry import Kind, kinds

# Names that templates use often; any other is shown as itself, between brackets.
INVENTED = {
    "count": "3",
    "day": "jeudi 12 mars 2026",
    "deadline": "jeudi 12 mars 2026",
    "name": "Les Vélos de la Loire",
    "organisation": "Les Vélos de la Loire",
    "other": "Ateliers du Sillon",
    "own": "Les Vélos de la Loire",
    "person": "Camille Martin",
    "role": "référent",
    "territory": "Pays de Retz",
}
NOT_NAMES = frozenset({"True", "False", "None", "forloop", "block"})


class Sample(dict[str, Any]):
    """A context where every name has a value."""

    def __contains__(self, name: object) -> bool:
        return name not in NOT_NAMES

    def __missing__(self, name: str) -> str:
        return INVENTED.get(name, f"[{name}]")


@dataclass(frozen=True)
class Preview:
    """A kind as people receive it."""

    kind: Kind
    frequency: str
    sentence: str
    letter: Letter
    fragment: SafeString


def previews() -> Iterator[Preview]:
    """Yield a preview of every declared kind, in the order of the alphabet."""
    for kind in sorted(kinds(), key=lambda kind: kind.code):
        yield preview(kind)


def preview(kind: Kind) -> Preview:
    """Write a letter of ``kind`` about nobody."""
    context, link = Sample(), address_of("/exemple/")
    context["link"] = link
    letter = compose(
        subject_of(kind.code, context),
        part(kind.code, "body", context),
        link=link,
        action=kind.action or _("Ouvrir la page"),
        footing=Footing(
            _("Ici, le courriel dit pourquoi il est reçu."),
            preferences=link,
            unsubscribe="" if kind.is_essential else link,
        ),
    )
    sentence = sentence_of(kind.code, context)
    frequency = str(Preference.Frequency(kind.frequency).label)
    return Preview(kind, frequency, sentence, letter, inside_of(letter.html))
