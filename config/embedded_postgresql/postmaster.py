"""The server that is running, read from the file that PostgreSQL keeps of itself."""

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ORPHANS_SECONDS = 5.0
# Lines of postmaster.pid (PostgreSQL, src/include/utils/pidfile.h), from 0.
PID_LINE, SOCKET_DIRECTORY_LINE, STATUS_LINE = 0, 4, 7


@dataclass(frozen=True)
class Postmaster:
    """A live server: its process, the directory of its socket, whether it accepts connections."""

    pid: int
    socket_directory: Path
    is_ready: bool


def postmaster_of(data: Path) -> Postmaster | None:
    """Return the live server of a data directory, None when there is none."""
    lines = _lines(data)
    if len(lines) <= SOCKET_DIRECTORY_LINE:
        return None
    pid = int(lines[PID_LINE])
    if not _is_server_of(pid, data):
        return None
    return Postmaster(
        pid=pid,
        socket_directory=Path(lines[SOCKET_DIRECTORY_LINE]),
        is_ready=[line.strip() for line in lines[STATUS_LINE:]] == ["ready"],
    )


def clear_stale_pid_file(data: Path) -> None:
    """Remove the trace of a dead server whose number is a zombie's, or now another program's.

    PostgreSQL takes either for a live server and refuses to start. A number that nobody has is
    left to it: it checks by itself that no child of the dead server is still writing.
    """
    lines = _lines(data)
    if not lines or not _exists(int(lines[0])) or _is_server_of(int(lines[0]), data):
        return
    deadline = time.monotonic() + ORPHANS_SECONDS
    while _has_orphans(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _lines(data: Path) -> list[str]:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    return (
        lines
        if lines and lines[0].strip().isascii() and lines[0].strip().isdecimal()
        else []
    )


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_server_of(pid: int, data: Path) -> bool:
    """Read the command line: empty for a zombie, and it names the directory for a server."""
    return os.fsencode(data) in _command_line(pid)


def _command_line(pid: int) -> bytes:
    if Path("/proc/self").exists():
        try:
            return (Path("/proc") / str(pid) / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return b""
    show = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(show, check=False, capture_output=True).stdout


def _has_orphans(data: Path) -> bool:
    target = str(data.resolve())
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str((process / "cwd").readlink()) == target:
                return True
    return False
