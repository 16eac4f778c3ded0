"""The parent of the server: stops it when nobody uses it any more, even after a ``kill -9``.

Every process that uses the cluster holds a shared lock on one file, which the kernel releases when
the process ends, whatever the reason. The guardian stops PostgreSQL as soon as it can take that
lock exclusively, and keeps it while the server stops, so that a newcomer waits. Being the parent,
it also removes the dead server from the table of processes. Run by path, standard library only.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

POLL_SECONDS = 0.1
FAST_STOP_SECONDS = 20.0


class _AskedToEndError(Exception):
    """The guardian itself has been asked to end."""


def main(order: dict[str, Any]) -> int:
    """Launch (or adopt) the server, then stop it when it is no longer used."""
    _stand_apart()
    with (
        Path(order["guardian_lock"]).open("a") as mine,
        Path(order["users_lock"]).open("a") as users,
    ):
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return 0  # somebody guards it already
        server = _Server(order)
        with contextlib.suppress(_AskedToEndError):
            while server.is_running() and not _nobody_holds(users.fileno()):
                time.sleep(POLL_SECONDS)
        server.stop()
        if order["temporary_socket_directory"]:
            with contextlib.suppress(OSError):
                Path(order["temporary_socket_directory"]).rmdir()
        return server.return_code()


class _Server:
    """The server, our child, or one whose first guardian has been killed."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._pid: int = order["adopted_pid"] or 0
        if not self._pid:
            self._child = subprocess.Popen(
                order["command"],
                env=order["environment"],
                start_new_session=True,
                umask=0o077,
                **order["popen_options"],
            )
            self._pid = self._child.pid

    def is_running(self) -> bool:
        if self._child is not None:
            return self._child.poll() is None
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        return True

    def stop(self) -> None:
        """Ask for a fast shutdown (nothing committed is lost), insist when it lasts."""
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            deadline = time.monotonic() + FAST_STOP_SECONDS
            if self.is_running():
                os.kill(self._pid, request)
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(0.01)

    def return_code(self) -> int:
        return self._child.returncode if self._child is not None else 0


def _nobody_holds(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _stand_apart() -> None:
    """Leave the terminal's session: Ctrl-C is for those who use the server, not for it."""
    with contextlib.suppress(OSError):
        os.setsid()
    os.chdir("/")
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)


def _end(*_: object) -> None:
    raise _AskedToEndError


if __name__ == "__main__":
    sys.exit(abs(main(json.loads(sys.argv[1]))))
