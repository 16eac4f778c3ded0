"""Versions of the programme of a session, for who prepares it."""

from django.urls import path

from rendezvous.views import arranging, retouching, scheduling

schedule_patterns = [
    path("", scheduling.schedule_list, name="schedule_list"),
    path(
        "calculer/",
        scheduling.schedule_compute,
        name="schedule_compute",
    ),
    path(
        "avancement/",
        scheduling.schedule_progress,
        name="schedule_progress",
    ),
    path(
        "arreter/",
        scheduling.schedule_stop,
        name="schedule_stop",
    ),
    path(
        "comparer/",
        scheduling.schedule_compare,
        name="schedule_compare",
    ),
    path(
        "reglages/",
        arranging.schedule_settings,
        name="schedule_settings",
    ),
    path(
        "<str:schedule_id>/",
        scheduling.schedule_detail,
        name="schedule_detail",
    ),
    path(
        "<str:schedule_id>/publier/",
        scheduling.schedule_publish,
        name="schedule_publish",
    ),
    path(
        "<str:schedule_id>/partager/",
        scheduling.schedule_share,
        name="schedule_share",
    ),
    path(
        "<str:schedule_id>/copier/",
        retouching.schedule_copy,
        name="schedule_copy",
    ),
    path(
        "<str:schedule_id>/retoucher/",
        retouching.schedule_edit,
        name="schedule_edit",
    ),
    path(
        "<str:schedule_id>/changer/",
        retouching.schedule_change,
        name="schedule_change",
    ),
    path(
        "<str:schedule_id>/verrous/",
        retouching.schedule_lock,
        name="schedule_lock",
    ),
]
