"""The public interface, version 1: read only, documented by its own schema."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from alliances.api import OrganisationViewSet
from matching.api import ProposalListView
from territories.api import TerritoryViewSet

router = SimpleRouter(use_regex_path=False)
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("territories", TerritoryViewSet, basename="territory")

app_name = "api"
urlpatterns = [
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path(
        "",
        login_not_required(
            SpectacularSwaggerSplitView.as_view(
                url_name="api:schema",
                template_name="portal/api_documentation.html",
                http_method_names=["get", "head"],
            )
        ),
        name="documentation",
    ),
    path(
        "organisations/<str:public_id>/proposals/",
        ProposalListView.as_view(),
        name="proposal-list",
    ),
    *router.urls,
]
