"""All that is kept about a person, read through the data map."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.fields.files import FieldFile

from accounts.models import User
from accounts.personal_data import Link, Table, tables

Value = str | int | float | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One column of one row: its name for programs, its label for people."""

    name: str
    label: str
    value: Value

    @property
    def is_known(self) -> bool:
        return self.value not in (None, "", [], {})


@dataclass(frozen=True)
class Section:
    """The rows of one table."""

    table: Table
    rows: list[list[Entry]]

    @property
    def title(self) -> str:
        name = str(self.table.options.verbose_name_plural)
        return name[:1].upper() + name[1:]


@dataclass
class PersonalCopy:
    """What is written in both files, and the files that the person attached."""

    user: User
    sections: list[Section] = field(default_factory=list)
    files: dict[str, FieldFile] = field(default_factory=dict)


def addresses_of(user: User) -> set[str]:
    """Return the addresses that are known to be this person's, in lower case."""
    known = dict(
        EmailAddress.objects.filter(user=user).values_list("email", "verified")
    )
    mine = {address for address, is_verified in known.items() if is_verified}
    if known.get(user.email, True):
        mine.add(user.email)
    return {address.lower() for address in mine}


def rows_of(user: User, table: Table, link: Link) -> models.QuerySet[Any]:
    """Return the rows of ``table`` that lead to ``user`` by ``link``."""
    rows = table.rows
    if link.by_address:
        asked = models.Q()
        for address in sorted(addresses_of(user)):
            asked |= models.Q(**{f"{link.path}__iexact": address})
        return rows.filter(asked) if asked else rows.none()
    return rows.filter(**{link.path: user.pk})


def personal_copy(user: User) -> PersonalCopy:
    """Gather what the data map says to be about ``user``."""
    copy = PersonalCopy(user)
    for table in tables():
        found = dict(_found(user, table))
        if found:
            rows = [
                list(_entries(table, row, names, copy)) for row, names in found.items()
            ]
            copy.sections.append(Section(table, rows))
    return copy


def _found(user: User, table: Table) -> Iterator[tuple[models.Model, list[str]]]:
    """Yield each row once, with the columns that any of its links gives."""
    names: dict[Any, dict[str, None]] = {}
    rows: dict[Any, models.Model] = {}
    for link in table.links:
        for row in rows_of(user, table, link).distinct().order_by("pk"):
            rows[row.pk] = row
            names.setdefault(row.pk, {}).update(dict.fromkeys(link.fields))
    for key, row in sorted(rows.items()):
        yield row, list(names[key])


def _entries(
    table: Table, row: models.Model, names: list[str], copy: PersonalCopy
) -> Iterator[Entry]:
    for name in names:
        column = table.options.get_field(name)
        label = str(getattr(column, "verbose_name", name))
        value = _value(row, name)
        if isinstance(value, FieldFile):
            value = _attached(value, row, copy)
        elif getattr(column, "choices", None):
            value = {"code": value, "label": str(_display(row, name))}
        yield Entry(name, label[:1].upper() + label[1:], _plain(value))


def _value(row: models.Model, name: str) -> object:
    """Return a value; nothing of what an old event leads to and that is gone."""
    try:
        return getattr(row, name)
    except ObjectDoesNotExist:
        return None


def _display(row: models.Model, name: str) -> object:
    return getattr(row, f"get_{name}_display")()


def _attached(file: FieldFile, row: models.Model, copy: PersonalCopy) -> str:
    """Return the name that the file has in the archive, unless it is gone."""
    if not file or not file.storage.exists(str(file.name)):
        return ""
    ending = "".join(
        c for c in str(getattr(row, "name", "")) if c.isalnum() or c in "-. "
    )
    name = f"pieces/{getattr(row, 'public_id', row.pk)}-{ending[-60:].strip()}"
    copy.files[name] = file
    return name


def _plain(value: object) -> Value:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)
