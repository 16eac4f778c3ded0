"""One cluster in one directory: created, started, shared by processes, stopped after the last."""

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from config.embedded_postgresql import locks, places
from config.embedded_postgresql.errors import ClusterError
from config.embedded_postgresql.identity import Identity, identity_for
from config.embedded_postgresql.options import (
    ENVIRONMENT,
    INITDB_OPTIONS,
    SERVER_SETTINGS,
    SUPERUSER,
    THROWAWAY_SETTINGS,
)
from config.embedded_postgresql.postmaster import (
    Postmaster,
    clear_stale_pid_file,
    postmaster_of,
)

START_ATTEMPTS = 8
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOG_LIMIT_BYTES = 5_000_000
GUARDIAN = Path(__file__).with_name("guardian.py")


class Cluster:
    """The embedded PostgreSQL of a directory, as one process sees and uses it."""

    def __init__(
        self,
        base: Path,
        *,
        durable: bool = True,
        database: str = "alliances",
        identity: Identity | None = None,
    ) -> None:
        self._durable = durable
        self._database = database
        self._base = base.resolve()
        self._identity = identity
        self._thread_lock = threading.RLock()
        self._users_lock: int | None = None
        self._guardian: int | None = None
        self._home: Path | None = None

    def ensure(self) -> Path:
        """Return the directory of the socket of a server that runs, started if need be.

        From then on the server is kept up at least until `release` or the end of this process.
        """
        with self._thread_lock:
            server = self.running() if self._users_lock is not None else None
            if server is None or not server.is_ready:
                server = self._join()
            return server.socket_directory

    def running(self) -> Postmaster | None:
        """Return the server if one is alive, without starting it."""
        return postmaster_of(self._data())

    def release(self) -> None:
        """Stop using the server; when no process uses it any more, return once it is stopped."""
        with self._thread_lock:
            if self._users_lock is None:
                return
            os.close(
                self._users_lock
            )  # never LOCK_UN: a fork shares it, and may still need it
            self._users_lock = None
            deadline = time.monotonic() + STOP_SECONDS
            while (
                self.running()
                and not locks.is_shared(self._users())
                and time.monotonic() < deadline
            ):
                time.sleep(0.03)
            self._reap(wait=self.running() is None)

    def binary(self, name: str) -> str:
        """Return the path of a PostgreSQL program (``psql``, ``pg_dump``…)."""
        return str(places.binaries_for(Identity()) / name)

    def log_path(self) -> Path:
        """Return the path of the server's log."""
        return self._directory() / "postgresql.log"

    # -- starting ------------------------------------------------------------------------------

    def _join(self) -> Postmaster:
        """Become one of the users, under the lock that lets one process start at a time."""
        with locks.exclusive(self._directory() / "start.lock"):
            if self._users_lock is None:
                self._users_lock = locks.open_lock(self._users())
                fcntl.flock(
                    self._users_lock, fcntl.LOCK_SH
                )  # waits while a server is stopping
            server = self.running()
            if server is None or not self._becomes_ready(
                time.monotonic() + START_SECONDS
            ):
                server = self._start()
            elif not locks.is_held(self._guard()):
                self._spawn_guardian(
                    adopted_pid=server.pid, socket=server.socket_directory
                )
            self._create_database(server)
            return server

    def _start(self) -> Postmaster:
        self._initialise()
        for _ in range(START_ATTEMPTS):
            clear_stale_pid_file(self._data())
            self._rotate_log()
            self._spawn_guardian()
            if server := self._becomes_ready(time.monotonic() + START_SECONDS):
                return server
            self._reap(wait=False)
            time.sleep(0.4)  # the children of a killed server take a moment to go away
        raise ClusterError(
            "La base embarquée ne démarre pas. Ses données sont gardées ; la raison est dans "
            f"{self.log_path()} :\n{self._log_tail()}"
        )

    def _initialise(self) -> None:
        """Create the cluster, all or nothing: an interrupted creation is started again."""
        data = self._data()
        if data.exists():
            version = (data / "PG_VERSION").read_text().strip()
            if version != places.MAJOR_VERSION:
                raise ClusterError(
                    f"{data} a été créé par PostgreSQL {version}, le projet utilise la version "
                    f"{places.MAJOR_VERSION} : supprimez ce dossier pour repartir de zéro."
                )
            return
        unfinished = data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        options = [*INITDB_OPTIONS, *([] if self._durable else ["--no-sync"])]
        made = subprocess.run(
            [
                *self._who().prefix,
                self._program("initdb"),
                "-D",
                str(unfinished),
                *options,
            ],
            check=False,
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            **self._who().popen_options(),
        )
        if made.returncode != 0:
            raise ClusterError(
                f"La création de la base embarquée a échoué :\n{made.stderr}"
            )
        unfinished.rename(data)

    def _spawn_guardian(self, adopted_pid: int = 0, socket: Path | None = None) -> None:
        home = self._directory()
        socket = socket or places.socket_directory(home, self._who())
        order = {
            "users_lock": str(self._users()),
            "guardian_lock": str(self._guard()),
            "adopted_pid": adopted_pid,
            "temporary_socket_directory": "" if socket == home else str(socket),
            "command": self._command(socket),
            "environment": ENVIRONMENT,
            "popen_options": self._who().popen_options(),
        }
        log = os.open(self.log_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with contextlib.closing(os.fdopen(log)), Path(os.devnull).open() as nothing:
            self._guardian = os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-S", str(GUARDIAN), json.dumps(order)],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, nothing.fileno(), 0),
                    (os.POSIX_SPAWN_DUP2, log, 1),
                    (os.POSIX_SPAWN_DUP2, log, 2),
                ],
                setpgroup=0,
            )

    def _command(self, socket: Path) -> list[str]:
        settings = SERVER_SETTINGS | ({} if self._durable else THROWAWAY_SETTINGS)
        return [
            *self._who().prefix,
            self._program("postgres"),
            "-D",
            str(self._data()),
            *(f"--{name}={value}" for name, value in settings.items()),
            f"--unix_socket_directories={socket}",
        ]

    def _becomes_ready(self, deadline: float) -> Postmaster | None:
        """Wait for the server to accept connections; None when its guardian or itself is gone."""
        while time.monotonic() < deadline:
            server = self.running()
            if server is not None and server.is_ready:
                return server
            if server is None and self._guardian_has_ended():
                return None
            time.sleep(0.02)
        return None

    def _create_database(self, server: Postmaster) -> None:
        marker = self._directory() / f"{self._database}.created"
        if marker.exists():
            return
        host = ["--host", str(server.socket_directory), "--username", SUPERUSER]
        made = subprocess.run(
            [self.binary("createdb"), *host, self._database],
            check=False,
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
        )
        if made.returncode != 0 and "already exists" not in made.stderr:
            raise ClusterError(
                f"La base « {self._database} » n’a pas été créée :\n{made.stderr}"
            )
        marker.touch()

    # -- what this process knows of the others -------------------------------------------------

    def _guardian_has_ended(self) -> bool:
        self._reap(wait=False)
        return self._guardian is None and not locks.is_held(self._guard())

    def _reap(self, *, wait: bool) -> None:
        if self._guardian is None:
            return
        try:
            ended, _ = os.waitpid(self._guardian, 0 if wait else os.WNOHANG)
        except (
            ChildProcessError
        ):  # started by another process, or reaped by a server of ours
            ended = self._guardian
        if ended:
            self._guardian = None

    # -- places --------------------------------------------------------------------------------

    def _who(self) -> Identity:
        if self._identity is None:
            self._identity = identity_for(self._base)
        return self._identity

    def _directory(self) -> Path:
        if self._home is None:
            self._home = places.prepare_home(self._base, self._who())
        return self._home

    def _users(self) -> Path:
        return self._directory() / "users.lock"

    def _guard(self) -> Path:
        return self._directory() / "guardian.lock"

    def _data(self) -> Path:
        return self._directory() / "data"

    def _program(self, name: str) -> str:
        return str(places.binaries_for(self._who()) / name)

    def _rotate_log(self) -> None:
        log = self.log_path()
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))

    def _log_tail(self) -> str:
        log = self.log_path()
        return (
            "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            if log.exists()
            else ""
        )
