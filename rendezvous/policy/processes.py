"""A collective process: its results are everybody's, its work is its catalyst's."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import is_responsible, own_organisations, territories_of
from rendezvous.enums import ActionState, ProcessState
from rendezvous.models import (
    GroupMeeting,
    GroupMember,
    PlenaryShare,
    Process,
    ProcessAction,
    ProcessGroup,
    ProcessStage,
)
from rendezvous.policy.participants import ORGANISATION
from rendezvous.policy.sessions import is_organiser

PROCESS, GROUP = "rendezvous.Process", "rendezvous.ProcessGroup"
ACTION = "rendezvous.ProcessAction"
ORGANISE = "rendezvous.organise_process"


def led_by(person: Person) -> Rows:
    """The processes of the territories that ``person`` looks after, as a subquery."""
    found = Process.objects.filter(territory__in=territories_of(person))
    return found.values("pk")


@rows(Process)
def processes(person: Person, queryset: Rows) -> Rows:
    """What is published is public; before, the catalyst's and who is to carry an action."""
    public = models.Q(state=ProcessState.PUBLIC)
    if not person.is_authenticated:
        return queryset.filter(public)
    carried = ProcessAction.objects.filter(carrier__in=own_organisations(person))
    return queryset.filter(
        public
        | models.Q(territory__in=territories_of(person))
        | models.Q(pk__in=carried.values("process"))
    )


def _of_processes(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(process__in=processes(person, Process.objects.all()))


rows(ProcessStage)(_of_processes)
rows(ProcessGroup)(_of_processes)


@rows(PlenaryShare)
def shares(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(stage__in=_of_processes(person, ProcessStage.objects.all()))


@rows(GroupMeeting)
def meetings(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(group__in=_of_processes(person, ProcessGroup.objects.all()))


@rows(GroupMember)
def members(person: Person, queryset: Rows) -> Rows:
    """Who takes part is told to nobody: its own members and the catalyst know."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(
        models.Q(organisation__in=own_organisations(person))
        | models.Q(group__process__in=led_by(person))
    )


@rows(ProcessAction)
def actions(person: Person, queryset: Rows) -> Rows:
    """What was kept is public; before, the catalyst's and who is asked to carry it."""
    kept = models.Q(
        state=ActionState.KEPT, process__in=processes(person, Process.objects.all())
    )
    if not person.is_authenticated:
        return queryset.filter(kept)
    return queryset.filter(
        kept
        | models.Q(process__in=led_by(person))
        | models.Q(carrier__in=own_organisations(person))
    )


rules.add_perm("rendezvous.view_process", rules.always_allow)
rules.add_perm(ORGANISE, is_organiser)
rules.add_perm("rendezvous.carry_action", is_responsible)

route("rendezvous:process_list", Access.PUBLIC)
for _name in ("process_detail", "process_restitution"):
    route(f"rendezvous:{_name}", Access.PUBLIC, process_id=PROCESS)
route(
    "rendezvous:process_create",
    Access.SIGNED_IN,
    permission="rendezvous.prepare_sessions",
)
for _name in (
    "process_board",
    "process_edit",
    "process_act",
    "group_create",
    "action_create",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        process_id=PROCESS,
    )
route(
    "rendezvous:stage_edit",
    Access.SIGNED_IN,
    permission=ORGANISE,
    process_id=PROCESS,
    stage="=invitation|co_construction|restitution|implementation",
)
for _name in ("group_edit", "group_members"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        process_id=PROCESS,
        group_id=GROUP,
    )
for _name in ("action_edit", "action_decide"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        process_id=PROCESS,
        action_id=ACTION,
    )
route(
    "rendezvous:action_carry",
    Access.SIGNED_IN,
    permission="rendezvous.carry_action",
    process_id=PROCESS,
    action_id=ACTION,
    public_id=ORGANISATION,
)
route("rendezvous:guide", Access.PUBLIC)
