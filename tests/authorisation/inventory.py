"""Every address of the site, walked from the URLconf: nobody keeps a list by hand."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import Route, route_named

SHARE = 5
# The framework's own pages: tried with staff and without, objects are theirs.
OPAQUE_NAMESPACES = ("admin",)
# A part of the product, by the beginning of the names: ADDRESSES=rendezvous: for one.
ONLY = os.environ.get("ADDRESSES", "")


@dataclass(frozen=True)
class Address:
    """A named route, the parameters of its path, and its policy row."""

    name: str
    parameters: tuple[str, ...]
    row: Route


def walk(
    resolver: URLResolver | None = None,
    namespaces: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
) -> Iterator[tuple[str, tuple[str, ...], URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        here = (*parameters, *pattern.pattern.converters, *_groups(pattern))
        if isinstance(pattern, URLResolver):
            deeper = (
                (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            )
            yield from walk(pattern, deeper, here)
        else:
            yield ":".join((*namespaces, pattern.name or "")), here, pattern


def _groups(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    """Named groups of a regular expression (the API's router writes those)."""
    regex = getattr(pattern.pattern, "_regex", None)
    if not regex or pattern.pattern.converters:
        return ()
    return tuple(pattern.pattern.regex.groupindex)


def some_addresses(name: str) -> list[Address]:
    """Return a fifth of the addresses, another one for another ``name``: for the gate."""
    everything = addresses()
    return everything[crc32(name.encode()) % SHARE :: SHARE]


def addresses() -> list[Address]:
    """Return each named address once, leaving out the framework's namespaces."""
    found: dict[tuple[str, tuple[str, ...]], Address] = {}
    for name, parameters, _pattern in walk():
        if name.startswith(OPAQUE_NAMESPACES) or not name.startswith(ONLY):
            continue
        row = route_named(name)
        if row is not None:
            found[name, parameters] = Address(name, parameters, row)
    return list(found.values())


# A part of the addresses in the gate; all of them in ``make matrix``. A test calls
# ``extent(name)``, whose name chooses the part.
each_extent = pytest.mark.parametrize(
    "extent",
    [some_addresses, pytest.param(lambda _: addresses(), marks=pytest.mark.slow)],
    ids=["some", "all"],
)
