"""Mistakes at the door of a session."""

import rules
from django.http import Http404
from rules.permissions import permissions

from rendezvous.models import Attendance
from rendezvous.views import presence, room, shared
from tests.authorisation.faults import fault


def everything(person, queryset):
    return queryset


def say_something_of_everybody(*_args):
    Attendance.objects.update(late_from=1)
    raise Http404


@fault("rendezvous:room_board", "rendezvous:room_waiting")
def whoever_signs_in_reads_who_is_there(patch):
    patch.setitem(permissions, "rendezvous.organise_session", rules.is_authenticated)
    patch.setattr("rendezvous.selectors.checkin.visible", everything)


@fault("rendezvous:checkin_confirm")
def whoever_scans_a_code_reads_a_name(patch):
    patch.setitem(permissions, "rendezvous.organise_session", rules.is_authenticated)
    patch.setattr("rendezvous.selectors.checkin.visible", everything)


@fault("rendezvous:room_mark")
def whoever_signs_in_says_who_is_absent(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr(room, "_mark_one", say_something_of_everybody)


@fault("rendezvous:replanning_detail")
def drafts_of_the_day_are_read(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.waiting.visible", everything)


@fault("rendezvous:attendance_say")
def anybody_says_that_others_do_not_come(patch):
    patch.setattr(presence, "own_or_404", lambda request, key: key)
    patch.setattr(presence, "PresenceForm", say_something_of_everybody)
