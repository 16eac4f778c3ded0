"""Setting a template in type, from values that are never part of its source."""

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rendezvous.documents.printable import printable_values

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
SECONDS = 120
MEMORY_BYTES = 3 * 1024**3  # addresses; five hundred programmes use 1.2 GiB
TOLD_CHARS = 300
QUOTED = re.compile(r"`[^`]*`", re.DOTALL)


class PressError(RuntimeError):
    """No document was made: too long, too large, or a fault of a template."""


def press(template: str, values: Mapping[str, Any], *, at: dt.datetime) -> bytes:
    """Return the PDF (PDF/UA-1) of a template of ``templates``.

    Parameters
    ----------
    template
        Its name, without its suffix.
    values
        Plain data, with the words; every text is made printable here.
    at
        The date that the document carries: same values, same date, same bytes.

    Raises
    ------
    PressError
        If nothing was made, with what the compiler said.
    """
    order = {
        "template": str(TEMPLATES / f"{template}.typ"),
        "root": str(TEMPLATES),
        "fonts": str(HERE / "fonts"),
        "timestamp": int(at.timestamp()),
        "data": json.dumps(printable_values(dict(values))),
        "seconds": SECONDS,
        "memory_bytes": MEMORY_BYTES,
    }
    return _run(json.dumps(order).encode())


def _run(order: bytes) -> bytes:
    program = [sys.executable, "-I", str(HERE / "typesetting.py")]
    try:
        done = subprocess.run(
            program,
            input=order,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"RAYON_NUM_THREADS": "2"},
        )
    except subprocess.TimeoutExpired:
        message = f"not finished after {SECONDS} s"
        raise PressError(message) from None
    if done.returncode:
        # What somebody wrote is quoted so: it goes to no log.
        told = QUOTED.sub("…", done.stderr.decode(errors="replace"))[:TOLD_CHARS]
        message = f"status {done.returncode}: {told}"
        raise PressError(message)
    return done.stdout
