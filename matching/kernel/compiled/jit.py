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


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function at its first call, and keep the result on disk."""
    before = CONFIG.CACHE_DIR
    CONFIG.CACHE_DIR = str(FOLDER or "")
    try:
        made: Callable[..., Any] = numba.njit(cache=FOLDER is not None, **OPTIONS)(
            function
        )
    finally:
        CONFIG.CACHE_DIR = before
    return made


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Write a function out where it is called: no array is handed over."""
    made: Callable[..., Any] = numba.njit(inline="always", **OPTIONS)(function)
    return made
