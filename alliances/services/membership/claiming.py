"""Requests to join an organisation that is already here."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.policy import can
from alliances.enums import MembershipRole
from alliances.models import Claim, Membership, Organisation
from alliances.services.membership import telling
from alliances.services.membership.locking import (
    ensure_lead,
    has_responsible,
    locked,
)
from alliances.services.membership.refusals import (
    AlreadyClaimedError,
    AlreadyDoneError,
    AlreadyMemberError,
    NotAllowedError,
    RefusedLatelyError,
    TooManyClaimsError,
)
from alliances.services.membership.terms import (
    CLAIM_AGAIN,
    CLAIM_ANSWER,
    CLAIM_LIFETIME,
    CLAIMS_MAX,
)

State = Claim.State


def claim_organisation(
    organisation: Organisation, user: User, *, position: str, proof: str
) -> Claim:
    """Ask to join; the answer comes from whoever `policy.waiting_for` says.

    Raises
    ------
    RefusedError
        If the person is a member, already waits, was refused lately or asks too much.
    """
    try:
        with transaction.atomic():
            locked(organisation.pk)
            _allow_claiming(organisation, user)
            claim = Claim.objects.create(
                organisation=organisation,
                user=user,
                position=position,
                proof=proof,
                answer_by=timezone.now() + CLAIM_ANSWER,
            )
            telling.claimed(claim)
            if not has_responsible(organisation):
                telling.to_check(claim)
    except IntegrityError as error:
        raise AlreadyClaimedError from error
    return claim


def _allow_claiming(organisation: Organisation, user: User) -> None:
    claims = Claim.objects.filter(user=user)
    mine = claims.filter(organisation=organisation)
    if Membership.objects.filter(user=user, organisation=organisation).exists():
        raise AlreadyMemberError
    if mine.filter(state=State.PENDING).exists():
        raise AlreadyClaimedError
    limit = timezone.now() - CLAIM_AGAIN
    if mine.filter(state=State.REFUSED, decided_at__gt=limit).exists():
        raise RefusedLatelyError
    if claims.filter(state=State.PENDING).count() >= CLAIMS_MAX:
        raise TooManyClaimsError


@transaction.atomic
def approve_claim(claim: Claim, *, by: User, answer: str = "") -> None:
    """Let the person in: as a member beside responsible ones, otherwise as referent.

    Raises
    ------
    RefusedError
        If it was decided, withdrawn or expired meanwhile, or if ``by`` may not.
    """
    organisation = locked(claim.organisation_id)
    current = _decide(claim, State.APPROVED, by=by, answer=answer)
    role = (
        MembershipRole.CONTRIBUTOR
        if has_responsible(organisation)
        else MembershipRole.REFERENT
    )
    Membership.objects.get_or_create(
        user_id=claim.user_id, organisation=organisation, defaults={"role": role}
    )
    ensure_lead(organisation)
    telling.claim_decided(current)
    telling.joined(organisation, current.user)


@transaction.atomic
def refuse_claim(claim: Claim, *, by: User, answer: str = "") -> None:
    """Refuse; the person may ask again after a while."""
    locked(claim.organisation_id)
    telling.claim_decided(_decide(claim, State.REFUSED, by=by, answer=answer))


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: User) -> None:
    """Take one's request back."""
    locked(claim.organisation_id)
    current = _pending(claim)
    if not can(by, "alliances.withdraw_claim", current):
        raise NotAllowedError
    _close(current, State.WITHDRAWN, by=by)
    telling.claim_settled(current)


@transaction.atomic
def expire_claims(now: dt.datetime) -> int:
    """Close the requests that nobody answered in time; return how many."""
    old = Claim.objects.filter(
        state=State.PENDING, created_at__lte=now - CLAIM_LIFETIME
    )
    expired = list(
        old.select_for_update(skip_locked=True, of=("self",)).select_related(
            "user", "organisation"
        )
    )
    for claim in expired:
        _close(claim, State.EXPIRED, by=None)
        telling.claim_decided(claim)
    return len(expired)


@transaction.atomic
def escalate_claims(now: dt.datetime) -> None:
    """Tell the catalysts what the members let wait; told once per request."""
    late = Claim.objects.filter(state=State.PENDING, answer_by__lte=now)
    for claim in late.select_related("organisation"):
        telling.to_check(claim)


def _decide(claim: Claim, state: str, *, by: User, answer: str) -> Claim:
    current = _pending(claim)
    if not can(by, "alliances.decide_claim", current):
        raise NotAllowedError
    return _close(current, state, by=by, answer=answer)


def _pending(claim: Claim) -> Claim:
    """Lock the request, still waiting."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related(
        "user", "organisation"
    )
    current = rows.filter(pk=claim.pk, state=State.PENDING).first()
    if current is None:
        raise AlreadyDoneError
    return current


def _close(claim: Claim, state: str, *, by: User | None, answer: str = "") -> Claim:
    claim.state = state
    claim.decided_at = timezone.now()
    claim.decided_by = by
    claim.answer = answer
    claim.save(update_fields=["state", "decided_at", "decided_by", "answer"])
    return claim
