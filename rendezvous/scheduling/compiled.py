"""Compiling the inner loops with the optional extra ``accelerated``; as they are without.

The same functions run in both cases, on the same numbers: what differs is the number of
moves made in a second.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

try:
    _numba: Any = import_module("numba")
except ImportError:
    _numba = None

# Counting who refers to the arrays of a state costs many times the moves themselves, and
# nothing here keeps or makes an array: see docs/decisions/0171.
FASTEST = {"forceinline": True, "_nrt": False, "no_cfunc_wrapper": True}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that compiled functions call."""
    return _made(function, {**FASTEST, "no_cpython_wrapper": True})


def entry(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that Python calls."""
    return _made(function, FASTEST)


def _made(function: Callable[P, R], options: dict[str, bool]) -> Callable[P, R]:
    """Compile, and keep the result on disk where that is possible."""
    if _numba is None:
        return function
    for chosen in ({**options, "cache": True}, options):
        try:
            made: Callable[P, R] = _numba.njit(**chosen)(function)
        except (
            KeyError,
            TypeError,
            RuntimeError,
        ):  # an option, or a folder, is missing
            continue
        return made
    bare: Callable[P, R] = _numba.njit(function)
    return bare


def is_compiled() -> bool:
    """Tell whether the compiler is there."""
    return _numba is not None and not _numba.config.DISABLE_JIT
