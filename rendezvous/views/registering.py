"""Registering an organisation, on a phone, from the page or from the poster."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.throttling import limited
from alliances.models import Organisation
from rendezvous.forms.registration import Known, RegistrationForm
from rendezvous.models import Registration, Session
from rendezvous.selectors.registrations import (
    Place,
    members_of,
    place_of,
    projects_for,
)
from rendezvous.selectors.sessions import balance_of, own_registrations_in
from rendezvous.services import registrations as services
from rendezvous.views.shared import (
    own_or_404,
    public_crumbs,
    session_or_404,
    signed_in,
)

REFUSALS = {
    services.RegistrationsClosedError: gettext_lazy(
        "Les inscriptions ne sont plus ouvertes. Rien n’a été enregistré : adressez-vous "
        "au catalyseur du territoire."
    ),
    services.KindNotInvitedError: gettext_lazy(
        "Cette session n’a pas de place pour les organisations de votre nature. Rien "
        "n’a été enregistré."
    ),
    services.RulesChangedError: gettext_lazy(
        "Les règles du jeu viennent de changer : relisez-les, puis acceptez-les."
    ),
}


@require_safe
def registration_begin(request: HttpRequest, session_id: str) -> HttpResponse:
    """Choose the organisation for which one comes; the only one is chosen already."""
    session = session_or_404(request, session_id)
    own = own_registrations_in(session, request.user)
    if len(own) == 1:
        only, _place = own[0]
        return redirect(
            "rendezvous:registration_edit", session.public_id, only.public_id
        )
    invited = {one.kind.value for one in balance_of(session)}
    context = {
        "session": session,
        "own": [(one, place, one.kind in invited) for one, place in own],
        "crumbs": public_crumbs(session, _("S’inscrire")),
    }
    return render(request, "rendezvous/begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("registration")
def registration_edit(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Register an organisation, see its place, correct what was said."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    place = place_of(session, organisation, request.user)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        known=_known(session, organisation, place),
        by=signed_in(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = services.register(
                session, organisation, form.coming(), by=signed_in(request)
            )
        except services.NotRegisteredError as error:
            form.add_error(None, str(REFUSALS[type(error)]))
        else:
            return _done(request, session, found, was_live=place.is_live)
    return _form_page(request, session, organisation, place=place, form=form)


@require_POST
@limited("registration")
def registration_cancel(
    request: HttpRequest, session_id: str, public_id: str
) -> HttpResponse:
    """Give the place back: it goes to who waits first."""
    session = session_or_404(request, session_id)
    organisation = own_or_404(request, public_id)
    if services.withdraw(session, organisation):
        told = _(
            "%s n’est plus inscrite : sa place va à qui attend. Merci de prévenir."
        )
        messages.success(request, told % organisation.name)
    else:
        messages.info(request, _("%s n’était pas inscrite.") % organisation.name)
    return redirect("rendezvous:session_detail", session.public_id)


def _known(session: Session, organisation: Organisation, place: Place) -> Known:
    return Known(
        session,
        projects_for(organisation),
        members_of(organisation),
        place.registration,
        place.attendees,
    )


def _done(
    request: HttpRequest,
    session: Session,
    registration: Registration,
    *,
    was_live: bool,
) -> HttpResponse:
    if was_live:
        said = _("Vos modifications sont enregistrées.")
    elif registration.is_confirmed:
        said = _("C’est noté : votre place est réservée.")
    else:
        said = _(
            "Les places de votre nature sont prises : vous êtes sur la liste d’attente. "
            "Nous vous écrirons dès qu’une place se libère."
        )
    messages.success(request, said)
    organisation = registration.organisation.public_id
    return redirect("rendezvous:registration_edit", session.public_id, organisation)


def _form_page(
    request: HttpRequest,
    session: Session,
    organisation: Organisation,
    *,
    place: Place,
    form: RegistrationForm,
) -> HttpResponse:
    now = timezone.now()
    invited = organisation.kind in {one.kind for one in balance_of(session)}
    may_come = session.takes_registrations(now) and invited
    context = {
        "session": session,
        "organisation": organisation,
        "place": place,
        "form": form,
        "members": form.known.members,
        "is_invited": invited,
        "shows_form": session.is_coming(now) if place.is_live else may_come,
        "crumbs": public_crumbs(session, organisation.name),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "rendezvous/register.html", context, status=status)
