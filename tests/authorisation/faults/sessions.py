"""Mistakes on sessions and registrations."""

import rules
from rules.permissions import permissions

from rendezvous.models import Attendee, Session
from rendezvous.selectors import sessions as selectors
from rendezvous.selectors.live import Live
from rendezvous.views import public, shared
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


@fault("rendezvous:session_detail")
def sessions_being_prepared_are_read(patch):
    patch.setattr(shared, "visible", everything)


@fault("rendezvous:session_list")
def sessions_being_prepared_are_listed(patch):
    patch.setattr(selectors, "visible", everything)
    patch.setattr(
        Session.objects._queryset_class, "coming", lambda queryset, now: queryset
    )


@fault("rendezvous:session_board")
def whoever_signs_in_prepares(patch):
    patch.setitem(permissions, "rendezvous.organise_session", rules.is_authenticated)
    patch.setattr("rendezvous.selectors.board.visible", everything)


@fault("rendezvous:session_act", "rendezvous:session_edit")
def whoever_signs_in_calls_sessions_off(patch):
    patch.setattr(shared, "can", lambda *_: True)


@fault("rendezvous:registration_edit")
def anybody_reads_a_registration(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)


@fault("rendezvous:registration_cancel")
def anybody_withdraws_an_organisation(patch):
    patch.setattr(shared, "can", lambda *_: True)


@fault("rendezvous:session_detail")
def who_comes_is_on_the_public_page(patch):
    def tell(found, session):
        people = Attendee.objects.filter(registration__session=session)
        names = " ".join(people.values_list("name", flat=True))
        return [selectors.Balance(one.kind, 1, 0, names) for one in found]

    telling(patch, public, "balance_of", tell)


@fault("rendezvous:wish_list")
def anybody_reads_what_is_wished(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)
    patch.setattr("rendezvous.selectors.wishes.visible", everything)


@fault("rendezvous:programme_detail")
def anybody_reads_a_programme(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)
    patch.setattr("rendezvous.selectors.programmes.visible", everything)


@fault("rendezvous:schedule_list", "rendezvous:schedule_detail")
def drafts_of_programmes_are_read(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.views.scheduling.visible", everything)


@fault("rendezvous:document_detail")
def anybody_prints_who_comes(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.printing.room.visible", everything)


@fault("rendezvous:printout_download")
def anybody_downloads_what_was_printed(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.views.documents.visible", everything)


@fault("rendezvous:programme_sheet", "rendezvous:programme_agenda")
def anybody_takes_a_programme_away(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)
    patch.setattr("rendezvous.selectors.programmes.visible", everything)


@fault("rendezvous:schedule_publish")
def anybody_publishes(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.views.scheduling.visible", everything)

    def publish(session, schedule):
        Session.objects.filter(pk=session.pk).update(title="Volée")

    patch.setattr("rendezvous.services.schedules.publish", publish)


@fault("rendezvous:schedule_edit", "rendezvous:schedule_compare")
def drafts_under_a_hand_are_read(patch):
    patch.setattr(shared, "can", lambda *_: True)
    for module in ("views.scheduling", "selectors.draft_reading"):
        patch.setattr(f"rendezvous.{module}.visible", everything)
    patch.setattr("rendezvous.selectors.programmes.visible", everything)


@fault("rendezvous:schedule_settings")
def anybody_reads_what_is_asked_of_each(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.views.arranging.visible", everything)


@fault("rendezvous:schedule_copy", "rendezvous:schedule_lock")
def anybody_retouches(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.views.scheduling.visible", everything)

    def steal(session, *_args, **_more):
        Session.objects.filter(pk=session.pk).update(title="Volée")
        return session.schedules.first()

    for name in ("copy", "lift_lock", "put_lock"):
        patch.setattr(f"rendezvous.services.retouching.{name}", steal)


@fault("rendezvous:live_host", "rendezvous:live_room")
def whoever_signs_in_hosts_the_day(patch):
    patch.setattr(shared, "can", lambda *_: True)


@fault("rendezvous:live_act")
def anybody_presses_before_what_they_saw_is_read(patch):
    patch.setattr(shared, "can", lambda *_: True)

    def seen_in(_text):
        Session.objects.update(title="Volée")

    patch.setattr("rendezvous.views.live.seen_in", seen_in)


@fault("rendezvous:live_state")
def screens_are_told_who_comes(patch):
    def text(_live):
        return " ".join(Attendee.objects.values_list("name", flat=True))

    patch.setattr(Live, "text", property(text))


@fault("rendezvous:programme_worker")
def the_script_of_a_programme_is_given_to_anybody(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)


@fault("rendezvous:session_list")
def where_others_come_is_listed(patch):
    def tell(_found, _viewer):
        rows = Attendee.objects.select_related("registration__organisation")
        names = [row.name for row in rows]
        return [
            type(
                "Told",
                (),
                {
                    "session": row.registration.session,
                    "organisation": row.registration.organisation,
                    "get_state_display": " ".join(names),
                },
            )()
            for row in rows.select_related("registration__session__territory")
        ]

    telling(patch, public, "own_coming", tell)
