"""Collective processes, their groups and their actions."""

from rendezvous.enums import GroupStep, ProcessStageCode, ProcessState
from rendezvous.models import (
    GroupMeeting,
    GroupMember,
    Process,
    ProcessAction,
    ProcessGroup,
    ProcessStage,
)


def process_of(territory, **values):
    """A published process, with its four stages, none of them told."""
    values = {
        "title": "Agir ensemble ici",
        "place": "Ici-sur-Loire",
        "state": ProcessState.PUBLIC,
        **values,
    }
    process = Process.objects.create(territory=territory, **values)
    for stage in ProcessStageCode.values:
        ProcessStage.objects.create(process=process, stage=stage)
    return process


def group_of(process, theme="Mobilité", *, members=(), **meetings):
    """A group with its three meetings; ``meetings``: what came out, by step."""
    group = ProcessGroup.objects.create(process=process, theme=theme)
    for step in GroupStep.values:
        GroupMeeting.objects.create(
            group=group, step=step, summary=meetings.get(step, "")
        )
    for organisation in members:
        GroupMember.objects.create(group=group, organisation=organisation)
    return group


def action_of(process, title="Un vélo pour chacun", **values):
    return ProcessAction.objects.create(process=process, title=title, **values)
