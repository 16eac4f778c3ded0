from django.urls import include, path

from rendezvous.views import (
    actions,
    aftercare,
    arranging,
    attending,
    documents,
    following,
    guide,
    inviting,
    leading,
    live,
    preparing,
    presence,
    processes,
    public,
    registering,
    replanning,
    reports,
    retouching,
    room,
    scheduling,
)

app_name = "rendezvous"
process_patterns = [
    path("", processes.process_list, name="process_list"),
    path("nouvelle/", leading.process_create, name="process_create"),
    path("<str:process_id>/", processes.process_detail, name="process_detail"),
    path(
        "<str:process_id>/restitution/",
        processes.process_restitution,
        name="process_restitution",
    ),
    path("<str:process_id>/tableau/", leading.process_board, name="process_board"),
    path("<str:process_id>/modifier/", leading.process_edit, name="process_edit"),
    path("<str:process_id>/etat/", leading.process_act, name="process_act"),
    path("<str:process_id>/etapes/<str:stage>/", leading.stage_edit, name="stage_edit"),
    path("<str:process_id>/groupes/", leading.group_create, name="group_create"),
    path(
        "<str:process_id>/groupes/<str:group_id>/",
        leading.group_edit,
        name="group_edit",
    ),
    path(
        "<str:process_id>/groupes/<str:group_id>/participants/",
        leading.group_members,
        name="group_members",
    ),
    path("<str:process_id>/actions/", actions.action_create, name="action_create"),
    path(
        "<str:process_id>/actions/<str:action_id>/",
        actions.action_edit,
        name="action_edit",
    ),
    path(
        "<str:process_id>/actions/<str:action_id>/decision/",
        actions.action_decide,
        name="action_decide",
    ),
    path(
        "<str:process_id>/actions/<str:action_id>/porter/<str:public_id>/",
        processes.action_carry,
        name="action_carry",
    ),
]
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
    path("<str:session_id>/bilan/feuille/", reports.report_sheet, name="report_sheet"),
    path("<str:session_id>/bilan/tableur/", reports.report_table, name="report_table"),
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
        "<str:session_id>/programme/<str:public_id>/fiche/",
        following.card_find,
        name="card_find",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/avec/<str:other_id>/",
        following.followup_detail,
        name="followup_detail",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/avec/<str:other_id>/avis/",
        following.feedback_give,
        name="feedback_give",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/avec/<str:other_id>/fiche/",
        following.card_write,
        name="card_write",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/avec/<str:other_id>/signer/",
        following.card_sign,
        name="card_sign",
    ),
    path(
        "<str:session_id>/programme/<str:public_id>/avec/<str:other_id>/etape/",
        following.progress_say,
        name="progress_say",
    ),
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
