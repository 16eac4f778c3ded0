"""The public log of the weights."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.policy import visible
from matching.explanations.words import COMPONENTS
from matching.models import Configuration
from matching.selectors.configurations import Version, versions

# What a setting is about, by the first part of its name.
SUBJECTS = {
    "admissible": gettext_lazy("qui peut être proposé à qui"),
    "fit": gettext_lazy("l’accord entre objectifs et types"),
    "list": gettext_lazy("la longueur des listes"),
    "means_worth": gettext_lazy("ce que vaut chaque moyen"),
    "naming": gettext_lazy("le choix du type proposé"),
    "territory": gettext_lazy("l’effet de la distance"),
    "warning": gettext_lazy("les seuils des points à discuter"),
}


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
            "has_former": version.weights[0].former_pct is not None,
            "others": _subjects(version),
        }
        for version in versions(rows)
    ]
    crumbs = [
        {"label": _("Comprendre la méthode"), "url": reverse("portal:method")},
        {"label": _("Les poids et leurs changements")},
    ]
    context = {"versions": found, "crumbs": crumbs}
    return render(request, "matching/configuration_list.html", context)


def _subjects(version: Version) -> str:
    """Say what the other changes are about, each once."""
    heads = dict.fromkeys(name.partition(".")[0] for name in version.others)
    return ", ".join(str(SUBJECTS.get(head, head)) for head in heads)
