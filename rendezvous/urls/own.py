"""The programme of one organisation, and what follows its meetings."""

from django.urls import path

from rendezvous.views import attending, cards, documents, following, presence

own_patterns = [
    path(
        "",
        attending.programme_detail,
        name="programme_detail",
    ),
    path(
        "feuille/",
        documents.programme_sheet,
        name="programme_sheet",
    ),
    path(
        "livret/",
        documents.programme_booklet,
        name="programme_booklet",
    ),
    path(
        "agenda/",
        documents.programme_agenda,
        name="programme_agenda",
    ),
    path(
        "hors-ligne.js",
        attending.programme_worker,
        name="programme_worker",
    ),
    path(
        "fiche/",
        cards.card_find,
        name="card_find",
    ),
    path(
        "avec/<str:other_id>/",
        following.followup_detail,
        name="followup_detail",
    ),
    path(
        "avec/<str:other_id>/avis/",
        following.feedback_give,
        name="feedback_give",
    ),
    path(
        "avec/<str:other_id>/fiche/",
        cards.card_write,
        name="card_write",
    ),
    path(
        "avec/<str:other_id>/signer/",
        cards.card_sign,
        name="card_sign",
    ),
    path(
        "avec/<str:other_id>/etape/",
        following.progress_say,
        name="progress_say",
    ),
    path(
        "presence/",
        presence.attendance_say,
        name="attendance_say",
    ),
]
