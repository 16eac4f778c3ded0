"""What those who come say themselves on the day: late, not coming, leaving."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.policy import visible
from accounts.throttling import limited
from rendezvous.forms.presence import PresenceForm, Word
from rendezvous.models import Attendee, Session
from rendezvous.selectors.own_day import Own, OwnDay, may_still_say
from rendezvous.services import attendance as services
from rendezvous.views.qr import ANY_MASK, Code, qr_path
from rendezvous.views.shared import own_or_404, session_or_404, signed_in

THANKS = gettext_lazy("C’est noté, l’équipe d’accueil le voit. Merci d’avoir prévenu.")
TOO_LATE = gettext_lazy(
    "Ce tour a déjà commencé, ou la personne est déjà arrivée\u202f: rien n’a changé. Dites-le à "
    "l’équipe d’accueil."
)


@dataclass(frozen=True)
class Carried:
    """Somebody, with the code that their phone shows at the door."""

    own: Own
    code: Code


def with_codes(day: OwnDay) -> dict[str, object]:
    """Draw the code of each person."""
    return {
        "own": day,
        "people": [Carried(one, qr_path(one.address, ANY_MASK)) for one in day.people],
    }


@require_POST
@limited("presence")
def attendance_say(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Keep what somebody says of their own day, or of a colleague's."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        raise Http404
    rows = Attendee.objects.filter(
        registration__in=session.registrations.confirmed().filter(
            organisation=organisation
        ),
        pk=form.cleaned_data["personne"],
    )
    attendee = visible(request.user, rows).first()
    if attendee is None:
        raise Http404
    try:
        _say(session, attendee, form, by=signed_in(request))
    except (services.NoSuchRoundError, services.AlreadyThereError):
        messages.error(request, str(TOO_LATE))
    else:
        messages.success(request, str(THANKS))
    return redirect("rendezvous:programme_detail", session_id, public_id)


def _say(session: Session, attendee: Attendee, form: PresenceForm, *, by: User) -> None:
    if not may_still_say(session, timezone.now()):
        raise services.NoSuchRoundError
    round_: int | None = form.cleaned_data["tour"]
    match Word(form.cleaned_data["dire"]):
        case Word.LATE:
            services.announce_late(session, attendee, round_, by=by)
        case Word.COMING:
            services.announce_late(session, attendee, None, by=by)
        case Word.ABSENT:
            services.give_up(session, attendee, by=by)
        case Word.LEAVING:
            services.leave(session, attendee, round_, by=by)
        case Word.STAYING:
            services.stay(session, attendee, by=by)
