"""The ledger of erasures outlives the database: it is read again after a restore.

One line per person, of numbers and a date: nothing that tells who they were.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from accounts.models import Erasure


def ledger_path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def read_ledger(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a ledger; none when there is no file."""
    if path.exists():
        for line in path.read_text().splitlines():
            if line.strip():
                yield json.loads(line)


def write_ledger() -> int:
    """Add to the file what the table holds and the file does not; return how many."""
    path = ledger_path()
    written = {line["user_key"] for line in read_ledger(path)}
    missing = Erasure.objects.exclude(user_key__in=written).order_by("user_key")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as target:
        for erasure in missing:
            line = {
                "user_key": erasure.user_key,
                "pseudonym": erasure.pseudonym,
                "erased_at": erasure.erased_at.isoformat(),
                "origin": erasure.origin,
            }
            target.write(json.dumps(line) + "\n")
    return len(missing)


def to_replay(path: Path) -> dict[int, tuple[str, Any]]:
    """Return, by key, the pseudonym and the date: of the file and of the table."""
    found = {
        line["user_key"]: (line["pseudonym"], parse_datetime(line["erased_at"]))
        for line in read_ledger(path)
    }
    rows = Erasure.objects.values_list("user_key", "pseudonym", "erased_at")
    return {key: (name, at) for key, name, at in rows} | found
