"""A session: read by everybody once announced, prepared by the catalyst of its place."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import is_catalyst, territories_of
from rendezvous.models import Capacity, KindPair, Session, SessionClock
from rendezvous.models.session import PUBLIC_STATES

SESSION = "rendezvous.Session"
ORGANISE = "rendezvous.organise_session"


def organised_by(person: Person) -> Rows:
    """The sessions of the territories that ``person`` looks after, as a subquery."""
    found = Session.objects.filter(territory__in=territories_of(person))
    return found.values("pk")


@rules.predicate
def is_organiser(person: Person, session: Session | None) -> bool:
    """A catalyst of the very territory for which the session is held."""
    return (
        session is not None
        and person.is_authenticated
        and territories_of(person).filter(territory=session.territory_id).exists()
    )


@rows(Session)
def sessions(person: Person, queryset: Rows) -> Rows:
    """What is announced is public; what is being prepared is its catalyst's."""
    public = models.Q(state__in=PUBLIC_STATES)
    if not person.is_authenticated:
        return queryset.filter(public)
    return queryset.filter(public | models.Q(territory__in=territories_of(person)))


def _of_sessions(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(session__in=sessions(person, Session.objects.all()))


rows(Capacity)(_of_sessions)
rows(KindPair)(_of_sessions)
rows(SessionClock)(_of_sessions)

rules.add_perm("rendezvous.view_session", rules.always_allow)
rules.add_perm("rendezvous.prepare_sessions", is_catalyst)
rules.add_perm(ORGANISE, is_organiser)

route("rendezvous:session_list", Access.PUBLIC)
route("rendezvous:session_detail", Access.PUBLIC, session_id=SESSION)
route("rendezvous:session_poster", Access.PUBLIC, session_id=SESSION)
for _name in ("session_mine", "session_create"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission="rendezvous.prepare_sessions",
    )
# The hours of a session that is announced, nothing about who comes.
route("rendezvous:live_state", Access.PUBLIC, session_id=SESSION)
for _name in (
    *("session_edit", "session_act", "session_board"),
    *("live_host", "live_act", "live_room"),
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
    )
