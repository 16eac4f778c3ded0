from django.urls import path

from alliances.views import directory

app_name = "alliances"
urlpatterns = [
    path("", directory.organisation_list, name="organisation_list"),
    path("points.geojson", directory.organisation_points, name="organisation_points"),
    path("<str:public_id>/", directory.organisation_detail, name="organisation_detail"),
    path(
        "<str:public_id>/lieux.geojson",
        directory.organisation_places,
        name="organisation_places",
    ),
]
