"""One demonstration at a time in a directory, and where the running one answers."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path


class AlreadyRunningError(RuntimeError):
    """Another process holds the place; ``address`` is empty while it prepares."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@contextlib.contextmanager
def only_one(directory: Path) -> Iterator["Presence"]:
    """Hold the place until the end of this process, whatever ends it.

    Raises
    ------
    AlreadyRunningError
        If a demonstration already runs from this directory.
    """
    directory.mkdir(parents=True, exist_ok=True)
    presence = Presence(directory / "demo.json")
    with (directory / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunningError(presence.address()) from None
        presence.forget()
        try:
            yield presence
        finally:
            presence.forget()


class Presence:
    """The note that a demonstration leaves while it answers."""

    def __init__(self, note: Path) -> None:
        self._note = note

    def announce(self, address: str) -> None:
        self._note.write_text(json.dumps({"pid": os.getpid(), "address": address}))

    def address(self) -> str:
        """Return where the running demonstration answers, empty if it does not yet."""
        try:
            return str(json.loads(self._note.read_text())["address"])
        except (FileNotFoundError, ValueError):
            return ""

    def forget(self) -> None:
        self._note.unlink(missing_ok=True)
