"""What A keeps to itself, and the ways in which it changes: one module a subject.

Each function decorated with ``varies`` takes A, the world and a source of chance, and
changes one private thing of A; nobody else may notice anything, but for the personas
that the decorator names, whom it concerns. The function returns the other people, or
addresses, that are rightly written to about it.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

VARIATIONS = {}


@dataclass(frozen=True)
class Variation:
    """One way in which something private of A changes."""

    name: str
    change: Callable
    concerns: frozenset[str]


def varies(*concerned):
    """Register a way in which something private of A changes."""

    def register(function):
        name = function.__name__
        VARIATIONS[name] = Variation(name, function, frozenset(concerned))
        return function

    return register


def load():
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return VARIATIONS
