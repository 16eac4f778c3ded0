"""What people wear and sign: badges, the sign-in sheet."""

from typing import Any

from django.utils.translation import gettext as _

from rendezvous.documents.printable import Drawn
from rendezvous.documents.qr import ANY_MASK, qr_path
from rendezvous.models import Attendee, Session
from rendezvous.selectors.arrivals import arrival_address
from rendezvous.selectors.printing.heading import (
    kind_label,
    organisation_values,
    values_for,
)
from rendezvous.selectors.printing.room import Guest, Room

FIRST_TABLES = 4


def badge_values(room: Room) -> dict[str, Any]:
    """A badge for each person, with a code of their own."""
    values = values_for(_("Badges"), room.session, None)
    values["badges"] = [
        _badge(room.session, guest, one)
        for guest in room.guests
        for one in guest.people
    ]
    return values


def signing_values(room: Room) -> dict[str, Any]:
    """Who is expected, with room to sign."""
    values = values_for(_("Feuille d’émargement"), room.session, None)
    values["people"] = [
        {
            **organisation_values(guest.registration),
            "organisation": guest.registration.organisation.name,
            "name": one.name,
            "presence": _presence(one, room.session),
        }
        for guest in room.guests
        for one in guest.people
    ]
    return values


def _badge(session: Session, guest: Guest, one: Attendee) -> dict[str, Any]:
    code = qr_path(arrival_address(session, one), ANY_MASK)
    return {
        "name": one.name,
        "organisation": guest.registration.organisation.name,
        "kind": guest.registration.kind,
        "label": kind_label(guest.registration),
        "tables": _first_tables(guest),
        "code": {"side": code.side, "path": Drawn(code.path)},
        "alt": _("Code d’arrivée, à lire à l’accueil"),
    }


def _first_tables(guest: Guest) -> str:
    seats = [guest.seats[number] for number in sorted(guest.seats)]
    if not seats:
        return ""
    tables = " · ".join(str(one.table) for one in seats[:FIRST_TABLES])
    return _("Premières tables\u202f: %(tables)s") % {"tables": tables}


def _presence(one: Attendee, session: Session) -> str:
    if (one.from_round, one.until_round) == (1, session.rounds):
        return _("tous les tours")
    return _("tours %(from)d à %(until)d") % {
        "from": one.from_round,
        "until": one.until_round,
    }
