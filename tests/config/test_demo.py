"""``make demo`` as somebody at a keyboard lives it: started, stopped, killed, started again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded_postgresql.postmaster import postmaster_of

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="concerns the embedded PostgreSQL"
)

Demo = subprocess.Popen[str]


@pytest.fixture(scope="module")
def first_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def var(tmp_path: Path, made_by_a_first_run: Path) -> Path:
    shutil.copytree(made_by_a_first_run, tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture(scope="module")
def made_by_a_first_run(
    tmp_path_factory: pytest.TempPathFactory, first_port: int
) -> Path:
    """What a first run leaves, from nothing: creating takes most of the time."""
    directory = tmp_path_factory.mktemp("first") / "var"
    said, _ = started(directory, first_port, "--check").communicate(timeout=120)
    assert said.splitlines()[-2:] == ["/ : 200", "/readyz : 200"], said
    return directory


def started(var: Path, port: int, *arguments: str) -> Demo:
    command = [sys.executable, "manage.py", "demo", "--empty", f"--port={port}"]
    environment = os.environ | {
        "ALLIANCES_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
    }
    return subprocess.Popen(
        [*command, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def demo(var: Path, first_port: int) -> Iterator[Callable[..., Demo]]:
    """Start demonstrations of the directory ``var``, and leave nothing behind."""
    all_of_them: list[Demo] = []

    def start(*arguments: str) -> Demo:
        all_of_them.append(started(var, first_port, *arguments))
        return all_of_them[-1]

    yield start
    for process in all_of_them:
        process.kill()
        process.communicate()
    assert eventually(lambda: processes_naming(var) == [])


def eventually(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def processes_naming(directory: Path) -> list[str]:
    """Return the command lines that name a directory: the server and its guardian."""
    lines = subprocess.run(
        ["ps", "-ww", "-e", "-o", "args="], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return [line for line in lines if str(directory) in line]


def read_until(process: Demo, wanted: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if wanted in line:
            return said
    pytest.fail(f"never said {wanted!r}, but:\n{said}")


def address_of(process: Demo) -> tuple[str, int]:
    said = read_until(process, "Le site est ouvert")
    host, port = said.rsplit("http://", 1)[1].split("/")[0].split(":")
    return host, int(port)


def status(host: str, port: int, path: str) -> int:
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def has_ipv6() -> bool:
    """Tell whether this machine has a loopback of IPv6."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def loopbacks() -> list[str]:
    return ["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"]


def refuses(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError:
        return True
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_running_site_stops_at_once_and_leaves_nothing(
    demo: Callable[..., Demo], var: Path, number: signal.Signals
) -> None:
    process = demo()
    host, port = address_of(process)
    assert host == "localhost"
    for place in (host, *loopbacks()):
        assert (status(place, port, "/"), status(place, port, "/readyz")) == (200, 200)

    process.send_signal(number)
    stopping = time.monotonic()
    process.communicate(timeout=15)

    assert process.returncode == 0
    assert time.monotonic() - stopping < 5
    assert all(refuses(place, port) for place in (host, *loopbacks()))
    assert processes_naming(var) == []
    assert list(var.rglob(".s.PGSQL*")) == []


def test_a_second_one_in_the_same_place_points_to_the_first(
    demo: Callable[..., Demo], first_port: int
) -> None:
    host, port = address_of(demo())

    second, _ = demo("--check").communicate(timeout=120)

    assert second.splitlines() == [
        f"La démonstration tourne déjà : http://{host}:{port}/",
        "/ : 200",
        "/readyz : 200",
    ]


def test_nobody_else_on_the_network_is_answered(demo: Callable[..., Demo]) -> None:
    _, port = address_of(demo())
    tables = (Path("/proc/net") / name for name in ("tcp", "tcp6"))
    listening = "".join(table.read_text() for table in tables if table.exists())

    places = set(re.findall(rf": ([0-9A-F]+):{port:04X} 0+:0000 0A", listening))

    ipv4, ipv6 = "0100007F", "00000000000000000000000001000000"
    assert places == ({ipv4, ipv6} if has_ipv6() else {ipv4})


@pytest.mark.parametrize("place", loopbacks())
def test_a_port_taken_by_another_program_is_said_and_the_next_one_used(
    demo: Callable[..., Demo], first_port: int, place: str
) -> None:
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    with socket.socket(family) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((place, first_port))
        other.listen()

        process = demo("--check")
        said, _ = process.communicate(timeout=120)

    assert process.returncode == 0
    assert f"Le port {first_port} est pris par un autre programme" in said


def test_after_a_kill_the_next_run_starts_as_if_nothing_had_happened(
    demo: Callable[..., Demo], var: Path
) -> None:
    killed = demo()
    address_of(killed)
    server = postmaster_of(var / "pg" / "demo" / "data")
    assert server is not None
    killed.kill()
    os.kill(server.pid, signal.SIGKILL)

    process = demo("--check")
    said, _ = process.communicate(timeout=120)

    assert process.returncode == 0, said


def test_interrupted_while_it_prepares_it_says_so_and_stops(
    demo: Callable[..., Demo], var: Path
) -> None:
    shutil.rmtree(var)  # a first run, which prepares for a while
    process = demo()
    read_until(process, "Base de données")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=120)

    assert process.returncode == 130, said
    assert "« make demo » reprend" in said
    assert eventually(lambda: processes_naming(var) == [])
