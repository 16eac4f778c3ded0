"""Reading the values of a JSON file one by one, noting all that is wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from rendezvous.scheduling.refusals import Fault, Refusal

SHOWN = 60
MOST = 10_000


@dataclass
class Reader:
    """What was wrong so far, and the source for the lines."""

    refusals: list[Refusal] = field(default_factory=list)
    line: int = 1

    def refuse(self, path: str, value: Any, fault: Fault, detail: str = "") -> None:
        """Note a refusal."""
        shown = json.dumps(value, ensure_ascii=True)[:SHOWN]
        self.refusals.append(Refusal(self.line, path, shown, fault, detail))

    def table(self, value: Any, path: str, known: frozenset[str]) -> dict[str, Any]:
        """Read an object whose keys are known."""
        if not isinstance(value, dict):
            self.refuse(path, value, Fault.NOT_OBJECT)
            return {}
        for key in value:
            if key not in known:
                shown = json.dumps(key)[1:-1][:SHOWN]
                self.refuse(
                    f"{path}.{shown}".lstrip("."), value[key], Fault.UNKNOWN_KEY
                )
        return value

    def items(self, value: Any, path: str) -> Iterator[tuple[str, Any]]:
        """Read a list, with the path of each of its items; nothing when absent."""
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(path, value, Fault.NOT_LIST)
            return
        for position, one in enumerate(value):
            yield f"{path}[{position}]", one

    def whole(
        self, value: Any, path: str, low: int = 0, high: int = MOST
    ) -> int | None:
        """Read a whole number; ``None`` when absent or refused."""
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(path, value, Fault.NOT_WHOLE)
        elif not low <= value <= high:
            self.refuse(path, value, Fault.OUT_OF_RANGE, f"{low}–{high}")
        else:
            return value
        return None

    def required(self, row: dict[str, Any], key: str, path: str) -> Any:
        """Return a value that has to be there."""
        if row.get(key) is None:
            self.refuse(f"{path}.{key}".lstrip("."), None, Fault.MISSING)
        return row.get(key)

    def number(self, value: Any, path: str, high: float = 1e6) -> float | None:
        """Read a number from 0 on; ``None`` when absent or refused."""
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not isfinite(value):
            self.refuse(path, None if is_number else value, Fault.NOT_NUMBER)
        elif not 0 <= value <= high:
            self.refuse(path, value, Fault.OUT_OF_RANGE, f"0–{high:g}")
        else:
            return float(value)
        return None

    def text(self, value: Any, path: str) -> str | None:
        """Read a text that can be printed; ``None`` when absent or refused."""
        if value is None or (isinstance(value, str) and value.isprintable()):
            return value
        self.refuse(path, value, Fault.NOT_TEXT)
        return None
