"""A collective process as it is read: its stages, its groups, what was kept."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from alliances.models import Organisation
from alliances.policy.roles import territories_of
from rendezvous.enums import ActionState, ProcessStageCode
from rendezvous.models import (
    GroupMeeting,
    GroupMember,
    PlenaryShare,
    Process,
    ProcessAction,
    ProcessGroup,
    ProcessStage,
)
from rendezvous.wording import KIND_WORDS

PAGE_SIZE = 20


@dataclass(frozen=True)
class Share:
    """Who came, in words, and what part of all."""

    label: str
    count: int | None
    pct: float

    @property
    def told(self) -> str:
        return f"{self.pct:.0f}"


@dataclass(frozen=True)
class StageLine:
    """A stage, who came, and where it stands for ``components/step_path``."""

    number: int
    code: ProcessStageCode
    row: ProcessStage | None
    shares: list[Share]
    state: str

    @property
    def label(self) -> str:
        return str(self.code.label)


@dataclass(frozen=True)
class ActionLine:
    """An action; ``carrier``: who is said to carry it, for who reads the page."""

    row: ProcessAction
    carrier: Organisation | None

    @property
    def is_awaited(self) -> bool:
        """Tell whether somebody was asked and has not answered."""
        return self.row.carrier_id is not None and not self.row.is_agreed


@dataclass(frozen=True)
class GroupLine:
    """A group with its meetings and its actions; ``kinds``: of its organisations."""

    row: ProcessGroup
    meetings: list[GroupMeeting]
    actions: list[ActionLine]
    size: int
    kinds: list[tuple[str, int]]

    @property
    def kept(self) -> list[ActionLine]:
        return [one for one in self.actions if one.row.is_kept]

    @property
    def is_out_of_size(self) -> bool:
        return bool(self.size) and not (
            self.row.size_min <= self.size <= self.row.size_max
        )


@dataclass(frozen=True)
class Figures:
    """What is counted of a process."""

    leaders: int | None
    groups: int
    kept: int
    carried: int
    restitution: int | None


@dataclass(frozen=True)
class ProcessPage:
    process: Process
    stages: list[StageLine]
    groups: list[GroupLine]
    transverse: list[ActionLine]
    figures: Figures


def processes_page(viewer: Person, number: str | None) -> "Page[Any]":
    """Return a page of those that are published, the last first."""
    rows = visible(viewer, Process.objects.public()).select_related("territory")
    return Paginator(rows.order_by("-pk"), PAGE_SIZE).get_page(number)


def led_processes(person: Person) -> list[Process]:
    """Return those that a catalyst leads, the last first."""
    rows = Process.objects.filter(territory__in=territories_of(person))
    found = visible(person, rows).select_related("territory")
    return list(found.order_by("-pk")[:PAGE_SIZE])


def process_page(process: Process, viewer: Person, *, leads: bool) -> ProcessPage:
    """Return all that ``viewer`` may read of a process."""
    actions = _actions(process, viewer, leads=leads)
    stages = _stages(process, viewer)
    groups = _groups(process, viewer, actions)
    by_code = {one.code: one.row for one in stages}
    kept = [one for lines in actions.values() for one in lines if one.row.is_kept]
    return ProcessPage(
        process,
        stages,
        groups,
        actions[None],
        Figures(
            leaders=_attended(by_code[ProcessStageCode.INVITATION]),
            groups=len(groups),
            kept=len(kept),
            carried=sum(one.row.is_agreed for one in kept),
            restitution=_attended(by_code[ProcessStageCode.RESTITUTION]),
        ),
    )


def _stages(process: Process, viewer: Person) -> list[StageLine]:
    rows = visible(viewer, ProcessStage.objects.filter(process=process))
    by_code = {one.stage: one for one in rows}
    shares: dict[int, list[PlenaryShare]] = defaultdict(list)
    told = visible(viewer, PlenaryShare.objects.filter(stage__in=by_code.values()))
    for share in told.order_by("pk"):
        shares[share.stage_id].append(share)
    current = ProcessStageCode.values.index(process.stage)
    return [
        StageLine(
            number,
            code,
            row := by_code.get(code.value),
            _shares(row, shares[row.pk]) if row else [],
            _position(number - 1, current),
        )
        for number, code in enumerate(ProcessStageCode, start=1)
    ]


def _position(at: int, current: int) -> str:
    if at == current:
        return "current"
    return "done" if at < current else "todo"


def _shares(stage: ProcessStage, rows: list[PlenaryShare]) -> list[Share]:
    """Counted shares are of those who came; the others are as their source gives them."""
    total = sum(one.count or 0 for one in rows)
    return [
        Share(
            _share_label(one),
            one.count,
            float(one.share_pct)
            if one.share_pct is not None
            else 100 * (one.count or 0) / max(total, 1),
        )
        for one in rows
    ]


def _share_label(share: PlenaryShare) -> str:
    if share.label:
        return share.label
    return str(KIND_WORDS[ActorKind(share.kind)][1]).capitalize()


def _actions(
    process: Process, viewer: Person, *, leads: bool
) -> dict[int | None, list[ActionLine]]:
    """Return the actions by group; who carries them is told once it said yes."""
    rows = visible(viewer, ProcessAction.objects.filter(process=process))
    rows = rows.select_related("carrier").defer("carrier__search_vector")
    found: dict[int | None, list[ActionLine]] = defaultdict(list)
    for one in rows.order_by("pk"):
        is_told = leads or one.is_agreed
        if leads or one.state == ActionState.KEPT:
            line = ActionLine(one, one.carrier if is_told else None)
            found[one.group_id].append(line)
    return found


def _groups(
    process: Process, viewer: Person, actions: dict[int | None, list[ActionLine]]
) -> list[GroupLine]:
    groups = visible(viewer, ProcessGroup.objects.filter(process=process))
    rows = list(groups.order_by("pk"))
    meetings: dict[int, list[GroupMeeting]] = defaultdict(list)
    told = visible(viewer, GroupMeeting.objects.filter(group__in=rows))
    for meeting in told.order_by("pk"):
        meetings[meeting.group_id].append(meeting)
    kinds = _kinds(rows)
    return [
        GroupLine(
            one,
            meetings[one.pk],
            actions[one.pk],
            sum(kinds[one.pk].values()),
            [
                (str(KIND_WORDS[kind][count > 1]), count)
                for kind in ActorKind
                if (count := kinds[one.pk][kind.value])
            ],
        )
        for one in rows
    ]


def _kinds(groups: list[ProcessGroup]) -> dict[int, Counter[str]]:
    """Count by kind, for everybody: which organisations these are is told to nobody."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = GroupMember.objects.filter(group__in=groups)
    for group, kind in rows.values_list("group", "organisation__kind"):
        found[group][kind] += 1
    return found


def _attended(stage: ProcessStage | None) -> int | None:
    return stage.attended if stage else None
