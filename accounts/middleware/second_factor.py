"""What a second factor opens (docs/decisions/0101)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounts import second_factor
from accounts.middleware.base import (
    Middleware,
    is_of_a_program,
    refusal_to_a_program,
)


class SecondFactorMiddleware(Middleware):
    """Keep who must set up a second factor on the pages of their account until then.

    Public pages too: signed in, they show what the person's rights open.
    """

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match and second_factor.is_open(match.view_name):
            return None
        if not second_factor.must_set_up(request.user):
            return None
        if is_of_a_program(request):
            return self._refusal()
        return self._lead_to_setting_up(request)

    @staticmethod
    def _refusal() -> HttpResponse:
        sentence = _(
            "Vos droits demandent une double vérification, qui n’est pas encore "
            "en place. Mettez-la en place depuis votre compte, puis recommencez."
        )
        return refusal_to_a_program(sentence, status=403)

    @staticmethod
    def _lead_to_setting_up(request: HttpRequest) -> HttpResponse:
        address = reverse("accounts:second_factor_setup")
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(address)
        if request.method in ("GET", "HEAD"):
            address = f"{address}?{urlencode({'next': request.get_full_path()})}"
        return HttpResponseRedirect(address)
