from django.urls import URLPattern, URLResolver, include, path

from alliances.views import (
    attachments,
    conversations,
    directory,
    edition,
    interests,
    introductions,
    journal,
    merging,
    moderation,
    projects,
    suggestions,
)
from alliances.views.joining import claims, invitations, team

app_name = "alliances"

# The guided form; before the page of an organisation, whose address takes any word.
edition_patterns: list[URLPattern] = [
    path("nouvelle/", edition.organisation_create, name="organisation_create"),
    path("miennes/", edition.my_organisations, name="my_organisations"),
    path(
        "<str:public_id>/modifier/",
        edition.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "<str:public_id>/modifier/<str:step>/",
        edition.organisation_step,
        name="organisation_step",
    ),
    path(
        "<str:public_id>/modifier/<str:step>/annuler/",
        edition.organisation_undo,
        name="organisation_undo",
    ),
    path("<str:public_id>/suite/", edition.organisation_next, name="organisation_next"),
]

# What an organisation is after, when it is after several things.
project_patterns: list[URLPattern] = [
    path("", projects.project_list, name="project_list"),
    path("nouveau/", projects.project_create, name="project_create"),
    path("<str:project_id>/modifier/", projects.project_edit, name="project_edit"),
    path(
        "<str:project_id>/modifier/<str:step>/",
        projects.project_step,
        name="project_step",
    ),
    path(
        "<str:project_id>/modifier/<str:step>/annuler/",
        projects.project_undo,
        name="project_undo",
    ),
    path("<str:project_id>/pause/", projects.project_pause, name="project_pause"),
    path(
        "<str:project_id>/faire/<str:action>/",
        projects.project_act,
        name="project_act",
    ),
]

team_patterns: list[URLPattern] = [
    path("", team.team_detail, name="team_detail"),
    path("quitter/", team.team_leave, name="team_leave"),
    path("inviter/", invitations.invitation_create, name="invitation_create"),
    path(
        "invitations/<str:invitation_id>/renvoyer/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "invitations/<str:invitation_id>/annuler/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("<str:person_id>/role/", team.member_role, name="member_role"),
    path("<str:person_id>/contact/", team.member_lead, name="member_lead"),
    path("<str:person_id>/retirer/", team.member_remove, name="member_remove"),
]

# What is said inside an introduction.
_RELATION = "<str:public_id>/relations/<str:introduction_id>/"
conversation_patterns: list[URLPattern] = [
    path(f"{_RELATION}messages/", conversations.message_send, name="message_send"),
    path(
        f"{_RELATION}messages/<str:message_id>/retirer/",
        conversations.message_withdraw,
        name="message_withdraw",
    ),
    path(
        f"{_RELATION}messages/<str:message_id>/signaler/",
        moderation.message_report,
        name="message_report",
    ),
    path(
        f"{_RELATION}pieces/<str:attachment_id>/",
        attachments.attachment_download,
        name="attachment_download",
    ),
    path(
        f"{_RELATION}clore/",
        conversations.introduction_close,
        name="introduction_close",
    ),
    path(
        f"{_RELATION}bloquer/",
        conversations.organisation_block,
        name="organisation_block",
    ),
    path(
        f"{_RELATION}debloquer/",
        conversations.organisation_unblock,
        name="organisation_unblock",
    ),
    path(f"{_RELATION}signaler/", moderation.partner_report, name="partner_report"),
]

# Reports; under an address of their own (config/urls.py).
moderation_patterns: list[URLPattern] = [
    path("moderation/", moderation.report_list, name="report_list"),
    path("moderation/<str:report_id>/", moderation.report_decide, name="report_decide"),
    path(
        "signalements/<str:report_id>/",
        moderation.report_followup,
        name="report_followup",
    ),
    path(
        "signalements/<str:report_id>/avertissement/",
        moderation.warning,
        name="warning",
    ),
]

relation_patterns: list[URLPattern] = [
    path(
        "<str:public_id>/relations/",
        introductions.relation_list,
        name="relation_list",
    ),
    path(
        "<str:public_id>/relations/<str:introduction_id>/",
        introductions.introduction_detail,
        name="introduction_detail",
    ),
    path(
        "<str:public_id>/reponses/<str:other_id>/",
        interests.interest_answer,
        name="interest_answer",
    ),
    path(
        "<str:public_id>/reponses/<str:other_id>/retirer/",
        interests.interest_withdraw,
        name="interest_withdraw",
    ),
]

organisation_patterns: list[URLPattern | URLResolver] = [
    *edition_patterns,
    *conversation_patterns,
    *relation_patterns,
    path("<str:public_id>/projets/", include(project_patterns)),
    path("<str:public_id>/equipe/", include(team_patterns)),
    path("<str:public_id>/rejoindre/", claims.claim_create, name="claim_create"),
    path("", directory.organisation_list, name="organisation_list"),
    path("points.geojson", directory.organisation_points, name="organisation_points"),
    path(
        "<str:public_id>/journal/",
        journal.organisation_journal,
        name="organisation_journal",
    ),
    path("<str:public_id>/", directory.organisation_detail, name="organisation_detail"),
    path(
        "<str:public_id>/lieux.geojson",
        directory.organisation_places,
        name="organisation_places",
    ),
]

joining_patterns: list[URLPattern] = [
    path("demandes/", claims.claim_list, name="claim_list"),
    path("demandes/<str:claim_id>/", claims.claim_detail, name="claim_detail"),
    path("demandes/<str:claim_id>/repondre/", claims.claim_decide, name="claim_decide"),
    path(
        "demandes/<str:claim_id>/retirer/", claims.claim_withdraw, name="claim_withdraw"
    ),
    path(
        "invitations/recues/<str:invitation_id>/",
        invitations.invitation_reply,
        name="invitation_reply",
    ),
    path(
        "invitations/<str:link>/",
        invitations.invitation_answer,
        name="invitation_answer",
    ),
]

# What catalysts suggest (docs/decisions/0142).
suggestion_patterns: list[URLPattern] = [
    path("suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path(
        "suggestions/nouvelle/", suggestions.suggestion_begin, name="suggestion_begin"
    ),
    path(
        "suggestions/nouvelle/<str:public_id>/",
        suggestions.suggestion_choose,
        name="suggestion_choose",
    ),
    path(
        "suggestions/nouvelle/<str:public_id>/<str:other_id>/",
        suggestions.suggestion_create,
        name="suggestion_create",
    ),
    path(
        "suggestions/<str:suggestion_id>/retirer/",
        suggestions.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
]

merging_patterns: list[URLPattern] = [
    path("fusion/", merging.merge_choose, name="merge_choose"),
    path(
        "fusion/<str:public_id>/<str:other_id>/",
        merging.merge_preview,
        name="merge_preview",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", include(organisation_patterns)),
    *joining_patterns,
    *merging_patterns,
    *suggestion_patterns,
]
