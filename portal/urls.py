from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.generic import TemplateView

from matching.selectors.configurations import current_weights
from portal import views
from portal.views import inspiring, personal
from portal.views.contact import security_contact

app_name = "portal"

# The association of the worked pair in docs/matching.md (HR, STK, ECO, INN).
METHOD_SQUARE = (20, 20, 50, 10)


def _text(route: str, name: str, **context: object) -> URLPattern:
    """A page that is only a text."""
    view = TemplateView.as_view(
        template_name=f"portal/{name}.html", extra_context=context
    )
    return path(route, login_not_required(view), name=name)


urlpatterns = [
    path("", views.home, name="home"),
    path(
        "territoires/<territory:reference>/",
        views.territory_detail,
        name="territory_detail",
    ),
    _text("methode/", "method", method_square=METHOD_SQUARE, weights=current_weights),
    _text("mentions-legales/", "legal"),
    _text("donnees-personnelles/", "privacy"),
    _text("accessibilite/", "accessibility"),
    path("exemples/", inspiring.example_list, name="example_list"),
    path("exemples/<slug:slug>/", inspiring.example_detail, name="example_detail"),
    path(".well-known/security.txt", security_contact, name="security_contact"),
    path("compte/consentements/", personal.consent_list, name="consent_list"),
    path("compte/absences/", personal.absence_list, name="absence_list"),
    path(
        "compte/absences/<int:key>/retirer/",
        personal.absence_remove,
        name="absence_remove",
    ),
    path("compte/donnees/", personal.data_detail, name="data_detail"),
    path("compte/donnees/copie/", personal.copy_request, name="copy_request"),
    path(
        "compte/donnees/copie/<str:public_id>/",
        personal.copy_download,
        name="copy_download",
    ),
    path("compte/donnees/effacement/", personal.erasure_ask, name="erasure_ask"),
    path(
        "compte/donnees/effacement/annuler/",
        personal.erasure_cancel,
        name="erasure_cancel",
    ),
    path("galerie/", views.gallery, name="gallery"),
]
