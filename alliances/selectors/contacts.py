"""Whom to speak to in an organisation, as far as the reader may know it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Consent
from accounts.policy import Person
from accounts.selectors.absences import absences_of
from accounts.selectors.consents import live_consents
from alliances.models import Membership, Organisation
from alliances.policy import is_member, is_partner


@dataclass(frozen=True)
class Contact:
    """A person as the reader may know them: what is not for them is empty."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    is_lead: bool = False
    away_until: dt.date | None = None


def contacts_of(organisation: Organisation, reader: Person) -> list[Contact]:
    """Return the persons of ``organisation`` that ``reader`` may know, the lead first.

    Its own members know each other. Partners have the lead contact's address and
    number, with that person's consent. Everybody reads the names of those who agreed.
    Consents are read at each call: one withdrawn no longer counts.
    """
    members = _members(organisation)
    if is_member(reader, organisation):
        return _for_own(members)
    scope = organisation.public_id
    people = [member.user_id for member in members]
    named = live_consents(people, Consent.Purpose.PUBLISH_NAME, scope)
    shared: set[int] = set()
    if is_partner(reader, organisation):
        leads = [member.user_id for member in members if member.is_lead]
        shared = live_consents(leads, Consent.Purpose.SHARE_CONTACT, scope)
    return _for_others(members, named, shared)


def _members(organisation: Organisation) -> list[Membership]:
    found = Membership.objects.filter(
        organisation=organisation, user__is_active=True, user__erased_at=None
    )
    return list(found.select_related("user").order_by("-is_lead", "user__name", "pk"))


def _for_own(members: Sequence[Membership]) -> list[Contact]:
    away = absences_of([one.user_id for one in members], timezone.localdate())
    return [
        Contact(
            name=one.user.name or one.user.email,
            role=one.get_role_display(),
            email=one.user.email,
            phone=one.user.phone,
            is_lead=one.is_lead,
            away_until=away[one.user_id].ends_on if one.user_id in away else None,
        )
        for one in members
    ]


def _for_others(
    members: Iterable[Membership], named: set[int], shared: set[int]
) -> list[Contact]:
    """An address shared says whose it is; a name published says nothing more."""
    return [
        Contact(
            name=one.user.name,
            email=one.user.email if one.user_id in shared else "",
            phone=one.user.phone if one.user_id in shared else "",
            is_lead=one.user_id in shared,
        )
        for one in members
        if one.user_id in shared or (one.user_id in named and one.user.name)
    ]
