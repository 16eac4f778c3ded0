"""What is printed of a session."""

from django.urls import path

from rendezvous.views import documents

document_patterns = [
    path("", documents.document_list, name="document_list"),
    path(
        "tirages/<str:printout_id>/",
        documents.printout_download,
        name="printout_download",
    ),
    path(
        "<str:kind>/",
        documents.document_detail,
        name="document_detail",
    ),
    path(
        "<str:kind>/preparer/",
        documents.document_request,
        name="document_request",
    ),
    path(
        "<str:kind>/avancement/",
        documents.document_progress,
        name="document_progress",
    ),
]
