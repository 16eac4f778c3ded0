"""The door of a session."""

from django.urls import path

from rendezvous.views import replanning, room, walking_in

room_patterns = [
    path("", room.room_board, name="room_board"),
    path("chercher/", room.room_find, name="room_find"),
    path("pointer/", room.room_mark, name="room_mark"),
    path("sur-place/", walking_in.room_add, name="room_add"),
    path(
        "sur-place/nouvelle/",
        walking_in.room_create,
        name="room_create",
    ),
    path("tables/", room.room_table, name="room_table"),
    path(
        "sans-table/",
        replanning.room_waiting,
        name="room_waiting",
    ),
    path(
        "p/<str:code>/",
        room.checkin_confirm,
        name="checkin_confirm",
    ),
    path(
        "nouveau-programme/",
        replanning.replanning_detail,
        name="replanning_detail",
    ),
    path(
        "nouveau-programme/calculer/",
        replanning.replanning_request,
        name="replanning_request",
    ),
    path(
        "nouveau-programme/avancement/",
        replanning.replanning_progress,
        name="replanning_progress",
    ),
    path(
        "nouveau-programme/<str:schedule_id>/appliquer/",
        replanning.replanning_apply,
        name="replanning_apply",
    ),
]
