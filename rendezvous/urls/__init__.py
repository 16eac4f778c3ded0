"""Addresses of sessions and of collective processes."""

from django.urls import include, path

from rendezvous.urls.documents import document_patterns
from rendezvous.urls.live import live_patterns
from rendezvous.urls.own import own_patterns
from rendezvous.urls.processes import process_patterns
from rendezvous.urls.room import room_patterns
from rendezvous.urls.schedules import schedule_patterns
from rendezvous.views import (
    aftercare,
    attending,
    guide,
    inviting,
    preparing,
    public,
    registering,
    reports,
)

app_name = "rendezvous"
urlpatterns = [
    path("", public.session_list, name="session_list"),
    path("preparer/", preparing.session_mine, name="session_mine"),
    path("preparer/nouvelle/", preparing.session_create, name="session_create"),
    path("preparer/comparer/", aftercare.figures_compare, name="figures_compare"),
    path("guide/", guide.guide, name="guide"),
    path("demarches/", include(process_patterns)),
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
        "<str:session_id>/invitations/", inviting.session_invite, name="session_invite"
    ),
    path(
        "<str:session_id>/invitations/<str:public_id>/pas-pour-nous/",
        inviting.invitation_decline,
        name="invitation_decline",
    ),
    path(
        "<str:session_id>/souhaits/<str:public_id>/",
        attending.wish_list,
        name="wish_list",
    ),
    path("<str:session_id>/bilan/feuille/", reports.report_sheet, name="report_sheet"),
    path("<str:session_id>/bilan/tableur/", reports.report_table, name="report_table"),
    path("<str:session_id>/suites/", aftercare.followup_list, name="followup_list"),
    path(
        "<str:session_id>/suites/<str:followup_id>/",
        aftercare.followup_act,
        name="followup_act",
    ),
    path(
        "<str:session_id>/bilan/",
        aftercare.session_figures,
        name="session_figures",
    ),
    path("<str:session_id>/programmes/", include(schedule_patterns)),
    path("<str:session_id>/programme/<str:public_id>/", include(own_patterns)),
    path("<str:session_id>/documents/", include(document_patterns)),
    path("<str:session_id>/direct/", include(live_patterns)),
    path("<str:session_id>/accueil/", include(room_patterns)),
]
