"""For whom somebody without a registration may come: those who come, then the directory."""

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from alliances.models import Organisation
from alliances.selectors.resembling import namesakes
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


def invited_kinds(session: Session) -> list[ActorKind]:
    """Return the kinds that have places, in the order of the domain."""
    invited = set(session.capacities.values_list("kind", flat=True))
    return [kind for kind in ActorKind if kind in invited]


def door_key(session: Session, typed: str) -> str:
    """Return the key of the organisation that one form of the door creates."""
    return f"{session.public_id}/{typed}"


def resembling(viewer: Person, name: str, *, key: str) -> list[Organisation]:
    """Return those of the directory that may be the one called ``name``.

    Not the one that has this ``key``: the same form was sent before.
    """
    ids = [one.pk for one in namesakes(name, None) if one.key != key]
    found = visible(viewer, Organisation.objects.filter(pk__in=ids))
    return list(found.for_list().order_by("search_key", "pk"))


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
