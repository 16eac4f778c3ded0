from django.urls import path

from territories import views

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
