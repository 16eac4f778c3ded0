"""The guide of who prepares sessions: a text with pictures, to print."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rendezvous.guide import guide_blocks
from rendezvous.views.shared import public_crumbs


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    context = {
        "blocks": guide_blocks(),
        "printed_on": timezone.localdate(),
        "crumbs": public_crumbs(here=_("Guide du catalyseur")),
    }
    return render(request, "rendezvous/guide.html", context)
