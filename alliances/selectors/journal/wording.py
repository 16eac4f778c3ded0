"""From a change to a sentence: no query, no clock, never a code.

What has no words here is told by the names of its model and of its fields; a value
that has no label is not shown.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alliances.selectors.journal.names import ERASED, Names
from alliances.selectors.journal.phrases import (
    GENERIC,
    PHRASES,
    SHOWN_AT_FIRST,
    UNTOLD_FIELDS,
)
from alliances.selectors.journal.reading import Change, Row


@dataclass(frozen=True)
class Detail:
    """One field of a change, in words; ``before`` is empty for what is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change as a person reads it."""

    at: dt.datetime
    who: str
    sentence: str
    details: Sequence[Detail] = ()


def told(change: Change, names: Names) -> Told:
    """Return ``change`` in French."""
    phrases = PHRASES.get(change.model, GENERIC)
    sentence = str(phrases[change.action]) % {
        "what": _what(change, names),
        "reason": change.before.get("reason", ""),
        "model": title(change.model),
    }
    details = () if change.action == "read" else tuple(_details(change, names))
    who = names.author(change.author)
    if change.action == "read":
        who = _("Administration")
    return Told(change.at, who, sentence, details)


def field_labels(change: Change) -> list[str]:
    """Return what a change touched, without any value."""
    if change.action != "update":
        return []
    return [str(field.verbose_name) for field in _changed(change)]


def title(label: str) -> str:
    """Return what a row of a model is called."""
    return str(apps.get_model(label)._meta.verbose_name)


def _details(change: Change, names: Names) -> Iterator[Detail]:
    if change.action == "update":
        for field in _changed(change):
            yield Detail(
                str(field.verbose_name),
                _value(field, change.before.get(field.attname), names),
                _value(field, change.after.get(field.attname), names),
            )
    elif change.action == "insert":
        for name in SHOWN_AT_FIRST.get(change.model, ()):
            field = apps.get_model(change.model)._meta.get_field(name)
            text = _value(field, change.before.get(name), names)
            yield Detail(str(field.verbose_name), "", text)


def _changed(change: Change) -> Iterator[models.Field]:
    for field in apps.get_model(change.model)._meta.concrete_fields:
        if field.name in UNTOLD_FIELDS or field.attname not in change.after:
            continue
        if change.before.get(field.attname) != change.after[field.attname]:
            yield field


def _what(change: Change, names: Names) -> str:
    """Return the thing itself: a means, a place, a person, the other side."""
    row = change.before
    if change.model == "alliances.Introduction":
        sides = [row.get("low_id"), row.get("high_id")]
        others = [side for side in sides if side != names.reader_id]
        return names.of("alliances.Organisation", others[0])
    if change.action == "read":
        return str(row.get("what", ""))
    return _named_by(change.model, row, names)


# The field that says what a row is; the first of several that holds something.
_NAMED_BY = {
    "alliances.Establishment": ("name", "commune"),
    "alliances.Intention": ("title",),
    "alliances.IntentionPlace": ("territory",),
    "alliances.IntentionDomain": ("domain",),
    "alliances.Need": ("means",),
    "alliances.Offer": ("means",),
    "alliances.Membership": ("user",),
    "alliances.Invitation": ("email",),
    "alliances.Claim": ("user",),
    "alliances.Interest": ("other",),
    "alliances.Exclusion": ("sector", "kind", "other"),
    "alliances.Block": ("other",),
}


def _named_by(label: str, row: Row, names: Names) -> str:
    for name in _NAMED_BY.get(label, ()):
        field = apps.get_model(label)._meta.get_field(name)
        assert isinstance(field, models.Field)  # noqa: S101 - none is a relation back
        if value := row.get(field.attname):
            named = _value(field, value, names)
            # In the middle of a sentence, words that any verb and preposition take.
            return _("quelqu’un (compte effacé)") if named == ERASED else named
    return _("projet principal") if label == "alliances.Intention" else ""


def _value(field: models.Field, value: object, names: Names) -> str:
    """Return one stored value in words."""
    if value is None or value in ("", []):
        return _("rien")
    if isinstance(field, models.ForeignKey):
        return names.of(field.remote_field.model._meta.label, value)
    if isinstance(field, ArrayField) and isinstance(value, list):
        return ", ".join(_value(field.base_field, each, names) for each in value)
    if field.choices:
        labels = {str(code): str(label) for code, label in field.flatchoices}
        return labels.get(str(value)) or _("une valeur qui n’existe plus")
    return _plain(field, value)


def _plain(field: models.Field, value: object) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return date_format(day, "j F Y") if day else ""
    if isinstance(value, (int, float)):
        return number_format(value)
    return str(value)
