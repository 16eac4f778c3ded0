"""Who belongs to an organisation, who is invited, who asks to join."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from accounts.models import Absence
from accounts.policy import Person, can, visible
from accounts.selectors.absences import absences_to_tell
from alliances.enums import MembershipRole
from alliances.models import Claim, Invitation, Membership, Organisation

FIRST_ROLES = (MembershipRole.SIGNATORY, MembershipRole.REFERENT)


@dataclass(frozen=True)
class Member:
    """One line of the team, and what the reader may do about it."""

    membership: Membership
    is_me: bool
    may_manage: bool
    roles: list[tuple[str, str]]
    # The absence in course, else the next of the month: own members alone read it.
    absence: Absence | None
    is_away: bool


@dataclass(frozen=True)
class Team:
    """The team as one member reads it."""

    organisation: Organisation
    members: list[Member]
    may_manage: bool
    may_name_signatory: bool
    invitations: list[Invitation]
    claims: list[Claim]
    waiting_count: int

    @property
    def lead_away(self) -> Absence | None:
        """The absence of the lead contact, whom reminders wait for."""
        lead = next((one for one in self.members if one.membership.is_lead), None)
        return lead.absence if lead and lead.is_away else None


def team(organisation: Organisation, person: Person) -> Team:
    """Return the members; invitations and requests to who decides alone."""
    may_manage = can(person, "alliances.manage_team", organisation)
    may_sign = can(person, "alliances.name_signatory", organisation)
    rows = visible(person, Membership.objects.filter(organisation=organisation))
    ordered = list(rows.select_related("user").order_by(_rank(), "created_at", "pk"))
    claims = Claim.objects.filter(organisation=organisation, state=Claim.State.PENDING)
    return Team(
        organisation=organisation,
        members=_lines(ordered, person, may_manage=may_manage, may_sign=may_sign),
        may_manage=may_manage,
        may_name_signatory=may_sign,
        invitations=_invitations(organisation, person) if may_manage else [],
        claims=_claims(claims, person) if may_manage else [],
        waiting_count=claims.count(),
    )


def _rank() -> Case:
    whens = [When(role=role, then=Value(rank)) for rank, role in enumerate(FIRST_ROLES)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def _lines(
    memberships: Sequence[Membership],
    person: Person,
    *,
    may_manage: bool,
    may_sign: bool,
) -> list[Member]:
    today = timezone.localdate()
    absences = absences_to_tell([one.user_id for one in memberships], today)
    lines = []
    for one in memberships:
        absence = absences.get(one.user_id)
        is_signatory = one.role == MembershipRole.SIGNATORY
        line = Member(
            one,
            is_me=one.user_id == person.pk,
            may_manage=may_manage and (may_sign or not is_signatory),
            roles=_other_roles(one, may_sign=may_sign),
            absence=absence,
            is_away=absence is not None and absence.starts_on <= today,
        )
        lines.append(line)
    return lines


def _other_roles(membership: Membership, *, may_sign: bool) -> list[tuple[str, str]]:
    return [
        (str(role.value), str(role.label))
        for role in MembershipRole
        if role != membership.role and (may_sign or role != MembershipRole.SIGNATORY)
    ]


def _invitations(organisation: Organisation, person: Person) -> list[Invitation]:
    rows = visible(person, Invitation.objects.filter(organisation=organisation))
    pending = rows.filter(state=Invitation.State.PENDING)
    return list(pending.select_related("invited_by").order_by("-sent_at", "pk"))


def _claims(claims: QuerySet[Claim], person: Person) -> list[Claim]:
    return list(visible(person, claims).select_related("user").order_by("created_at"))


def roles_by_organisation(person: Person) -> dict[int, str]:
    """Return in words the role of ``person`` in each of their organisations."""
    rows = Membership.objects.filter(user=person.pk)
    return {row.organisation_id: row.get_role_display() for row in rows}
