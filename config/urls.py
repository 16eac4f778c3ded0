"""Every address of the site. Each route has a row in its application's policy."""

from django.contrib import admin
from django.urls import include, path

handler429 = "accounts.views.refusals.too_often"  # asked by the library of accounts

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("jobs.urls")),
    path("territoires/", include("territories.urls")),
    path("", include("alliances.urls")),
    path("propositions/", include("matching.urls")),
    path("", include("notifications.urls")),
    path("compte/", include("accounts.urls")),
    path("administration/", admin.site.urls),
    path("api/v1/", include("config.api")),
]

handler429 = "accounts.throttling.handler429"  # for the limits of allauth
