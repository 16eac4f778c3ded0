"""Who acts for an organisation, and with which right."""

import rules
from django.utils import timezone

from accounts import second_factor
from accounts.models import User
from accounts.policy import Person, Rows
from alliances.enums import RESPONSIBLE_ROLES, MandateRole, MembershipRole
from alliances.models import Mandate, Membership, Organisation
from territories.models import Territory


def _holds(person: Person, organisation: Organisation | None, *roles: str) -> bool:
    """A person has one of ``roles`` in an organisation that is active."""
    return (
        organisation is not None
        and person.is_authenticated
        and person.is_active
        and organisation.archived_at is None
        and Membership.objects.filter(
            user=person, organisation=organisation, role__in=roles
        ).exists()
    )


@rules.predicate
def is_member(person: Person, organisation: Organisation | None) -> bool:
    """A person acts for an active organisation that they belong to."""
    return _holds(person, organisation, *MembershipRole)


@rules.predicate
def is_responsible(person: Person, organisation: Organisation | None) -> bool:
    """A referent decides for the organisation; a signatory does what a referent does."""
    return _holds(person, organisation, *RESPONSIBLE_ROLES)


@rules.predicate
def is_signatory(person: Person, organisation: Organisation | None) -> bool:
    return _holds(person, organisation, MembershipRole.SIGNATORY)


def territories_of(person: Person) -> Rows:
    """The territories that ``person`` looks after as a catalyst, as a subquery."""
    mandates = Mandate.objects.filter(role=MandateRole.CATALYST)
    if not (person.is_authenticated and person.is_active):
        mandates = mandates.none()
    else:
        mandates = mandates.filter(user=person).current(timezone.localdate())
    return mandates.values("territory")


@rules.predicate
def is_catalyst(person: Person) -> bool:
    """A catalyst looks after a territory, whichever it is."""
    return bool(territories_of(person).exists())


@rules.predicate
def is_catalyst_of(person: Person, organisation: Organisation | None) -> bool:
    """A catalyst looks after organisations whose seat is in the mandate's territory."""
    return (
        organisation is not None
        and organisation.seat_id is not None
        and person.is_authenticated
        and person.is_active
        and Mandate.objects.filter(user=person, role=MandateRole.CATALYST)
        .current(timezone.localdate())
        .over(organisation.seat_id)
        .exists()
    )


@rules.predicate
def is_catalyst_over(person: Person, territory: Territory | None) -> bool:
    """A catalyst looks after the whole of the mandate's territory, and its parts."""
    return (
        territory is not None
        and person.is_authenticated
        and person.is_active
        and Mandate.objects.filter(user=person, role=MandateRole.CATALYST)
        .current(timezone.localdate())
        .covering(territory)
        .exists()
    )


@second_factor.requires
def engages_others(person: User) -> bool:
    """A signatory binds an organisation, a catalyst looks after those of a place."""
    signs = Membership.objects.filter(user=person, role=MembershipRole.SIGNATORY)
    catalyses = Mandate.objects.filter(user=person, role=MandateRole.CATALYST).current(
        timezone.localdate()
    )
    return signs.values("pk").union(catalyses.values("pk"), all=True).exists()


def own_organisations(person: Person) -> Rows:
    """The organisations that ``person`` acts for, as a subquery."""
    mine = Membership.objects.filter(organisation__archived_at=None)
    if not (person.is_authenticated and person.is_active):
        mine = mine.none()
    else:
        mine = mine.filter(user=person)
    return mine.values("organisation")
