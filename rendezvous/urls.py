from django.urls import path

from rendezvous.views import (
    arranging,
    attending,
    preparing,
    public,
    registering,
    retouching,
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
]
