"""A draft that a hand changes: by dragging, or by choosing in lists, to the same effect."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.throttling import limited
from rendezvous.forms.gestures import (
    PLACE,
    UnreadableError,
    gesture_in,
    number_in,
    place_in,
)
from rendezvous.models import Schedule, Session
from rendezvous.scheduling.gestures import NoSuchMeetingError
from rendezvous.selectors.draft_reading import names_of
from rendezvous.selectors.drafts import draft_of
from rendezvous.selectors.faults import sentence
from rendezvous.services import retouching as services
from rendezvous.views.scheduling import version_or_404
from rendezvous.views.shared import catalyst_crumbs, prepared_or_404, signed_in

SAID = {
    services.NotDraftError: gettext_lazy(
        "Cette version ne se retouche pas : faites-en d’abord une copie. Rien n’a changé."
    ),
    services.StaleError: gettext_lazy(
        "Ce brouillon a changé depuis que vous l’avez ouvert. Le voici tel qu’il est "
        "maintenant ; votre dernier geste n’est pas fait."
    ),
    services.LockedError: gettext_lazy(
        "C’est verrouillé. Levez le verrou pour changer cette partie. Rien n’a changé."
    ),
    NoSuchMeetingError: gettext_lazy(
        "Cette rencontre n’est plus à cette place. Rien n’a changé."
    ),
    UnreadableError: gettext_lazy("Choisissez ce qui change. Rien n’a changé."),
}


@require_POST
@limited("schedule")
def schedule_copy(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Copy a version into a draft to be changed by hand."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    draft = services.copy(session, schedule, by=signed_in(request))
    return redirect("rendezvous:schedule_edit", session_id, draft.public_id)


@require_safe
def schedule_edit(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Show the grid of a draft, and what may be done with the meeting that is chosen."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    if not schedule.is_being_changed:
        return redirect("rendezvous:schedule_detail", session_id, schedule_id)
    asked = request.GET.get("rencontre", "")
    draft = draft_of(
        session,
        schedule,
        request.user,
        place=place_in(asked) if PLACE.fullmatch(asked) else None,
        attendee=request.GET.get("qui", ""),
    )
    context = {
        "session": session,
        "schedule": schedule,
        "draft": draft,
        "crumbs": catalyst_crumbs(session, _("Retoucher")),
    }
    return render(request, "rendezvous/retouch.html", context)


@require_POST
@limited("retouch")
def schedule_change(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Make a gesture on a draft, or take the last one back."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    try:
        _change(request, session, schedule)
    except services.RefusedError as error:
        names = names_of(session, request.user)
        told = dict.fromkeys(sentence(one, names) for one in error.violations)
        messages.error(request, " ".join([*told, _("Rien n’a changé.")]))
    except tuple(SAID) as error:
        messages.error(request, str(SAID[type(error)]))
    return redirect("rendezvous:schedule_edit", session_id, schedule_id)


@require_POST
@limited("retouch")
def schedule_lock(
    request: HttpRequest, session_id: str, schedule_id: str
) -> HttpResponse:
    """Lock a part of a version, or unlock it."""
    session = prepared_or_404(request, session_id)
    schedule = version_or_404(request, session, schedule_id)
    if not schedule.is_being_changed:
        raise Http404
    try:
        _lock(request, session, schedule)
    except UnreadableError as error:
        messages.error(request, str(SAID[type(error)]))
    here = reverse("rendezvous:schedule_edit", args=[session_id, schedule_id])
    return redirect(f"{here}#verrous")


def _change(request: HttpRequest, session: Session, schedule: Schedule) -> None:
    expected = number_in(request.POST, "rang")
    if request.POST.get("geste") == "annuler":
        services.undo(session, schedule, expected=expected)
        messages.success(request, _("Votre dernier geste est annulé."))
        return
    gesture = gesture_in(request.POST, session.tables)
    services.change(session, schedule, gesture, expected=expected)
    messages.success(request, _("C’est fait. Vous pouvez annuler ce geste."))


def _lock(request: HttpRequest, session: Session, schedule: Schedule) -> None:
    if "lever" in request.POST:
        services.lift_lock(session, schedule, number_in(request.POST, "lever"))
        return
    if "rencontre" in request.POST:
        round_, table = place_in(request.POST["rencontre"])
        within = 1 <= round_ <= session.rounds and 1 <= table <= session.tables
        if not within:
            raise UnreadableError
        services.put_lock(session, schedule, round_=round_, table=table)
        return
    round_, table = number_in(request.POST, "tour"), number_in(request.POST, "table")
    person = number_in(request.POST, "qui")
    if round_ > session.rounds or table > session.tables:
        raise UnreadableError
    if person and str(person) not in names_of(session, request.user):
        raise UnreadableError
    _put(session, schedule, (round_, table, person))


def _put(session: Session, schedule: Schedule, asked: tuple[int, int, int]) -> None:
    """Put each of the locks that are asked for by itself."""
    round_, table, person = asked
    if not any(asked):
        raise UnreadableError
    if round_:
        services.put_lock(session, schedule, round_=round_)
    if table:
        services.put_lock(session, schedule, table=table)
    if person:
        services.put_lock(session, schedule, attendee_id=person)
