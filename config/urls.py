"""Every address of the site. Each route has a row in its application's policy."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("jobs.urls")),
    path("territoires/", include("territories.urls")),
    path("organisations/", include("alliances.urls")),
    path("propositions/", include("matching.urls")),
    path("compte/", include("accounts.urls")),
    path("administration/", admin.site.urls),
    path("api/v1/", include("config.api")),
]
