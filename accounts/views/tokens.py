from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import ApiToken, User
from accounts.policy import visible
from accounts.selectors.tokens import tokens_for
from accounts.services.tokens import TokenRefusedError, issue_token, revoke_token
from accounts.throttling import limited
from accounts.token_forms import TokenForm


def _makes_one(request: HttpRequest) -> bool:
    return request.method == "POST"


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(enabled=_makes_one)
@limited("token")
def token_list(request: HttpRequest) -> HttpResponse:
    """One's keys, and a new one: its secret is on this answer, and nowhere else.

    A key outlives the session: whoever makes one has just shown again who they are.
    What they had filled in is sent by itself afterwards.
    """
    form = TokenForm(request.POST or None)
    made = secret = None
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = issue_token(cast("User", request.user), **form.wanted)
            form = TokenForm()
        except TokenRefusedError as error:
            form.refuse(error)
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": tokens_for(request.user),
    }
    return render(request, "accounts/token_list.html", context)


@require_POST
def token_revoke(request: HttpRequest, public_id: str) -> HttpResponseRedirect:
    token = get_object_or_404(
        visible(request.user, ApiToken.objects.all()), public_id=public_id
    )
    revoke_token(token)
    messages.success(
        request,
        _("La clé « %(label)s » est révoquée\u202f: elle n’ouvre plus rien.")
        % {"label": token.label},
    )
    return redirect("accounts:token_list")
