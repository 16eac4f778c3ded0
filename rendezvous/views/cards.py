"""The commitment card: written, signed, found again from its code on paper."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.throttling import limited
from alliances.services.introductions import OwnRefusalError
from rendezvous.forms.following import CardForm, SignForm
from rendezvous.selectors.afterwards import Afterwards, found_by_code
from rendezvous.services.following import commitments as cards
from rendezvous.views.following import (
    REFUSED,
    address_of,
    after_or_404,
    after_page,
)
from rendezvous.views.shared import (
    confirmed_or_404,
    own_or_404,
    session_or_404,
    signed_in,
)


@require_POST
@limited("feedback")
def card_write(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Write a card, or another wording of it; whoever writes signs."""
    after = after_or_404(request, session_id, public_id, other_id)
    form = CardForm(after, request.POST)
    if not form.is_valid():
        return after_page(request, after, form, code=request.POST.get("code", "")[:20])
    try:
        cards.write_card(
            after.registration,
            after.other,
            form.promise(),
            base=form.cleaned_data["version"],
            by=signed_in(request),
            code=form.cleaned_data["code"],
        )
    except cards.ChangedMeanwhileError:
        return _changed_meanwhile(request, after)
    except (cards.NotWrittenError, OwnRefusalError) as error:
        return _not_written(request, after, error)
    messages.success(
        request, _("La fiche est signée pour vous. L’autre est invitée à la signer.")
    )
    return redirect(address_of(after))


@require_POST
@limited("feedback")
def card_sign(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Sign the version that was read."""
    after = after_or_404(request, session_id, public_id, other_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    own, other = after.registration, after.other
    try:
        cards.sign_card(own, other, version=version, by=signed_in(request))
    except cards.ChangedMeanwhileError:
        messages.warning(
            request, _("La fiche a changé depuis : relisez-la, puis signez.")
        )
    except (cards.NotWrittenError, OwnRefusalError) as error:
        return _not_written(request, after, error)
    else:
        messages.success(request, _("Vous avez signé la fiche."))
    return redirect(address_of(after))


@require_POST
@limited("card")
def card_find(request: HttpRequest, session_id: str, public_id: str) -> HttpResponse:
    """Find whom a card on paper was filled with, by its code."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    own = confirmed_or_404(request, session, organisation)
    typed = request.POST.get("code", "")[:40]
    other = found_by_code(own, request.user, typed, timezone.now())
    if other is None:
        messages.error(
            request,
            _(
                "Ce code n’est celui d’aucune de vos rencontres. Vérifiez-le en haut de "
                "la fiche : trois signes, un tiret, trois signes."
            ),
        )
        return redirect("rendezvous:programme_detail", session_id, public_id)
    page = reverse(
        "rendezvous:followup_detail", args=[session_id, public_id, other.public_id]
    )
    return redirect(f"{page}?{urlencode({'fiche': typed})}#fiche")


def _changed_meanwhile(request: HttpRequest, after: Afterwards) -> HttpResponse:
    """Show what the other side wrote, and keep what was typed."""
    own = after.registration
    fresh = after_or_404(
        request,
        own.session.public_id,
        own.organisation.public_id,
        after.other.public_id,
    )
    data = request.POST.copy()
    data["version"] = str(fresh.card.commitment.version if fresh.card else 0)
    form = CardForm(fresh, data)
    form.add_error(
        None,
        _(
            "L’autre vient d’écrire une version : elle est ci-dessus. Signez-la, ou "
            "renvoyez la vôtre, qui est gardée ici."
        ),
    )
    return after_page(request, fresh, form, status=HTTPStatus.CONFLICT)


def _not_written(
    request: HttpRequest, after: Afterwards, error: Exception
) -> HttpResponse:
    if isinstance(error, OwnRefusalError):
        messages.error(request, str(REFUSED))
    else:
        messages.error(
            request,
            _("Il n’y a pas de fiche à signer : recopiez d’abord le code du papier."),
        )
    return redirect(address_of(after))
