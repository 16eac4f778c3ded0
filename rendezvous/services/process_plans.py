"""What a catalyst says of a collective process, and why something is refused."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from alliances.models import Organisation
from rendezvous.models import ProcessGroup


class UnkeptError(Exception):
    """The action is not kept, for a reason that the catalyst may read."""


class NoCarrierError(UnkeptError):
    """An action is kept with the organisation that will carry it."""


class TooManyKeptError(UnkeptError):
    """The group already keeps as many actions as the process allows."""


class AlreadyThereError(Exception):
    """The process has a group, or an action, of that name."""


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """What a catalyst says of a process; bounded by the form."""

    title: str
    place: str
    description: str
    next_need: str
    kept_per_group: int
    kept_transverse: int


@dataclass(frozen=True, slots=True)
class StageReport:
    """When a stage was, and who came, by kind."""

    begins_on: dt.date | None
    ends_on: dt.date | None
    attended: int | None
    ready: int | None
    note: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """One of the three meetings of a group."""

    held_on: dt.date | None
    attended: int | None
    summary: str


@dataclass(frozen=True, slots=True)
class GroupPlan:
    theme: str
    domain: str
    meetings: Mapping[str, MeetingReport]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    title: str
    description: str
    group: ProcessGroup | None
    carrier: Organisation | None
    progress: str
