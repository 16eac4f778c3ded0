"""Every row that points to the absorbed organisation, then points to the kept one.

A row without a rule of its own just moves; the rules are for what can be there only
once (docs/decisions/0112). The caller holds the locks and the transaction.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.enums import RESPONSIBLE_ROLES, MembershipRole
from alliances.models import (
    Block,
    Claim,
    Establishment,
    Exclusion,
    Intention,
    Invitation,
    Membership,
    Organisation,
)
from alliances.selectors.merging import moving_keys
from alliances.services.merging.pairs import (
    fuse_introductions,
    fuse_live_interests,
    fuse_stated,
    fuse_suggestions,
)
from alliances.signals import organisations_merge

Rule = Callable[[Organisation, Organisation], None]


def move_everything(kept: Organisation, absorbed: Organisation) -> dict[str, int]:
    """Move every row; return how many there were, by model and field."""
    attached = {
        f"{model._meta.label}.{field}": count
        for model, field in moving_keys()
        if (count := _rows(model, field, absorbed).count())
    }
    for rule in RULES:
        rule(kept, absorbed)
    organisations_merge.send(sender=Organisation, kept=kept, absorbed=absorbed)
    for model, field in moving_keys():
        _rows(model, field, absorbed).update(**{field: kept.pk})
    _leave_no_loop(kept)
    return attached


def _rows(
    model: type[models.Model], field: str, organisation: Organisation
) -> models.QuerySet[Any]:
    return model._base_manager.filter(**{field: organisation.pk})  # noqa: SLF001


def _fuse_memberships(kept: Organisation, absorbed: Organisation) -> None:
    """Whoever is in both keeps the higher role; the others arrive with a modest one.

    A double that somebody made of an organisation gives them no right over it.
    """
    mine = {one.user_id: one for one in Membership.objects.filter(organisation=kept)}
    is_decided = any(one.role in RESPONSIBLE_ROLES for one in mine.values())
    Membership.objects.filter(organisation=absorbed).update(is_lead=False)
    for theirs in Membership.objects.filter(organisation=absorbed):
        theirs.role = _arriving_role(theirs.role, is_decided=is_decided)
        own = mine.get(theirs.user_id)
        if own is None:
            theirs.save(update_fields=["role"])
            continue
        if _rank(theirs.role) > _rank(own.role):
            Membership.objects.filter(pk=own.pk).update(role=theirs.role)
        theirs.delete()


def _arriving_role(role: str, *, is_decided: bool) -> str:
    if is_decided:
        return MembershipRole.CONTRIBUTOR
    return MembershipRole.REFERENT if role in RESPONSIBLE_ROLES else role


def _rank(role: str) -> int:
    return MembershipRole.values.index(role)


def _fuse_intentions(kept: Organisation, absorbed: Organisation) -> None:
    """One default intention: an empty one gives way, otherwise theirs is a draft."""
    own = Intention.objects.filter(organisation=kept, is_default=True).first()
    if own is None:
        return
    if _is_blank(own):
        has_other = Intention.objects.filter(organisation=absorbed, is_default=True)
        if has_other.exists():
            own.delete()
        return
    Intention.objects.filter(organisation=absorbed, is_default=True).update(
        is_default=False, state=Intention.State.DRAFT, title=absorbed.name[:160]
    )


def _is_blank(intention: Intention) -> bool:
    lines = (
        intention.domains,
        intention.needs,
        intention.offers,
        intention.perimeter,
    )
    return intention.square_hr is None and not any(each.exists() for each in lines)


def _fuse_establishments(kept: Organisation, absorbed: Organisation) -> None:
    """The same place without a number of its own is stated once."""
    own = Establishment.objects.filter(organisation=kept).values("commune")
    Establishment.objects.filter(
        organisation=absorbed, siret="", commune__in=own
    ).delete()


def _fuse_claims(kept: Organisation, absorbed: Organisation) -> None:
    """Whoever asked for both, or is a member, no longer waits for the absorbed one."""
    pending = Claim.objects.filter(state=Claim.State.PENDING)
    settled = Q(user__in=pending.filter(organisation=kept).values("user")) | Q(
        user__in=Membership.objects.filter(
            organisation__in=(kept.pk, absorbed.pk)
        ).values("user")
    )
    doubles = pending.filter(settled, organisation=absorbed).values_list(
        "pk", flat=True
    )
    Claim.objects.filter(pk__in=list(doubles)).update(
        state=Claim.State.WITHDRAWN, decided_at=timezone.now()
    )


def _fuse_invitations(kept: Organisation, absorbed: Organisation) -> None:
    """Who invited to the absorbed one could not invite to the other."""
    Invitation.objects.filter(
        organisation=absorbed, state=Invitation.State.PENDING
    ).update(state=Invitation.State.REVOKED, answered_at=timezone.now())


def _fuse_exclusions(kept: Organisation, absorbed: Organisation) -> None:
    fuse_stated(Exclusion, kept, absorbed, said=("sector", "kind"))


def _fuse_blocks(kept: Organisation, absorbed: Organisation) -> None:
    fuse_stated(Block, kept, absorbed, said=())


def _leave_no_loop(kept: Organisation) -> None:
    """The kept one was in the network of the absorbed one: it is not in its own."""
    Organisation.objects.filter(pk=kept.pk, network_head=kept.pk).update(
        network_head=None
    )
    kept.refresh_from_db(fields=["network_head"])


RULES: tuple[Rule, ...] = (
    _fuse_claims,  # reads who is in which
    _fuse_memberships,
    _fuse_invitations,
    _fuse_intentions,
    _fuse_establishments,
    _fuse_exclusions,
    _fuse_blocks,
    fuse_live_interests,
    fuse_introductions,
    fuse_suggestions,
)
