"""For whom somebody without a registration may come: those who come, then the directory."""

from accounts.policy import Person, visible
from alliances.models import Organisation
from rendezvous.models import Capacity, Registration, Session
from rendezvous.search_words import closeness
from territories.search_text import search_key

SHOWN = 8


def organisations_named(
    session: Session, viewer: Person, typed: str
) -> list[Organisation]:
    """Return the organisations that ``typed`` may designate, those who come first."""
    if not search_key(typed):
        return []
    coming = _coming(session, viewer, typed)
    more = _in_the_directory(session, viewer, typed)
    known = {one.pk for one in coming}
    return [*coming, *(one for one in more if one.pk not in known)][:SHOWN]


def _coming(session: Session, viewer: Person, typed: str) -> list[Organisation]:
    rows = Registration.objects.live().filter(
        session=session, organisation__archived_at=None
    )
    found = visible(viewer, rows).select_related("organisation__seat")
    names = [one.organisation for one in found.defer("organisation__search_vector")]
    scored = [(closeness(typed, one.name), one) for one in names]
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1].name))
    return [one for score, one in best if score > 0]


def _in_the_directory(
    session: Session, viewer: Person, typed: str
) -> list[Organisation]:
    """Only of the kinds that the session invites."""
    invited = Capacity.objects.filter(session=session).values("kind")
    rows = Organisation.objects.active().filter(kind__in=invited)
    words = search_key(typed).split()
    for word in words:
        rows = rows.writing(word, is_last=word == words[-1])
    found = visible(viewer, rows).for_list().order_by("search_key", "pk")
    return list(found[:SHOWN])
