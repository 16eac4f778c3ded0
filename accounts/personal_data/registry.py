"""The vocabulary of the data map, and the rows that each application adds to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.db.models.options import Options

Text = str | Promise


class Nature(StrEnum):
    """What a column says of persons."""

    PLAIN = "plain"  # nothing by itself
    PERSONAL = "personal"  # something about the person whom the row belongs to
    WORDS = "words"  # free words of people, where somebody may be named
    TRACE = "trace"  # written by the program, which may copy a name or an address
    SECRET = "secret"  # noqa: S105 - a key or its hash: about a person, and never handed out


class Basis(StrEnum):
    """Why the law allows it (RGPD, article 6)."""

    CONTRACT = "Exécution du service demandé (art. 6.1.b)"
    CONSENT = "Consentement (art. 6.1.a)"
    LEGAL = "Obligation légale (art. 6.1.c)"
    INTEREST = "Intérêt légitime : sécurité et bon fonctionnement (art. 6.1.f)"


class OnErasure(StrEnum):
    """What becomes of a row that leads to a person who is erased."""

    DELETE = "delete"  # it was theirs alone
    DETACH = "detach"  # it serves others: it no longer says who
    KEEP = "keep"  # it serves others, and leads to the pseudonym
    BLANK = "blank"  # the same, and what it says of the person is emptied


@dataclass(frozen=True)
class Activity:
    """One line of the register of processing."""

    code: str
    title: Text
    purpose: Text
    basis: Basis
    people: Text
    seen_by: Text


@dataclass(frozen=True)
class Link:
    """How a row leads to a person, and which of its columns are about them.

    ``path`` is a lookup that ends on a person, or on their address when
    ``by_address``; ``fields`` go into the copy of their data.
    """

    path: str
    fields: tuple[str, ...]
    on_erasure: OnErasure = OnErasure.DELETE
    by_address: bool = False


@dataclass(frozen=True)
class Kept:
    """Rows that end with what they are part of."""

    until: Text


@dataclass(frozen=True)
class Purged:
    """Rows that a daily job removes, ``after`` the date in the column ``since``."""

    after: timedelta
    since: str
    until: Text
    only: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """What a table holds of persons, column by column."""

    label: str
    natures: Mapping[str, Nature]
    activity: Activity | None
    retention: Kept | Purged | None
    links: tuple[Link, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    def columns(self, *natures: Nature) -> tuple[str, ...]:
        """Return the names of the columns of these natures."""
        return tuple(name for name, nature in self.natures.items() if nature in natures)

    @property
    def options(self) -> "Options[Any]":
        return self.model._meta

    @property
    def rows(self) -> models.QuerySet[Any]:
        """Every row, whatever the usual manager leaves out."""
        return self.model._base_manager.all()  # noqa: SLF001 - the same

    @property
    def is_personal(self) -> bool:
        return any(nature is not Nature.PLAIN for nature in self.natures.values())


_tables: dict[str, Table] = {}
_activities: dict[str, Activity] = {}


def declare_activity(activity: Activity) -> Activity:
    """Register one line of the register of processing."""
    if activity.code in _activities:
        message = f"two activities are called {activity.code!r}"
        raise ValueError(message)
    _activities[activity.code] = activity
    return activity


def register(
    label: str,
    activity: Activity | None = None,
    retention: Kept | Purged | None = None,
    *,
    links: tuple[Link, ...] = (),
    **columns: str,
) -> None:
    """Say what the columns of the model ``label`` hold of persons.

    One keyword per nature (``plain``, ``personal``, ``words``, ``trace``, ``secret``),
    whose value names columns, separated by spaces.
    """
    natures = {
        name: Nature(nature)
        for nature, names in columns.items()
        for name in names.split()
    }
    enter(Table(label, natures, activity, retention, links))


def enter(table: Table) -> None:
    """Add ``table`` to the data map."""
    if table.label in _tables:
        message = f"{table.label} is in the data map twice"
        raise ValueError(message)
    _tables[table.label] = table


def tables() -> Iterator[Table]:
    """Iterate over the declared tables."""
    return iter(_tables.values())


def table_of(label: str) -> Table | None:
    """Return what was declared of the model ``label``, or nothing."""
    return _tables.get(label)


def all_activities() -> Iterator[Activity]:
    """Iterate over the lines of the register of processing."""
    return iter(_activities.values())
