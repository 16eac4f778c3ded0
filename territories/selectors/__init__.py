"""Reads across the tables of territories."""

from territories.selectors.places import AmbiguousPlaceError, designated
from territories.selectors.references import (
    Resolution,
    UnknownTerritoryError,
    resolve,
    resolve_many,
)
from territories.selectors.search import Found, search_territories

__all__ = [
    "AmbiguousPlaceError",
    "Found",
    "Resolution",
    "UnknownTerritoryError",
    "designated",
    "resolve",
    "resolve_many",
    "search_territories",
]
