"""Finding a session or an organisation, or answering that it is not there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import can, visible
from alliances.models import Organisation
from rendezvous.models import Registration, Session
from rendezvous.selectors.registrations import place_of

Crumbs = list[dict[str, str]]


def session_or_404(request: HttpRequest, session_id: str) -> Session:
    """Return a session that this person may read."""
    rows = visible(request.user, Session.objects.select_related("territory"))
    return get_object_or_404(rows, public_id=session_id)


def prepared_or_404(request: HttpRequest, session_id: str) -> Session:
    """Return a session that this person prepares."""
    session = session_or_404(request, session_id)
    if not can(request.user, "rendezvous.organise_session", session):
        raise Http404
    return session


def own_or_404(request: HttpRequest, public_id: str) -> Organisation:
    """Return an organisation that this person acts for."""
    rows = visible(request.user, Organisation.objects.active().for_list())
    organisation = get_object_or_404(rows, public_id=public_id)
    if not can(request.user, "rendezvous.register_organisation", organisation):
        raise Http404
    return organisation


def confirmed_or_404(
    request: HttpRequest, session: Session, organisation: Organisation
) -> Registration:
    """Return the place that an organisation has at a session."""
    registration = place_of(session, organisation, request.user).registration
    if registration is None or not registration.is_confirmed:
        raise Http404
    return registration


def catalyst(request: HttpRequest) -> User:
    """Return this person, a catalyst; the pages are for nobody else."""
    if not can(request.user, "rendezvous.prepare_sessions"):
        raise PermissionDenied
    return signed_in(request)


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    return request.user


def public_crumbs(session: Session | None = None, here: str = "") -> Crumbs:
    """The way of everybody: the list, the session, the page."""
    way = [{"label": _("Rencontres"), "url": reverse("rendezvous:session_list")}]
    if session is not None:
        url = reverse("rendezvous:session_detail", args=[session.public_id])
        way.append({"label": session.title, "url": url})
    return [*way, {"label": here, "url": ""}] if here else way


def catalyst_crumbs(session: Session | None = None, here: str = "") -> Crumbs:
    """The way of who prepares sessions."""
    mine = reverse("rendezvous:session_mine")
    way = [{"label": _("Sessions que vous préparez"), "url": mine}]
    if session is not None:
        url = reverse("rendezvous:session_board", args=[session.public_id])
        way.append({"label": session.title, "url": url})
    return [*way, {"label": here, "url": ""}] if here else way
