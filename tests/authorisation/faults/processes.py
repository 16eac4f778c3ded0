"""Mistakes on collective processes and invitations to sessions."""

import rules
from rules.permissions import permissions

from rendezvous.models import Process, SessionInvitation
from rendezvous.selectors.processes import process_page
from rendezvous.views import process_shared, shared
from tests.authorisation.faults import fault


def everything(person, queryset):
    return queryset


def all_of_it(process, viewer, *, leads):
    return process_page(process, viewer, leads=True)


@fault("rendezvous:process_detail")
def processes_being_prepared_are_read(patch):
    patch.setattr(process_shared, "visible", everything)


@fault("rendezvous:process_restitution")
def what_groups_found_is_given_back_too_early(patch):
    patch.setattr("rendezvous.views.processes.leads", lambda *_: True)


@fault("rendezvous:process_detail")
def what_was_only_proposed_is_read(patch):
    patch.setattr("rendezvous.selectors.processes.visible", everything)
    patch.setattr("rendezvous.views.processes.process_page", all_of_it)


@fault("rendezvous:process_board", "rendezvous:action_edit", "rendezvous:group_edit")
def whoever_signs_in_leads(patch):
    patch.setitem(permissions, "rendezvous.organise_process", rules.is_authenticated)
    for module in ("processes", "process_people"):
        patch.setattr(f"rendezvous.selectors.{module}.visible", everything)
    patch.setattr(process_shared, "visible", everything)


@fault("rendezvous:stage_edit")
def whoever_signs_in_reports_a_stage(patch):
    patch.setattr(process_shared, "can", lambda *_: True)

    def report(process, stage, told):
        Process.objects.filter(pk=process.pk).update(title="Volée")

    patch.setattr("rendezvous.services.processes.report_stage", report)


@fault("rendezvous:action_carry")
def anybody_answers_for_who_carries(patch):
    patch.setattr("rendezvous.views.processes.can", lambda *_: True)
    patch.setattr("rendezvous.views.processes.visible", everything)


@fault("rendezvous:session_invite")
def whoever_signs_in_invites(patch):
    patch.setattr(shared, "can", lambda *_: True)

    def invite(session, organisations, *, by):
        return SessionInvitation.objects.filter(session=session).delete()[0]

    patch.setattr("rendezvous.services.invitations.invite", invite)


@fault("rendezvous:invitation_decline")
def anybody_declines_for_another(patch):
    patch.setattr(shared, "can", lambda *_: True)

    def decline(session, organisation):
        rows = SessionInvitation.objects.filter(session=session)
        return bool(rows.delete()[0])

    patch.setattr("rendezvous.services.invitations.decline", decline)
