"""The public log of the weights."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import visible
from matching.explanations.words import COMPONENTS
from matching.models import Configuration
from matching.selectors.configurations import versions


@login_not_required
@require_safe
def configuration_list(request: HttpRequest) -> HttpResponse:
    """Say which weights are in use, which were, and why they changed."""
    rows = visible(request.user, Configuration.objects.order_by("pk"))
    found = [
        {
            "version": version,
            "weights": [
                (COMPONENTS[weight.component], weight) for weight in version.weights
            ],
        }
        for version in versions(rows)
    ]
    crumbs = [
        {"label": _("Comprendre la méthode"), "url": reverse("portal:method")},
        {"label": _("Les poids et leurs changements")},
    ]
    context = {"versions": found, "crumbs": crumbs}
    return render(request, "matching/configuration_list.html", context)
