"""The report of a session: its figures on paper and in a workbook, beside other sessions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accounts.policy import Person
from rendezvous.documents.workbook import Cell, Column, Page, workbook
from rendezvous.models import Session
from rendezvous.selectors.compared_figures import comparable_sessions
from rendezvous.selectors.figures import Figures, figures_of
from rendezvous.selectors.funnels import STEPS, Line
from rendezvous.selectors.printing.heading import values_for

BESIDE = 4  # other sessions: as many columns as an A4 sheet holds
NONE = "–"
INDENT = "\u00a0" * 4


def report_values(session: Session, viewer: Person) -> tuple[Figures, dict[str, Any]]:
    """Return what ``templates/report.typ`` reads."""
    figures, others = _figures(session, viewer)
    values = values_for(_("Bilan de la session"), session, None)
    values["note"] = _note(figures)
    values["words"] |= _words()
    values["notes"] = _notes(figures)
    values["steps"] = [
        {"label": label, "value": value} for label, value in figures.funnel.steps
    ]
    values["facts"] = [
        {"label": label, "value": _told(value)} for label, value in _facts(figures)
    ]
    values["heads"] = ["", *_step_names()]
    values["parts"] = [
        {"title": title, "rows": [_row(one) for one in lines]}
        for title, lines in _parts(figures)
    ]
    values["compared"] = _compared(figures, others)
    return figures, values


def report_workbook(session: Session, viewer: Person) -> bytes:
    """Write the same figures for a spreadsheet; a hidden one is an empty cell."""
    figures, others = _figures(session, viewer)
    steps = [Column(name, 14) for name in _step_names()]
    parts = [
        Page(title, [Column(title, 44), *steps], [_cells(one) for one in lines])
        for title, lines in (*_whole(figures), *_parts(figures))
    ]
    compared = Page(
        _("Sessions"),
        [Column(_("Session"), 44), Column(_("Jour"), 12, "dd/mm/yyyy"), *steps],
        [_session_cells(one) for one in (figures, *others)],
    )
    facts = Page(
        _("Autres chiffres"),
        [Column(_("Chiffre"), 44), Column(_("Valeur"), 14)],
        [[label, value] for label, value in _facts(figures)],
    )
    return workbook([*parts, facts, compared], title=session.title, at=day_of(figures))


def day_of(figures: Figures) -> dt.datetime:
    """The date that a report carries: that of its figures."""
    return dt.datetime.combine(figures.as_of, dt.time(), figures.session.tz)


def _figures(session: Session, viewer: Person) -> tuple[Figures, list[Figures]]:
    """Return the figures of a session, then of the last others that one may compare."""
    others = [one for one in comparable_sessions(viewer) if one.pk != session.pk]
    return (
        figures_of(session, viewer),
        [figures_of(one, viewer) for one in others[:BESIDE]],
    )


def _words() -> dict[str, str]:
    return {
        "step": _("Étape"),
        "pairs": _("Rencontres"),
        "funnel": _("Des rencontres aux projets"),
        "fact": _("Chiffre"),
        "value": _("Valeur"),
        "hidden": _("moins de 5"),
        "compared": _("À côté d’autres sessions"),
    }


def _note(figures: Figures) -> str:
    day = date_format(figures.as_of, "j F Y")
    return _("Chiffres au %(day)s") % {"day": day}


def _notes(figures: Figures) -> list[str]:
    told = [
        _(
            "Ce sont des organisations inscrites à cette session\u202f: ces chiffres ne "
            "disent rien de celles qui n’y étaient pas."
        ),
        _("Qui n’a pas été dit absent à l’accueil est venu."),
    ]
    if figures.is_guarded:
        told.append(
            _(
                "Un chiffre derrière lequel il y a moins de cinq organisations n’est pas "
                "montré."
            )
        )
    return told


def _facts(figures: Figures) -> list[tuple[str, Cell]]:
    months = figures.months_to_agreement
    return [
        (_("Organisations inscrites"), figures.organisations),
        *((f"{INDENT}{one.label}", one.organisations) for one in figures.by_kind),
        (_("Organisations venues"), figures.came),
        *((f"{INDENT}{one.label}", one.came) for one in figures.by_kind),
        (_("Personnes attendues"), figures.people),
        (_("Personnes venues"), figures.people_came),
        (_("Fiches d’engagement signées"), figures.cards_signed),
        (_("Arrêtées"), figures.stopped),
        *((f"{INDENT}{label}", count) for label, count in figures.stop_reasons),
        (_("Mois jusqu’à l’accord (la moitié en moins)"), months),
    ]


def _told(value: Cell) -> str:
    if value is None:
        return NONE
    return number_format(round(value, 1), 1) if isinstance(value, float) else str(value)


def _step_names() -> list[str]:
    return [str(label) for label in STEPS.values()]


def _parts(figures: Figures) -> list[tuple[str, Sequence[Line]]]:
    return [
        (_("Par natures"), figures.by_kinds),
        (_("Par type de partenariat"), figures.by_type),
        (_("Par domaine"), figures.by_domain),
    ]


def _whole(figures: Figures) -> list[tuple[str, Sequence[Line]]]:
    return [(_("Ensemble"), (Line("all", figures.session.title, figures.funnel),))]


def _row(line: Line) -> dict[str, Any]:
    return {"label": line.label, "cells": _cells(line)[1:]}


def _cells(line: Line) -> list[Cell]:
    return [line.label, *(value for _label, value in line.funnel.steps)]


def _session_cells(figures: Figures) -> list[Cell]:
    session = figures.session
    steps = [value for _label, value in figures.funnel.steps]
    return [session.title, session.local_begins_at, *steps]


def _compared(figures: Figures, others: Sequence[Figures]) -> dict[str, Any]:
    """Return a row by session; nothing when there is no other."""
    if not others:
        return {"heads": [""], "rows": []}
    rows = [
        {"label": _dated(one.session), "cells": _session_cells(one)[2:]}
        for one in (figures, *others)
    ]
    return {"heads": ["", *_step_names()], "rows": rows}


def _dated(session: Session) -> str:
    return f"{session.title}, {date_format(session.local_begins_at, 'j N Y')}"
