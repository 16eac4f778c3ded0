"""Every address of the site. Each route has a row in its application's policy."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import elevation
from alliances.urls import moderation_patterns
from alliances.views import journal

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("jobs.urls")),
    path("territoires/", include("territories.urls")),
    path("", include("alliances.urls")),
    path("", include((moderation_patterns, "moderation"))),
    path("propositions/", include("matching.urls")),
    path("rencontres/", include("rendezvous.urls")),
    path("", include("notifications.urls")),
    path("compte/", include("accounts.urls")),
    # Before the framework’s own pages, which ask for an extended access.
    path(
        "administration/acces/", elevation.elevation_request, name="elevation_request"
    ),
    path("administration/journal/", journal.journal_overall, name="journal_overall"),
    path("administration/acces/fin/", elevation.elevation_end, name="elevation_end"),
    path("administration/", admin.site.urls),
    path("api/v1/", include("config.api")),
]

handler429 = "accounts.throttling.handler429"  # for the limits of allauth
