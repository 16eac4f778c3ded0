from django.urls import URLPattern, path

from alliances.views import (
    attachments,
    conversations,
    directory,
    edition,
    interests,
    introductions,
    moderation,
)

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

urlpatterns: list[URLPattern] = [
    *edition_patterns,
    *conversation_patterns,
    *relation_patterns,
    path("", directory.organisation_list, name="organisation_list"),
    path("points.geojson", directory.organisation_points, name="organisation_points"),
    path("<str:public_id>/", directory.organisation_detail, name="organisation_detail"),
    path(
        "<str:public_id>/lieux.geojson",
        directory.organisation_places,
        name="organisation_places",
    ),
]
