"""Actions of a collective process: what is kept, and who carries it."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alliances.models import Organisation
from alliances.selectors.recipients import deciding_of
from notifications.services import notify
from rendezvous.enums import ActionProgress, ActionState
from rendezvous.models import Process, ProcessAction
from rendezvous.notices import CARRIER_ASKED
from rendezvous.services.process_plans import (
    ActionPlan,
    AlreadyThereError,
    NoCarrierError,
    TooManyKeptError,
)
from rendezvous.services.processes import lock_process


def save_action(
    process: Process, plan: ActionPlan, *, action: ProcessAction | None = None
) -> ProcessAction:
    """Create or correct an action; another carrier is asked anew.

    Raises
    ------
    AlreadyThereError
        If another action of the process has that title.
    UnkeptError
        If what is kept would not be allowed any more.
    """
    try:
        with transaction.atomic():
            return _save_action(lock_process(process), plan, action)
    except IntegrityError as error:
        raise AlreadyThereError from error


def _save_action(
    process: Process, plan: ActionPlan, action: ProcessAction | None
) -> ProcessAction:
    if action is None:
        action = ProcessAction(process=process)
    else:  # somebody may have decided of it, or agreed to carry it, meanwhile
        action = ProcessAction.objects.get(pk=action.pk)
    asks = plan.carrier is not None and plan.carrier.pk != action.carrier_id
    if action.carrier_id != (plan.carrier.pk if plan.carrier else None):
        action.carrier, action.carrier_agreed_at = plan.carrier, None
    action.title, action.description = plan.title, plan.description
    action.group, action.progress = plan.group, plan.progress
    if action.is_kept:
        _check_kept(process, action)
    action.save()
    if asks and plan.carrier is not None:
        _ask_carrier(process, action, plan.carrier)
    return action


@transaction.atomic
def decide(action: ProcessAction, state: ActionState) -> None:
    """Keep an action, or not; at most so many by group, each with its carrier.

    Raises
    ------
    UnkeptError
        If it may not be kept.
    """
    process = lock_process(action.process)
    locked = ProcessAction.objects.get(pk=action.pk)
    if state == ActionState.KEPT and not locked.is_kept:
        _check_kept(process, locked)
        locked.progress = locked.progress or ActionProgress.PLANNED
    locked.state = state
    locked.save(update_fields=["state", "progress"])


@transaction.atomic
def answer_carrier(
    action: ProcessAction, organisation: Organisation, *, agrees: bool
) -> bool:
    """Write down whether an organisation carries an action; say whether it was asked."""
    process = lock_process(action.process)
    rows = ProcessAction.objects.filter(
        pk=action.pk, process=process, carrier=organisation
    )
    if agrees:
        asked = rows.filter(carrier_agreed_at=None)
        return bool(asked.update(carrier_agreed_at=timezone.now()))
    return bool(rows.update(carrier=None, carrier_agreed_at=None))


def _check_kept(process: Process, action: ProcessAction) -> None:
    if action.carrier_id is None and not action.carrier_is_unknown:
        raise NoCarrierError
    kept = ProcessAction.objects.kept().filter(process=process, group=action.group)
    is_transverse = action.group_id is None
    room = process.kept_transverse if is_transverse else process.kept_per_group
    if kept.exclude(pk=action.pk).count() >= room:
        raise TooManyKeptError


def _ask_carrier(
    process: Process, action: ProcessAction, organisation: Organisation
) -> None:
    notify(
        CARRIER_ASKED,
        deciding_of(organisation.pk),
        key=f"process:{action.public_id}:{organisation.public_id}",
        path=reverse("rendezvous:process_detail", args=[process.public_id]),
        context={
            "organisation": organisation.name,
            "territory": process.territory.name,
        },
    )
