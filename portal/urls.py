from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path(
        "territoires/<territory:reference>/",
        views.territory_detail,
        name="territory_detail",
    ),
    path("galerie/", views.gallery, name="gallery"),
]
