from django.urls import path, register_converter

from territories import views
from territories.converters import ReferenceConverter

register_converter(ReferenceConverter, "territory")

app_name = "territories"
urlpatterns = [
    path("", views.territory_list, name="territory_list"),
    path("recherche/", views.territory_search, name="territory_search"),
    path(
        "<territory:reference>/contours.geojson",
        views.territory_geometry,
        name="territory_geometry",
    ),
]
