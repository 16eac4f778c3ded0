"""The embedded cluster: whoever starts it, and whatever is killed, it starts and stops cleanly."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from config.embedded_postgresql.cluster import Cluster
from config.embedded_postgresql.errors import ClusterError
from config.embedded_postgresql.options import PORT, SUPERUSER
from config.embedded_postgresql.postmaster import postmaster_of

ROOT = Path(__file__).resolve().parents[2]
USER_PROGRAM = """
import signal, sys, time
from pathlib import Path
# A suite that runs in the background ignores it, and so would this program.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, sys.argv[1])
from config.embedded_postgresql.cluster import Cluster
cluster = Cluster(Path(sys.argv[2]), durable=False)
print(cluster.ensure(), cluster.running().pid, flush=True)
sys.stdin.read()
cluster.release()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster made once, stopped, which the tests copy: creating takes most of the time."""
    base = tmp_path_factory.mktemp("made") / "pg"
    cluster = Cluster(base, durable=False)
    cluster.ensure()
    cluster.release()
    return base


@pytest.fixture
def base(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "pg")
    return tmp_path / "pg"


@pytest.fixture
def use(base: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start a process that uses the cluster until its input is closed."""
    users: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        users.append(
            subprocess.Popen(
                [sys.executable, "-c", USER_PROGRAM, str(ROOT), str(base)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return users[-1]

    yield start
    for user in users:
        user.kill()
        user.communicate()
    assert eventually(lambda: postmaster_of(base / "data") is None)


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def query(socket: Path | str, sql: str) -> object:
    connection = psycopg2.connect(
        host=str(socket), port=PORT, user=SUPERUSER, dbname="alliances"
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def server_line(user: subprocess.Popen[str]) -> tuple[str, int]:
    assert user.stdout is not None
    socket, pid = user.stdout.readline().rsplit(" ", 1)
    return socket, int(pid)


def finish(user: subprocess.Popen[str]) -> None:
    user.communicate(timeout=30)
    assert user.returncode == 0


def test_only_its_account_can_reach_the_socket(base: Path) -> None:
    cluster = Cluster(base, durable=False)
    socket = cluster.ensure()

    try:
        assert query(socket, "SHOW listen_addresses") == ""
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    finally:
        cluster.release()
    assert not list(base.glob(".s.PGSQL*"))


def test_a_path_too_long_for_a_socket_gets_a_short_private_directory(
    made: Path, tmp_path: Path
) -> None:
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    shutil.copytree(made, deep)
    cluster = Cluster(deep, durable=False)
    socket = cluster.ensure()

    try:
        assert query(socket, "SELECT 1") == 1
        assert socket.parent == Path("/tmp")
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    finally:
        cluster.release()
    assert eventually(lambda: not socket.exists())


def test_text_is_unicode_whatever_the_locale_of_the_machine(base: Path) -> None:
    cluster = Cluster(base, durable=False)
    socket = cluster.ensure()

    try:
        assert query(socket, "SELECT upper('œuvre d’été')") == "ŒUVRE D’ÉTÉ"
        assert query(socket, "SELECT 'ÉNERGIE' ILIKE 'énergie'") is True
    finally:
        cluster.release()


def test_two_first_starters_at_once_share_one_server(
    base: Path, use: Callable[[], subprocess.Popen[str]]
) -> None:
    shutil.rmtree(base)
    first, second = use(), use()

    assert server_line(first) == server_line(second)
    finish(first)
    finish(second)


def test_the_server_outlives_its_starter_while_somebody_uses_it(
    base: Path, use: Callable[[], subprocess.Popen[str]]
) -> None:
    starter = use()
    socket, _ = server_line(starter)
    other = use()
    server_line(other)

    finish(starter)

    time.sleep(0.3)
    assert query(socket, "SELECT 1") == 1
    finish(other)
    assert postmaster_of(base / "data") is None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_when_its_only_user_is_killed(
    base: Path, use: Callable[[], subprocess.Popen[str]], number: signal.Signals
) -> None:
    user = use()
    server_line(user)

    user.send_signal(number)

    assert eventually(lambda: postmaster_of(base / "data") is None)


def test_a_server_killed_restarts_at_once_with_what_was_committed(base: Path) -> None:
    cluster = Cluster(base, durable=True)
    try:
        query(cluster.ensure(), "CREATE TABLE kept (value int)")
        query(cluster.ensure(), "INSERT INTO kept VALUES (42)")

        server = cluster.running()
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        assert eventually(lambda: cluster.running() != server)

        assert query(cluster.ensure(), "SELECT value FROM kept") == 42
    finally:
        cluster.release()


def test_a_server_whose_guardian_was_killed_gets_another_one(base: Path) -> None:
    cluster = Cluster(base, durable=False)
    cluster.ensure()
    server = cluster.running()
    assert server is not None
    os.kill(
        int(Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()[1]),
        9,
    )

    newcomer = Cluster(base, durable=False)
    newcomer.ensure()

    assert newcomer.running() == server
    cluster.release()
    newcomer.release()
    assert eventually(lambda: newcomer.running() is None)


def test_an_interrupted_creation_is_started_again(tmp_path: Path) -> None:
    unfinished = tmp_path / "pg" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    cluster = Cluster(tmp_path / "pg", durable=False)

    try:
        assert query(cluster.ensure(), "SELECT 1") == 1
    finally:
        cluster.release()


def test_a_number_taken_by_another_program_is_not_a_server(base: Path) -> None:
    (base / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{base}/data\n1\n5432\n{base}\n\n 1 1\nready   \n"
    )
    cluster = Cluster(base, durable=False)

    try:
        assert query(cluster.ensure(), "SELECT 1") == 1
    finally:
        cluster.release()


def test_another_major_version_is_refused_and_kept(base: Path) -> None:
    (base / "data" / "PG_VERSION").write_text("16\n")

    with pytest.raises(ClusterError, match="PostgreSQL 16"):
        Cluster(base, durable=False).ensure()
    assert (base / "data" / "base").exists()
