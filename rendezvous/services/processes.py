"""Leading a collective process: its stages and its groups."""

from dataclasses import asdict

from django.db import IntegrityError, transaction

from accounts.models import User
from alliances.models import Organisation
from rendezvous.enums import GroupStep, ProcessStageCode, ProcessState
from rendezvous.models import (
    GroupMeeting,
    GroupMember,
    PlenaryShare,
    Process,
    ProcessGroup,
    ProcessStage,
)
from rendezvous.services.process_plans import (
    AlreadyThereError,
    GroupPlan,
    ProcessPlan,
    StageReport,
)
from territories.models import Territory


@transaction.atomic
def create_process(territory: Territory, plan: ProcessPlan, *, by: User) -> Process:
    process = Process.objects.create(territory=territory, by=by, **asdict(plan))
    ProcessStage.objects.bulk_create(
        ProcessStage(process=process, stage=stage) for stage in ProcessStageCode.values
    )
    return process


@transaction.atomic
def edit_process(process: Process, plan: ProcessPlan) -> None:
    locked = lock_process(process)
    for name, value in asdict(plan).items():
        setattr(locked, name, value)
    locked.save()


@transaction.atomic
def move_on(process: Process, stage: ProcessStageCode) -> None:
    """Say which stage is under way."""
    locked = lock_process(process)
    locked.stage = stage
    locked.save(update_fields=["stage", "updated_at"])


@transaction.atomic
def publish_process(process: Process, *, is_public: bool) -> None:
    """Show the process to everybody, or only to its catalysts again."""
    locked = lock_process(process)
    locked.state = ProcessState.PUBLIC if is_public else ProcessState.DRAFT
    locked.save(update_fields=["state", "updated_at"])


@transaction.atomic
def report_stage(process: Process, stage: str, told: StageReport) -> None:
    """Write down when a stage was and who came; the shares are counted again."""
    lock_process(process)
    columns = {
        "begins_on": told.begins_on,
        "ends_on": told.ends_on,
        "attended": told.attended,
        "ready": told.ready,
        "note": told.note,
    }
    row, _new = ProcessStage.objects.update_or_create(
        process=process, stage=stage, defaults=columns
    )
    PlenaryShare.objects.filter(stage=row).delete()
    PlenaryShare.objects.bulk_create(
        PlenaryShare(stage=row, kind=kind, count=count)
        for kind, count in sorted(told.counts.items())
        if count
    )


def save_group(
    process: Process, plan: GroupPlan, *, group: ProcessGroup | None = None
) -> ProcessGroup:
    """Create or correct a group and its three meetings.

    Raises
    ------
    AlreadyThereError
        If another group of the process has that theme.
    """
    try:
        with transaction.atomic():
            return _save_group(process, plan, group)
    except IntegrityError as error:
        raise AlreadyThereError from error


def _save_group(
    process: Process, plan: GroupPlan, group: ProcessGroup | None
) -> ProcessGroup:
    group = group or ProcessGroup(process=process)
    group.theme, group.domain = plan.theme, plan.domain
    group.save()
    for step in GroupStep.values:
        told = plan.meetings[step]
        GroupMeeting.objects.update_or_create(
            group=group,
            step=step,
            defaults={
                "is_held": told.held_on is not None,
                "held_on": told.held_on,
                "attended": told.attended,
                "summary": told.summary,
            },
        )
    return group


def take_part(group: ProcessGroup, organisation: Organisation) -> None:
    GroupMember.objects.get_or_create(group=group, organisation=organisation)


def leave_group(group: ProcessGroup, organisation: Organisation) -> None:
    GroupMember.objects.filter(group=group, organisation=organisation).delete()


def lock_process(process: Process) -> Process:
    """What is kept is counted under the lock of the process."""
    rows = Process.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("territory").get(pk=process.pk)
