from django.urls import URLPattern, path

from alliances.views import directory, edition, journal

app_name = "alliances"

# The guided form; before the page of an organisation, whose address takes any word.
edition_patterns: list[URLPattern] = [
    path("nouvelle/", edition.organisation_create, name="organisation_create"),
    path("miennes/", edition.my_organisations, name="my_organisations"),
    path(
        "<str:public_id>/modifier/",
        edition.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "<str:public_id>/modifier/<str:step>/",
        edition.organisation_step,
        name="organisation_step",
    ),
    path(
        "<str:public_id>/modifier/<str:step>/annuler/",
        edition.organisation_undo,
        name="organisation_undo",
    ),
    path("<str:public_id>/suite/", edition.organisation_next, name="organisation_next"),
]

urlpatterns: list[URLPattern] = [
    *edition_patterns,
    path("", directory.organisation_list, name="organisation_list"),
    path("points.geojson", directory.organisation_points, name="organisation_points"),
    path(
        "<str:public_id>/journal/",
        journal.organisation_journal,
        name="organisation_journal",
    ),
    path("<str:public_id>/", directory.organisation_detail, name="organisation_detail"),
    path(
        "<str:public_id>/lieux.geojson",
        directory.organisation_places,
        name="organisation_places",
    ),
]
