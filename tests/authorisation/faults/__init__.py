"""The seeded faults: one module a subject, loaded by ``load``."""

import importlib
import pkgutil

FAULTS = {}


def fault(*names):
    """Register a mistake, and the addresses where it must be seen."""

    def register(function):
        FAULTS[function.__name__] = (function, names)
        return function

    return register


def telling(patch, module, name, tell):
    """Make ``module.name`` add to its answer what ``tell`` says."""
    original = getattr(module, name)

    def wrong(*args, **kwargs):
        return tell(original(*args, **kwargs), *args)

    patch.setattr(module, name, wrong)


def load():
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return FAULTS
