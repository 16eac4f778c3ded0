"""The collective process of Charenton – Saint-Maurice, replayed as its source tells it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rendezvous.demonstration import PROCESS, charenton
from rendezvous.enums import ActionState, GroupStep, ProcessState
from rendezvous.models import (
    GroupMeeting,
    PlenaryShare,
    Process,
    ProcessAction,
    ProcessGroup,
    ProcessStage,
)
from territories.selectors import resolve

COMPOSITION = "associations, entreprises, élus, services publics, institutionnels"
LISTS = ("stages", "groups", "transverse", "territory")


@transaction.atomic
def load_process() -> Process:
    """Return the process, written down when it is not there; safe to run again."""
    known = Process.objects.filter(public_id=PROCESS).first()
    if known is not None:
        return known
    told = charenton()
    process = Process.objects.create(
        public_id=PROCESS,
        territory=resolve(told["territory"]).territory,
        state=ProcessState.PUBLIC,
        **{name: _text(value) for name, value in told.items() if name not in LISTS},
    )
    for stage in told["stages"]:
        _stage(process, stage)
    for group in told["groups"]:
        _group(process, group)
    for title in told["transverse"]["actions"]:
        _action(process, None, title)
    return process


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _stage(process: Process, told: Mapping[str, Any]) -> None:
    columns = {name: value for name, value in told.items() if name != "shares"}
    stage = ProcessStage.objects.create(process=process, **columns)
    PlenaryShare.objects.bulk_create(
        PlenaryShare(stage=stage, **share) for share in told.get("shares", ())
    )


def _group(process: Process, told: Mapping[str, Any]) -> None:
    group = ProcessGroup.objects.create(
        process=process,
        theme=told["theme"],
        domain=told["domain"],
        composition=COMPOSITION,
    )
    GroupMeeting.objects.bulk_create(
        GroupMeeting(group=group, step=step, is_held=True) for step in GroupStep.values
    )
    for title in told["actions"]:
        _action(process, group, title)


def _action(process: Process, group: ProcessGroup | None, title: str) -> None:
    ProcessAction.objects.create(
        process=process,
        group=group,
        title=title,
        state=ActionState.KEPT,
        carrier_is_unknown=True,
    )
