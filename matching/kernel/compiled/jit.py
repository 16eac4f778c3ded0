"""How functions are compiled, and where the result is kept.

Numba looks at the file of a function to know whether what it kept is stale, never at the
files of what that function calls: the folder is named by all of them.
"""

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba
import numba.core

HERE = Path(__file__).parent
OPTIONS: dict[str, Any] = {
    "nogil": True,
    "fastmath": {"contract"},
    "error_model": "numpy",
}


def _folder() -> Path | None:
    """Return a folder of this very code, or None where nothing may be written."""
    digest = blake2b(digest_size=8)
    for source in sorted(HERE.glob("*.py")):
        digest.update(source.read_bytes())
    folder = HERE / "__pycache__" / f"numba-{digest.hexdigest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


FOLDER = _folder()
CONFIG: Any = numba.core.config


STRICT: dict[str, Any] = {**OPTIONS, "fastmath": False}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function at its first call, and keep the result on disk."""
    return _kept(function, OPTIONS)


def strict(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that computes to the bit what NumPy does."""
    return _kept(function, STRICT)


def _kept(function: Callable[..., Any], options: dict[str, Any]) -> Any:
    before = CONFIG.CACHE_DIR
    CONFIG.CACHE_DIR = str(FOLDER or "")
    try:
        return numba.njit(cache=FOLDER is not None, **options)(function)
    finally:
        CONFIG.CACHE_DIR = before


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Write a function out where it is called: no array is handed over."""
    made: Callable[..., Any] = numba.njit(inline="always", **OPTIONS)(function)
    return made
