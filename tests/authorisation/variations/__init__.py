"""What A keeps to itself, and the ways in which it changes: one module a subject.

Each function decorated with ``varies`` takes A, the world and a source of chance, and
changes one private thing of A; nobody else may notice anything.
"""

import importlib
import pkgutil

VARIATIONS = {}


def varies(function):
    """Register a way in which something private of A changes."""
    VARIATIONS[function.__name__] = function
    return function


def load():
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return VARIATIONS
