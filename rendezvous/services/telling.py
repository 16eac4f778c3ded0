"""Whom a session tells: those who come with an account, and who decides for them."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from alliances.models import Organisation
from alliances.selectors.recipients import leads_of
from notifications.registry import Kind
from notifications.services import notify
from rendezvous.models import Attendee, Registration, Session
from rendezvous.notices import (
    CANCELLED,
    INVITED,
    MOVED,
    PROGRAMME_CHANGED,
    PROGRAMME_READY,
    PROMOTED,
    QUEUED,
    REGISTERED,
    REMINDED,
    WITHDRAWN,
)


def tell_registered(session: Session, registration: Registration) -> None:
    kind = REGISTERED if registration.is_confirmed else QUEUED
    _tell(kind, session, registration, path=own_page(session, registration))


def tell_promoted(session: Session, registration: Registration) -> None:
    _tell(PROMOTED, session, registration, path=own_page(session, registration))


def tell_withdrawn(session: Session, registration: Registration) -> None:
    _tell(WITHDRAWN, session, registration, path=public_page(session))


def tell_cancelled(session: Session) -> None:
    for one in _everybody(session):
        _tell(CANCELLED, session, one, path=public_page(session))


def tell_moved(session: Session) -> None:
    """Tell those who come, and those who wait, that it is elsewhere or at another hour."""
    for one in _everybody(session):
        page = own_page(session, one)
        _tell(MOVED, session, one, path=page, time=_stamp(session.updated_at))


def tell_soon(session: Session, *, days: int) -> None:
    """Remind those who have a place; once for each number of ``days`` and each day."""
    held_on = session.local_begins_at.date()
    for one in _everybody(session):
        if one.is_confirmed:
            page = own_page(session, one)
            _tell(REMINDED, session, one, path=page, time=f"{days}-{held_on}")


def tell_programme(session: Session, version: int) -> None:
    for one in _everybody(session):
        if one.is_confirmed:
            page = own_programme(session, one)
            _tell(PROGRAMME_READY, session, one, path=page, time=f"{version}")


def tell_invited(session: Session, organisation: Organisation) -> None:
    """Tell the lead contact, once for a session."""
    notify(
        INVITED,
        leads_of(organisation.pk),
        key=f"session:{session.public_id}:{organisation.public_id}:invited",
        path=public_page(session),
        context={
            "session": session.title,
            "organisation": organisation.name,
            "territory": session.territory.name,
            "place": session.place,
            "day": date_format(session.local_begins_at, "l j F Y"),
            "hour": date_format(session.local_begins_at, "TIME_FORMAT"),
        },
    )


def tell_changed(session: Session, version: int, concerned: Collection[int]) -> None:
    """Tell those whose programme another version changes, by registration."""
    for one in _everybody(session):
        if one.is_confirmed and one.pk in concerned:
            page = own_programme(session, one)
            _tell(PROGRAMME_CHANGED, session, one, path=page, time=f"{version}")


def own_programme(session: Session, registration: Registration) -> str:
    organisation = registration.organisation.public_id
    return reverse(
        "rendezvous:programme_detail", args=[session.public_id, organisation]
    )


def public_page(session: Session) -> str:
    return reverse("rendezvous:session_detail", args=[session.public_id])


def own_page(session: Session, registration: Registration) -> str:
    organisation = registration.organisation.public_id
    return reverse(
        "rendezvous:registration_edit", args=[session.public_id, organisation]
    )


def _everybody(session: Session) -> list[Registration]:
    rows = Registration.objects.live().filter(session=session).order_by("pk")
    return list(rows.select_related("organisation"))


def _tell(
    kind: Kind,
    session: Session,
    registration: Registration,
    *,
    path: str,
    time: str = "",
) -> None:
    organisation = registration.organisation
    # Who comes back after having withdrawn is told again.
    again = time or _stamp(registration.queued_at)
    notify(
        kind,
        people_of(registration),
        key=f"session:{session.public_id}:{organisation.public_id}:{again}",
        path=path,
        context={
            "session": session.title,
            "organisation": organisation.name,
            "place": session.place,
            "day": date_format(session.local_begins_at, "l j F Y"),
            "hour": date_format(session.local_begins_at, "TIME_FORMAT"),
        },
    )


def _stamp(at: dt.datetime) -> str:
    """Return an instant as keys hold it."""
    return at.isoformat().replace(":", "")


def people_of(registration: Registration) -> Iterable[User]:
    """Those who come and have an account, then the lead contact; each once."""
    coming = Attendee.objects.filter(
        registration=registration,
        user__is_active=True,
        user__memberships__organisation=registration.organisation_id,
    ).select_related("user")
    found = [one.user for one in coming.order_by("position") if one.user]
    leads = leads_of(registration.organisation_id)
    return {one.pk: one for one in (*found, *leads)}.values()
