"""Every address of the site. Each route has a row in its application's policy."""

from allauth.account import views as account_views
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("jobs.urls")),
    path("territoires/", include("territories.urls")),
    path("organisations/", include("alliances.urls")),
    path("propositions/", include("matching.urls")),
    path("compte/connexion/", account_views.login, name="account_login"),
    path("compte/deconnexion/", account_views.logout, name="account_logout"),
    path("compte/inscription/", account_views.signup, name="account_signup"),
    path(
        "compte/confirmer/", account_views.reauthenticate, name="account_reauthenticate"
    ),
    path("", include("accounts.urls")),
    path("administration/", admin.site.urls),
    path("api/v1/", include("config.api")),
]
