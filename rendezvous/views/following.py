"""For those who met: what they say of it, what they promise, how far they are."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.throttling import limited
from alliances.services.introductions import OwnRefusalError
from rendezvous.enums import Outcome, Stage, StopReason
from rendezvous.forms.following import (
    CardForm,
    FeedbackForm,
    ProgressForm,
    SignForm,
)
from rendezvous.selectors.afterwards import Afterwards, afterwards_of, found_by_code
from rendezvous.services.following import commitments as cards
from rendezvous.services.following import feedback as opinions
from rendezvous.services.following.progress import say_progress
from rendezvous.views.shared import (
    confirmed_or_404,
    own_or_404,
    public_crumbs,
    session_or_404,
    signed_in,
)

KEPT = gettext_lazy(
    "C’est noté, pour vous seuls tant que l’autre n’a pas répondu. Vous pouvez changer "
    "d’avis."
)
REFUSED = gettext_lazy(
    "Vos critères de refus, ou un blocage, écartent cette organisation : rien n’a "
    "changé. Levez-les d’abord, ou répondez « Non »."
)
TOLD = {
    Outcome.MUTUAL: gettext_lazy("Vous voulez continuer tous les deux."),
    Outcome.OPEN: gettext_lazy("Vous avez répondu tous les deux : rien n’est fermé."),
    Outcome.NONE: gettext_lazy("Vous avez répondu tous les deux : pas de suite."),
}


@require_safe
def followup_detail(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Show what follows a meeting, and what there is to say or to sign."""
    after = _after_or_404(request, session_id, public_id, other_id)
    code = request.GET.get("fiche", "")[:20]
    return _page(request, after, CardForm(after, code=code), code=code)


@require_POST
@limited("feedback")
def feedback_give(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Keep what one says of a meeting, and come back to the programme."""
    after = _after_or_404(request, session_id, public_id, other_id)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, after, CardForm(after), feedback=form)
    try:
        row = opinions.give_feedback(
            after.registration, after.other, said=form.said(), by=signed_in(request)
        )
    except OwnRefusalError:
        messages.error(request, str(REFUSED))
    except opinions.SettledError:
        messages.info(request, _("Vous avez répondu tous les deux : rien ne change."))
    except opinions.NotMetError:
        raise Http404 from None
    else:
        told = TOLD[Outcome(row.outcome)] if row.outcome else KEPT
        messages.success(request, str(told))
        if row.outcome == Outcome.MUTUAL:
            return redirect(_here(after))
    programme = reverse("rendezvous:programme_detail", args=[session_id, public_id])
    return redirect(f"{programme}#avec-{other_id}")


@require_POST
@limited("feedback")
def card_write(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Write a card, or another wording of it; whoever writes signs."""
    after = _after_or_404(request, session_id, public_id, other_id)
    form = CardForm(after, request.POST)
    if not form.is_valid():
        return _page(request, after, form, code=request.POST.get("code", "")[:20])
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
    return redirect(_here(after))


@require_POST
@limited("feedback")
def card_sign(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Sign the version that was read."""
    after = _after_or_404(request, session_id, public_id, other_id)
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
    return redirect(_here(after))


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


@require_POST
@limited("feedback")
def progress_say(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Keep how far one says that they are."""
    after = _after_or_404(request, session_id, public_id, other_id)
    form = ProgressForm(request.POST)
    if after.followup is None or after.question is None or not form.is_valid():
        raise Http404
    say_progress(
        after.followup,
        after.registration,
        stage=Stage(form.cleaned_data["etape"]),
        by=signed_in(request),
        why=form.cleaned_data["raison"],
    )
    messages.success(request, _("Merci, c’est noté. Vous pouvez changer d’avis."))
    return redirect(f"{_here(after)}#etape")


def _after_or_404(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> Afterwards:
    """Return what follows with one whom this organisation has met."""
    session = session_or_404(request, session_id)
    own = confirmed_or_404(request, session, own_or_404(request, public_id))
    found = afterwards_of(own, request.user, timezone.now())
    for after in found.values():
        if after.has_begun and after.other.public_id == other_id:
            return after
    raise Http404


def _page(
    request: HttpRequest,
    after: Afterwards,
    form: CardForm,
    *,
    code: str = "",
    feedback: FeedbackForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    own, session = after.registration, after.registration.session
    is_refused = form.is_bound or feedback is not None
    context = {
        "session": session,
        "organisation": own.organisation,
        "after": after,
        "form": form,
        "feedback": feedback,
        "code": code,
        "may_write": bool(code) or after.followup is not None,
        "stages": [one for one in Stage if one != Stage.STOPPED],
        "reasons": StopReason.choices,
        "crumbs": public_crumbs(session, after.other.organisation.name),
    }
    if is_refused and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "rendezvous/followup.html", context, status=status)


def _changed_meanwhile(request: HttpRequest, after: Afterwards) -> HttpResponse:
    """Show what the other side wrote, and keep what was typed."""
    own = after.registration
    fresh = _after_or_404(
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
    return _page(request, fresh, form, status=HTTPStatus.CONFLICT)


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
    return redirect(_here(after))


def _here(after: Afterwards) -> str:
    own = after.registration
    return reverse(
        "rendezvous:followup_detail",
        args=[
            own.session.public_id,
            own.organisation.public_id,
            after.other.public_id,
        ],
    )
