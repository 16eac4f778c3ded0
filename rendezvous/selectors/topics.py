"""Three things to talk about at a table, from what everybody may read."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from alliances.enums import Means
from rendezvous.models import Registration

TALKED_ABOUT = 3
# By the projects of a pair: the reason of the pair, and the track that suits it.
Stories = dict[tuple[int, int], tuple[str, str]]


def stories_of(pairs: Iterable[tuple[Registration, Registration]]) -> Stories:
    """Return what matching says of these pairs, from the side of the first."""
    from matching.selectors.headlines import headlines_of  # noqa: PLC0415 - NumPy

    projects = {
        (own.intention_id, other.intention_id)
        for own, other in pairs
        if own.intention_id and other.intention_id
    }
    if not projects:
        return {}
    told = _("Une piste\u202f: %s.")
    return {
        pair: (one.text, told % str(one.type.label).lower())
        for pair, one in headlines_of(sorted(projects)).items()
    }


def topics_between(
    own: Registration, other: Registration, stories: Stories
) -> list[str]:
    """Return what ``own`` may talk about with ``other``."""
    projects = (own.intention_id or 0, other.intention_id or 0)
    headline, track = stories.get(projects, ("", ""))
    asked = _shared(own.needs, other.offers)
    offered = _shared(other.needs, own.offers)
    found = [
        _("Vous cherchez\u202f: %s. Ils l’apportent.") % asked if asked else "",
        _("Ils cherchent\u202f: %s. Vous l’apportez.") % offered if offered else "",
        headline,
        track,
    ]
    return [one for one in found if one][:TALKED_ABOUT]


def _shared(sought: Sequence[str], brought: Sequence[str]) -> str:
    common = [code for code in Means.values if code in sought and code in brought]
    return ", ".join(str(Means(code).label).lower() for code in common)
