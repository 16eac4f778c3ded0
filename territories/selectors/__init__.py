"""Reads across the tables of territories."""

from territories.selectors.references import (
    Resolution,
    UnknownTerritoryError,
    resolve,
    resolve_many,
)
from territories.selectors.search import Found, search_territories

__all__ = [
    "Found",
    "Resolution",
    "UnknownTerritoryError",
    "resolve",
    "resolve_many",
    "search_territories",
]
