"""Mistakes at the door of a session."""

import rules
from rules.permissions import permissions

from rendezvous.models import Attendance, Attendee
from rendezvous.views import presence, shared
from tests.authorisation.faults import fault


def everything(person, queryset):
    return queryset


@fault("rendezvous:room_board", "rendezvous:room_waiting")
def whoever_signs_in_reads_who_is_there(patch):
    patch.setitem(permissions, "rendezvous.organise_session", rules.is_authenticated)
    patch.setattr("rendezvous.selectors.checkin.visible", everything)


@fault("rendezvous:checkin_confirm")
def whoever_scans_a_code_reads_a_name(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.checkin.visible", everything)


@fault("rendezvous:room_mark")
def whoever_signs_in_says_who_is_absent(patch):
    patch.setattr(shared, "can", lambda *_: True)


@fault("rendezvous:replanning_detail")
def drafts_of_the_day_are_read(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.waiting.visible", everything)


@fault("rendezvous:attendance_say")
def anybody_says_that_others_do_not_come(patch):
    patch.setattr(presence, "own_or_404", lambda request, key: key)

    def rows(_user, _queryset):
        Attendance.objects.update(state="expected")
        return Attendee.objects.none()

    patch.setattr(presence, "visible", rows)
