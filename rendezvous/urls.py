from django.urls import path

from rendezvous.views import (
    arranging,
    attending,
    documents,
    live,
    preparing,
    presence,
    public,
    registering,
    replanning,
    retouching,
    room,
    scheduling,
)

app_name = "rendezvous"
urlpatterns = [
    path("", public.session_list, name="session_list"),
    path("preparer/", preparing.session_mine, name="session_mine"),
    path("preparer/nouvelle/", preparing.session_create, name="session_create"),
    path("<str:session_id>/", public.session_detail, name="session_detail"),
    path("<str:session_id>/affiche/", public.session_poster, name="session_poster"),
    path("<str:session_id>/modifier/", preparing.session_edit, name="session_edit"),
    path("<str:session_id>/etat/", preparing.session_act, name="session_act"),
    path("<str:session_id>/tableau/", preparing.session_board, name="session_board"),
    path(
        "<str:session_id>/inscription/",
        registering.registration_begin,
        name="registration_begin",
    ),
    path(
        "<str:session_id>/inscription/<str:public_id>/",
        registering.registration_edit,
        name="registration_edit",
    ),
    path(
        "<str:session_id>/inscription/<str:public_id>/annuler/",
        registering.registration_cancel,
        name="registration_cancel",
    ),
    path(
        "<str:session_id>/souhaits/<str:public_id>/",
        attending.wish_list,
        name="wish_list",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/",
        attending.programme_detail,
        name="programme_detail",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/feuille/",
        documents.programme_sheet,
        name="programme_sheet",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/livret/",
        documents.programme_booklet,
        name="programme_booklet",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/agenda/",
        documents.programme_agenda,
        name="programme_agenda",
    ),
    path("<str:session_id>/documents/", documents.document_list, name="document_list"),
    path(
        "<str:session_id>/documents/tirages/<str:printout_id>/",
        documents.printout_download,
        name="printout_download",
    ),
    path(
        "<str:session_id>/documents/<str:kind>/",
        documents.document_detail,
        name="document_detail",
    ),
    path(
        "<str:session_id>/documents/<str:kind>/preparer/",
        documents.document_request,
        name="document_request",
    ),
    path(
        "<str:session_id>/documents/<str:kind>/avancement/",
        documents.document_progress,
        name="document_progress",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/hors-ligne.js",
        attending.programme_worker,
        name="programme_worker",
    ),
    path("<str:session_id>/direct/", live.live_host, name="live_host"),
    path("<str:session_id>/direct/agir/", live.live_act, name="live_act"),
    path("<str:session_id>/direct/etat/", live.live_state, name="live_state"),
    path("<str:session_id>/direct/salle/", live.live_room, name="live_room"),
    path(
        "<str:session_id>/programmes/", scheduling.schedule_list, name="schedule_list"
    ),
    path(
        "<str:session_id>/programmes/calculer/",
        scheduling.schedule_compute,
        name="schedule_compute",
    ),
    path(
        "<str:session_id>/programmes/avancement/",
        scheduling.schedule_progress,
        name="schedule_progress",
    ),
    path(
        "<str:session_id>/programmes/arreter/",
        scheduling.schedule_stop,
        name="schedule_stop",
    ),
    path(
        "<str:session_id>/programmes/comparer/",
        scheduling.schedule_compare,
        name="schedule_compare",
    ),
    path(
        "<str:session_id>/programmes/reglages/",
        arranging.schedule_settings,
        name="schedule_settings",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/",
        scheduling.schedule_detail,
        name="schedule_detail",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/publier/",
        scheduling.schedule_publish,
        name="schedule_publish",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/partager/",
        scheduling.schedule_share,
        name="schedule_share",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/copier/",
        retouching.schedule_copy,
        name="schedule_copy",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/retoucher/",
        retouching.schedule_edit,
        name="schedule_edit",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/changer/",
        retouching.schedule_change,
        name="schedule_change",
    ),
    path(
        "<str:session_id>/programmes/<str:schedule_id>/verrous/",
        retouching.schedule_lock,
        name="schedule_lock",
    ),
    path("<str:session_id>/accueil/", room.room_board, name="room_board"),
    path("<str:session_id>/accueil/chercher/", room.room_find, name="room_find"),
    path("<str:session_id>/accueil/pointer/", room.room_mark, name="room_mark"),
    path("<str:session_id>/accueil/sur-place/", room.room_add, name="room_add"),
    path("<str:session_id>/accueil/tables/", room.room_table, name="room_table"),
    path(
        "<str:session_id>/accueil/sans-table/",
        replanning.room_waiting,
        name="room_waiting",
    ),
    path(
        "<str:session_id>/accueil/p/<str:code>/",
        room.checkin_confirm,
        name="checkin_confirm",
    ),
    path(
        "<str:session_id>/accueil/nouveau-programme/",
        replanning.replanning_detail,
        name="replanning_detail",
    ),
    path(
        "<str:session_id>/accueil/nouveau-programme/calculer/",
        replanning.replanning_request,
        name="replanning_request",
    ),
    path(
        "<str:session_id>/accueil/nouveau-programme/avancement/",
        replanning.replanning_progress,
        name="replanning_progress",
    ),
    path(
        "<str:session_id>/accueil/nouveau-programme/<str:schedule_id>/appliquer/",
        replanning.replanning_apply,
        name="replanning_apply",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/presence/",
        presence.attendance_say,
        name="attendance_say",
    ),
]
