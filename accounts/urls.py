from django.urls import path

from accounts.views import elevation

app_name = "accounts"
urlpatterns = [
    # Before the framework’s own pages, which ask for an extended access.
    path(
        "administration/acces/", elevation.elevation_request, name="elevation_request"
    ),
    path("administration/acces/fin/", elevation.elevation_end, name="elevation_end"),
]
