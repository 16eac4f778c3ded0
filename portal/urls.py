from django.urls import path

from portal import example_views, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path(
        "territoires/<territory:reference>/",
        views.territory_detail,
        name="territory_detail",
    ),
    path("exemples/", example_views.example_list, name="example_list"),
    path("exemples/<slug:slug>/", example_views.example_detail, name="example_detail"),
    path("galerie/", views.gallery, name="gallery"),
]
