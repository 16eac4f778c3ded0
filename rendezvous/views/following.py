"""For those who met: what they say of it, and how far they are."""

from http import HTTPStatus

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
)
from rendezvous.selectors.afterwards import Afterwards, afterwards_of
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
    after = after_or_404(request, session_id, public_id, other_id)
    code = request.GET.get("fiche", "")[:20]
    return after_page(request, after, CardForm(after, code=code), code=code)


@require_POST
@limited("feedback")
def feedback_give(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Keep what one says of a meeting, and come back to the programme."""
    after = after_or_404(request, session_id, public_id, other_id)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return after_page(request, after, CardForm(after), feedback=form)
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
            return redirect(address_of(after))
    programme = reverse("rendezvous:programme_detail", args=[session_id, public_id])
    return redirect(f"{programme}#avec-{other_id}")


@require_POST
@limited("feedback")
def progress_say(
    request: HttpRequest, session_id: str, public_id: str, other_id: str
) -> HttpResponse:
    """Keep how far one says that they are."""
    after = after_or_404(request, session_id, public_id, other_id)
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
    return redirect(f"{address_of(after)}#etape")


def after_or_404(
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


def after_page(
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


def address_of(after: Afterwards) -> str:
    own = after.registration
    return reverse(
        "rendezvous:followup_detail",
        args=[
            own.session.public_id,
            own.organisation.public_id,
            after.other.public_id,
        ],
    )
