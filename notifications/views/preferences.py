"""What a person receives by e-mail, and how often."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from notifications.forms import PreferencesForm
from notifications.registry import kinds
from notifications.selectors import frequencies_of, suppression_of
from notifications.services.choosing import choose, write_again_to


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - signed in, says the policy
    optional = [kind for kind in kinds() if not kind.is_essential]
    form = PreferencesForm(
        request.POST or None, kinds=optional, chosen=frequencies_of(user, optional)
    )
    if request.method == "POST" and form.is_valid():
        choose(user, form.choices())
        messages.success(request, _("Vos choix sont enregistrés."))
        return redirect("notifications:preference_edit")
    context = {
        "form": form,
        "essential": [kind for kind in kinds() if kind.is_essential],
        "suppression": suppression_of(user.email),
    }
    status = 422 if form.errors else 200
    return render(request, "notifications/preference_edit.html", context, status=status)


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Write again to an address that asked for silence, or that was refused."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    write_again_to(request.user.email)
    messages.success(request, _("Nous vous écrivons à nouveau, selon vos choix."))
    return redirect("notifications:preference_edit")
