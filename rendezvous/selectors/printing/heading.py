"""What every sheet says: which session, where, when, of which programme, in words."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alliances.enums import ActorKind
from rendezvous.models import Registration, Schedule, Session

BRAND = "Alliances"
NAME_CHARS = 50


def values_for(
    title: str, session: Session, schedule: Schedule | None
) -> dict[str, Any]:
    """Return what ``templates/sheet.typ`` reads; each sheet adds its own."""
    return {
        "title": f"{title} – {session.title}",
        "brand": BRAND,
        "session": {
            "title": session.title,
            "when": when_of(session),
            "place": session.place,
        },
        "note": note_of(schedule, session),
        "words": words(title),
    }


def words(title: str) -> dict[str, str]:
    return {
        "sheet": title,
        "page": _("page"),
        "hour": _("Heure"),
        "round": _("Tour"),
        "table": _("Table"),
        "whom": _("Avec qui, et de quoi parler"),
        "who_sits": _("Qui s’y retrouve"),
        "notes": _("Notes"),
        "free": _("Pause\u202f: pas de rencontre à ce tour."),
        "free_table": _("Table libre"),
        "organisation": _("Organisation"),
        "person": _("Personne"),
        "presence": _("Présence"),
        "signature": _("Signature"),
    }


def when_of(session: Session) -> str:
    """Say the day and the hours, by the clock of the place."""
    begins, ends = session.local_begins_at, session.local_ends_at
    text = _("%(day)s, de %(from)s à %(until)s") % {
        "day": date_format(begins, "l j F Y"),
        "from": hour_of(begins),
        "until": hour_of(ends),
    }
    if session.zone == "Europe/Paris":
        return text
    zone = _("heure de %(zone)s") % {"zone": session.get_zone_display()}
    return f"{text} ({zone})"


def hour_of(moment: dt.datetime) -> str:
    return date_format(moment, "TIME_FORMAT")


def round_name(number: int) -> str:
    return _("tour %(number)d") % {"number": number}


def note_of(schedule: Schedule | None, session: Session) -> str:
    """Say of which version a sheet is: two of them are told apart."""
    if schedule is None:
        return ""
    if schedule.published_at is None:
        provisional = _(
            "Programme n°\u00a0%d, provisoire\u202f: il peut encore changer"
        )
        return provisional % schedule.version
    moment = schedule.published_at.astimezone(session.tz)
    return _("Programme n°\u00a0%(number)d, publié le %(day)s à %(hour)s") % {
        "number": schedule.version,
        "day": date_format(moment, "j F Y"),
        "hour": hour_of(moment),
    }


def organisation_values(registration: Registration) -> dict[str, str]:
    return {
        "name": registration.organisation.name,
        "kind": registration.kind,
        "label": kind_label(registration),
    }


def kind_label(registration: Registration) -> str:
    return str(ActorKind(registration.kind).label)


def date_of(session: Session, schedule: Schedule | None) -> dt.datetime:
    """The date that a document carries: the same until something is shared."""
    if schedule is None:
        return session.updated_at
    return schedule.published_at or schedule.created_at


def file_name(
    what: str, session: Session, schedule: Schedule | None, suffix: str
) -> str:
    """Return a name in plain letters, for any disk and any header."""
    parts = [slugify(what), slugify(session.title)[:NAME_CHARS].strip("-")]
    if schedule is not None:
        parts.append(f"v{schedule.version}")
    return "-".join(one for one in parts if one) + f".{suffix}"
