"""Who is told what about the members; nothing private leaves in a letter."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.public_id import new_public_id
from alliances import notices
from alliances.enums import RESPONSIBLE_ROLES, MandateRole, MembershipRole
from alliances.models import Claim, Invitation, Mandate, Membership, Organisation
from notifications.services import notify, settle, write_to


def invited(invitation: Invitation, token: str) -> None:
    """Write to the address, which may have an account or not: the letter is the same."""
    host = invitation.invited_by
    write_to(
        invitation.email,
        notices.INVITED,
        key=f"invitation:{invitation.public_id}:{invitation.sent_count}",
        path=reverse("alliances:invitation_answer", args=[token]),
        context={
            "organisation": invitation.organisation.name,
            "person": host.get_full_name() if host else "",
            "role": invitation.get_role_display(),
        },
    )


def claimed(claim: Claim) -> None:
    """Tell every member, who sees it on the page of the team; remind one of them."""
    members = User.objects.filter(is_active=True)
    leads = members.filter(
        memberships__organisation=claim.organisation, memberships__is_lead=True
    )
    notify(
        notices.CLAIM_RECEIVED,
        members_of(claim.organisation),
        remind=leads,
        key=_key(claim),
        path=reverse("alliances:team_detail", args=[claim.organisation.public_id]),
        context={"organisation": claim.organisation.name},
    )


def to_check(claim: Claim) -> None:
    """Tell who looks after the territory: nobody in the organisation answers."""
    notify(
        notices.CLAIM_TO_CHECK,
        _overseers(claim.organisation),
        key=_key(claim),
        path=reverse("alliances:claim_detail", args=[claim.public_id]),
        context={"organisation": claim.organisation.name},
    )


def claim_settled(claim: Claim) -> None:
    """Nobody is reminded of a request that no longer waits."""
    for kind in (notices.CLAIM_RECEIVED, notices.CLAIM_TO_CHECK):
        settle(kind, key=_key(claim))


def claim_decided(claim: Claim) -> None:
    """Tell the person what was answered, on a page: the letter does not say it."""
    claim_settled(claim)
    notify(
        notices.CLAIM_DECIDED,
        [claim.user],
        key=_key(claim),
        path=reverse("alliances:claim_detail", args=[claim.public_id]),
        context={"organisation": claim.organisation.name},
    )


def joined(organisation: Organisation, person: User) -> None:
    """Tell the others who came; a later return of the same person is other news."""
    others = [one for one in members_of(organisation) if one.pk != person.pk]
    _tell_team(notices.MEMBER_JOINED, organisation, others, person)


def left(member: Membership) -> None:
    team = members_of(member.organisation)
    _tell_team(notices.MEMBER_LEFT, member.organisation, team, member.user)


def erased(member: Membership, *, lead: Membership | None) -> None:
    """Tell those who decide that an account is gone, and what depended on it.

    Nothing here says whose: what is written down outlives the person's data. Where
    nobody decides any more, the other members are told. ``lead`` just became the lead
    contact.
    """
    organisation = member.organisation
    team = Membership.objects.filter(organisation=organisation, user__is_active=True)
    decide = [
        one.user
        for one in team.filter(role__in=RESPONSIBLE_ROLES).select_related("user")
    ]
    people = decide or members_of(organisation)
    signs = MembershipRole.SIGNATORY
    context = {
        "organisation": organisation.name,
        "decides": "yes" if decide else "nobody",
        "signs": "nobody"
        if member.role == signs and not team.filter(role=signs).exists()
        else "",
        "lead": "other" if lead else "",
    }
    key = f"erased:{organisation.public_id}:{new_public_id()}"
    path = reverse("alliances:team_detail", args=[organisation.public_id])
    for person in people:
        is_lead = lead is not None and lead.user_id == person.pk
        told = context | ({"lead": "you"} if is_lead else {})
        notify(notices.MEMBER_ERASED, [person], key=key, path=path, context=told)


def removed(member: Membership) -> None:
    """Tell the team, and the person, who no longer opens its pages."""
    left(member)
    notify(
        notices.ROLE_CHANGED,
        [member.user],
        key=_dated(member.organisation, member.user),
        path=reverse("alliances:my_organisations"),
        context={
            "organisation": member.organisation.name,
            "role": "",
        },
    )


def role_changed(member: Membership) -> None:
    notify(
        notices.ROLE_CHANGED,
        [member.user],
        key=_dated(member.organisation, member.user),
        path=reverse("alliances:team_detail", args=[member.organisation.public_id]),
        context={
            "organisation": member.organisation.name,
            "role": member.get_role_display(),
        },
    )


def members_of(organisation: Organisation) -> list[User]:
    rows = User.objects.filter(memberships__organisation=organisation, is_active=True)
    return list(rows.order_by("pk"))


def _overseers(organisation: Organisation) -> Iterable[User]:
    """Catalysts of its territory; administrators where there is none."""
    found: list[User] = []
    if organisation.seat_id is not None:
        mandates = Mandate.objects.filter(role=MandateRole.CATALYST)
        mandates = mandates.current(timezone.localdate()).over(organisation.seat_id)
        people = User.objects.filter(pk__in=mandates.values("user"), is_active=True)
        found = list(people)
    return found or list(User.objects.filter(is_staff=True, is_active=True))


def _tell_team(
    kind: notices.Kind, organisation: Organisation, people: list[User], about: User
) -> None:
    notify(
        kind,
        people,
        key=_dated(organisation, about),
        path=reverse("alliances:team_detail", args=[organisation.public_id]),
        context={"organisation": organisation.name},
    )


def _key(claim: Claim) -> str:
    return f"claim:{claim.public_id}"


def _dated(organisation: Organisation, person: User) -> str:
    now = timezone.now()
    return f"member:{organisation.public_id}:{person.public_id}:{now:%Y%m%d%H%M%S%f}"
