"""Collective processes."""

from django.urls import path

from rendezvous.views import actions, leading, processes

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
