"""« Mon compte »: who I am here, and everything that concerns me."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import second_factor
from accounts.forms import ProfileForm
from accounts.models import User
from accounts.services.profile import update_profile


@require_http_methods(["GET", "HEAD", "POST"])
def account_home(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    shown = User.objects.get(pk=person.pk)  # the form writes on it, valid or not
    form = ProfileForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        update_profile(person, **form.cleaned_data)
        messages.success(request, _("Vos coordonnées sont enregistrées."))
        return redirect("accounts:account_home")
    context = {"form": form, "has_second_factor": second_factor.has_one(person)}
    return render(request, "accounts/home.html", context)
