"""Taking a person's name, addresses and number out of texts that stay."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from accounts.models import User
from accounts.personal_data import Nature, Table, tables
from accounts.selectors.personal_copy import addresses_of, rows_of

ERASED_NAME = "Personne effacée"
ERASED_ADDRESS = "[adresse effacée]"
ERASED_PHONE = "[numéro effacé]"
SEPARATORS = r"[\s.\-]*"
MIN_DIGITS = 8


@dataclass(frozen=True)
class Identity:
    """What tells that a text names somebody."""

    name: str
    addresses: frozenset[str]
    phone: str

    @classmethod
    def of(cls, user: User) -> "Identity":
        return cls(user.name.strip(), frozenset(addresses_of(user)), user.phone)

    @property
    def name_is_distinctive(self) -> bool:
        """Two words at least: « Marie » alone is anybody."""
        return " " in self.name

    def patterns(self, *, with_name: bool) -> Iterator[tuple[str, str]]:
        """Yield what to look for, as expressions, and what to put instead."""
        for address in sorted(self.addresses):
            yield re.escape(address), ERASED_ADDRESS
        digits = re.findall(r"[0-9]", self.phone)
        if len(digits) >= MIN_DIGITS:
            yield rf"\+?{SEPARATORS.join(digits)}", ERASED_PHONE
        if with_name and self.name_is_distinctive:
            yield re.escape(self.name), ERASED_NAME

    def replaced(self, text: str, *, with_name: bool) -> str:
        if with_name and self.name and text == self.name:
            return ERASED_NAME
        for pattern, instead in self.patterns(with_name=with_name):
            text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
        return text


def scrub_words(user: User, identity: Identity) -> None:
    """Scrub free words: the name in what is the person's, the rest everywhere."""
    for table in tables():
        columns = table.columns(Nature.WORDS)
        if not columns:
            continue
        _scrub(table, table.rows, columns, identity, with_name=False)
        for link in table.links:
            _scrub(table, rows_of(user, table, link), columns, identity, with_name=True)


def scrub_traces(identity: Identity) -> None:
    """Scrub, everywhere, what the program wrote by copying."""
    for table in tables():
        columns = table.columns(Nature.TRACE)
        if columns:
            _scrub(table, table.rows, columns, identity, with_name=True)


def _scrub(
    table: Table,
    rows: models.QuerySet[Any],
    columns: tuple[str, ...],
    identity: Identity,
    *,
    with_name: bool,
) -> None:
    def clean(text: str) -> str:
        return identity.replaced(text, with_name=with_name)

    for column in columns:
        for key, value in _naming(rows, column, identity, with_name=with_name):
            new = _rewritten(value, clean)
            limit = getattr(table.options.get_field(column), "max_length", None)
            if isinstance(new, str) and limit:
                new = new[:limit]
            table.rows.filter(pk=key).update(**{column: new})


def _naming(
    rows: models.QuerySet[Any], column: str, identity: Identity, *, with_name: bool
) -> list[tuple[Any, Any]]:
    """Return the keys and values of the rows whose ``column`` names the person."""
    asked = models.Q()
    for pattern, _instead in identity.patterns(with_name=with_name):
        asked |= models.Q(as_text__iregex=pattern.replace(r"\ ", " "))
    if with_name and identity.name:
        asked |= models.Q(as_text__contains=identity.name)
    if not asked:
        return []
    text = Cast(column, models.TextField())
    found = rows.annotate(as_text=text).filter(asked)
    return list(found.distinct().values_list("pk", column))


def _rewritten(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_rewritten(one, clean) for one in value]
    if isinstance(value, dict):
        return {clean(key): _rewritten(one, clean) for key, one in value.items()}
    return value
