"""What follows a meeting: each side's own; together, what both agreed to tell.

An answer is its own side's until both have answered. The catalyst of the session reads
how far two organisations go, never their words (docs/decisions/0190, 0191).
"""

import rules
from django.db import models
from django.utils import timezone

from accounts.policy import Access, Person, Rows, route, rows
from alliances.enums import MandateRole
from alliances.models import Mandate
from alliances.policy.roles import own_organisations
from rendezvous.enums import Outcome
from rendezvous.models import (
    Checkpoint,
    Commitment,
    Feedback,
    FollowUp,
    Session,
    Signature,
)
from rendezvous.policy.participants import ORGANISATION, own_registrations
from rendezvous.policy.sessions import ORGANISE, SESSION, is_organiser, organised_by

REGISTRATION = "rendezvous.Registration"
FOLLOW_UP = "rendezvous.FollowUp"
# What the other side wrote is told with these: a no is told to nobody.
SHARED = (Outcome.MUTUAL, Outcome.OPEN)


@rows(Feedback)
def feedbacks(person: Person, queryset: Rows) -> Rows:
    """One's own; the other side's, once both have answered and neither said no."""
    if not person.is_authenticated:
        return queryset.none()
    mine = own_registrations(person).values("pk")
    return queryset.filter(
        models.Q(registration__in=mine) | models.Q(other__in=mine, outcome__in=SHARED)
    )


def _own_followups(person: Person) -> models.Q:
    own = own_organisations(person)
    return models.Q(low__organisation__in=own) | models.Q(high__organisation__in=own)


@rows(FollowUp)
def followups(person: Person, queryset: Rows) -> Rows:
    """Both sides, and the catalyst of the session."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(
        _own_followups(person) | models.Q(session__in=organised_by(person))
    )


def _both_sides(person: Person) -> Rows:
    if not person.is_authenticated:
        return FollowUp.objects.none().values("pk")
    return FollowUp.objects.filter(_own_followups(person)).values("pk")


@rows(Commitment)
def commitments(person: Person, queryset: Rows) -> Rows:
    """The words of a card are for its two sides."""
    return queryset.filter(followup__in=_both_sides(person))


@rows(Signature)
def signatures(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(commitment__followup__in=_both_sides(person))


@rows(Checkpoint)
def checkpoints(person: Person, queryset: Rows) -> Rows:
    """What one side answers is for its own members."""
    return queryset.filter(registration__organisation__in=own_organisations(person))


@rules.predicate
def is_observer_of(person: Person, session: Session | None) -> bool:
    """An observer of the territory for which the session is held, or of what holds it."""
    if session is None or not (person.is_authenticated and person.is_active):
        return False
    mandates = Mandate.objects.filter(user=person, role=MandateRole.OBSERVER)
    current = mandates.current(timezone.localdate())
    return current.covering(session.territory).exists()


rules.add_perm("rendezvous.view_figures", is_organiser | is_observer_of)

for _name in (
    "feedback_give",
    "followup_detail",
    "progress_say",
    "card_write",
    "card_sign",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission="rendezvous.register_organisation",
        session_id=SESSION,
        public_id=ORGANISATION,
        other_id=REGISTRATION,
    )
route(
    "rendezvous:card_find",
    Access.SIGNED_IN,
    permission="rendezvous.register_organisation",
    session_id=SESSION,
    public_id=ORGANISATION,
)
route(
    "rendezvous:followup_list",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
)
route(
    "rendezvous:followup_act",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
    followup_id=FOLLOW_UP,
)
route(
    "rendezvous:session_figures",
    Access.SIGNED_IN,
    permission="rendezvous.view_figures",
    session_id=SESSION,
)
route("rendezvous:figures_compare", Access.SIGNED_IN)
