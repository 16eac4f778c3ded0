"""How soon 300 phones know what a host pressed, with the processes of production.

The time runs from before the host's request leaves until a phone holds the whole new
state; what a browser then shows takes a fifth of a second at most, the beat of its
countdown. The same is measured with the fallback: phones that ask every five seconds.
"""

import asyncio
import datetime as dt
import random
import socket
import time

from benchmarks.database import ORGANISATIONS  # noqa: F401  # sets Django up

# isort: split
import numpy as np
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.enums import MandateRole
from alliances.models import Mandate
from benchmarks.figures import Figure
from benchmarks.live_people import come
from benchmarks.live_server import processor_s, resident_mb, serving
from rendezvous.enums import SessionState
from rendezvous.models import Session
from rendezvous.selectors.live import live_of
from rendezvous.services.live import Action, Seen, act
from territories.models import Territory

NEEDS_DATABASE = True
CLIENTS = 300
GOAL_MS = 500
PRESSES, POLLED_PRESSES = 20, 3
BETWEEN_SECONDS = 0.7
POLL_SECONDS, POLL_SPREAD = 4.0, 2.0  # those of static/js/live_follow.js
LATE_SECONDS = 20.0
SPREAD_SECONDS = 8.0  # that of the page of a programme
PROGRAMME_GOAL_S = 30  # absences, then every phone with its new programme
PROGRAMME_PROCESSOR_GOAL_S = 10


def figures() -> list[Figure]:
    """Measure presses with answers that are held, then with phones that ask again."""
    session, host = _started()
    pages, followers = _free_port(), _free_port()
    with serving("pages", pages) as readers:
        with serving("followers", followers) as process:
            press = Press(session, host, pages)
            held = asyncio.run(_day(press, followers, PRESSES, is_held=True))
            memory_mb, links = resident_mb(process), held.connections
        polled = asyncio.run(_day(press, pages, POLLED_PRESSES, is_held=False))
        people = come(session, CLIENTS)
        before_s = processor_s(readers)
        read_s = asyncio.run(_everybody_reads(people, pages))
        spent_s = processor_s(readers) - before_s
    note = f"{CLIENTS} connections, {PRESSES} presses, held answers"
    asked = f"{CLIENTS} connections, {POLLED_PRESSES} presses, asked every 4 to 6 s"
    return [
        _figure("live.round_change_p95_ms", held.p95, "ms", GOAL_MS, note),
        Figure("live.clients", held.clients, "", CLIENTS, "higher", held.told),
        _figure("live.round_change_max_ms", held.worst, "ms", None, note),
        _figure("live.polled_p95_ms", polled.p95, "ms", None, asked),
        _figure(
            "live.programme_max_s",
            max(read_s),
            "s",
            PROGRAMME_GOAL_S,
            f"{CLIENTS} phones ask for their page of another programme, within"
            f" {SPREAD_SECONDS:.0f} s; 95 % in {np.percentile(read_s, 95):.1f} s",
        ),
        _figure(
            "live.programme_processor_s",
            spent_s,
            "s",
            PROGRAMME_PROCESSOR_GOAL_S,
            f"of the processes of pages, for these {CLIENTS} pages",
        ),
        _figure("live.followers_mb", memory_mb, "MB", None, "the process apart"),
        _figure("live.connections", links, "", None, "to the database, pages included"),
    ]


def _figure(name, value, unit, goal, note) -> Figure:
    return Figure(name, round(float(value), 1), unit, goal, "lower", note)


class Measures:
    """When each phone held each state, in ms since the press."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.missed = 0
        self.clients = 0
        self.connections = 0

    @property
    def p95(self) -> float:
        return float(np.percentile(self.waits, 95))

    @property
    def worst(self) -> float:
        return max(self.waits)

    @property
    def told(self) -> str:
        return f"{len(self.waits)} states received, {self.missed} missed"


class Press:
    """A host who stops everything, and goes on, again and again."""

    def __init__(self, session: Session, host: User, port: int) -> None:
        self.session, self.port = session, port
        self.revision = live_of(session).revision
        client = Client()
        client.force_login(host)
        page = reverse("rendezvous:live_host", args=[session.public_id])
        assert client.get(page).status_code == 200
        self.cookies = {name: one.value for name, one in client.cookies.items()}
        self.is_stopped = False

    async def __call__(self) -> int:
        """Press once; return the revision that phones must hear of."""
        action = Action.RESUME if self.is_stopped else Action.PAUSE
        self.is_stopped = not self.is_stopped
        body = f"action={action.value}&vu={self.revision}-0".encode()
        path = reverse("rendezvous:live_act", args=[self.session.public_id])
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
            f"X-CSRFToken: {self.cookies['csrftoken']}\r\nConnection: close\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        status = (await reader.readline()).split()[1]
        assert status == b"302", status
        writer.close()
        self.revision += 1
        return self.revision


class Phone:
    """One connection that asks for the state, as the script of the pages does."""

    def __init__(self, path: str, port: int, *, is_held: bool) -> None:
        self.path, self.port, self.is_held = path, port, is_held
        self.tag = ""
        self.heard: dict[int, float] = {}

    async def run(self) -> None:
        self.reader, self.writer = None, None
        while True:
            try:
                changed = await self.ask()
            except (OSError, asyncio.IncompleteReadError):
                self.writer = None  # a server may end a connection between two requests
                continue
            if not changed and not self.is_held:
                await asyncio.sleep(POLL_SECONDS + random.random() * POLL_SPREAD)

    async def ask(self) -> bool:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                "127.0.0.1", self.port
            )
        seen = f'If-None-Match: "{self.tag}"\r\n' if self.tag else ""
        asked = f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{seen}\r\n"
        self.writer.write(asked.encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:-2])
        length = int(lines.get("content-length", 0))
        body = await self.reader.readexactly(length) if length else b""
        if lines.get("connection") == "close":
            self.writer = None
        if not body:
            return False
        self.tag = lines["etag"].strip('"')
        revision = int(body.split(b'"revision": ')[1].split(b",")[0])
        self.heard.setdefault(revision, time.perf_counter())
        return True


async def _day(press: Press, port: int, presses: int, *, is_held: bool) -> Measures:
    path = reverse("rendezvous:live_state", args=[press.session.public_id])
    phones = [Phone(path, port, is_held=is_held) for _ in range(CLIENTS)]
    tasks = [asyncio.create_task(phone.run()) for phone in phones]
    measures = Measures()
    await _until_heard(phones, press.revision)
    measures.clients = sum(press.revision in one.heard for one in phones)
    measures.connections = await asyncio.to_thread(_idle_readers)
    for _ in range(presses):
        await asyncio.sleep(BETWEEN_SECONDS * random.uniform(0.5, 1.5))
        begun = time.perf_counter()
        revision = await press()
        await _until_heard(phones, revision)
        times = [one.heard[revision] for one in phones if revision in one.heard]
        measures.waits += [(at - begun) * 1_000 for at in times]
        measures.missed += CLIENTS - len(times)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return measures


async def _everybody_reads(people: list[tuple[str, str]], port: int) -> list[float]:
    """Return how long after the publication each phone holds its own page."""
    begun = time.perf_counter()

    async def read(path: str, cookie: str) -> float:
        await asyncio.sleep(random.random() * SPREAD_SECONDS)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
        writer.write(f"{asked}Connection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
        return time.perf_counter() - begun

    return await asyncio.gather(*(read(*one) for one in people))


async def _until_heard(phones: list[Phone], revision: int) -> None:
    until = time.perf_counter() + LATE_SECONDS
    while time.perf_counter() < until:
        if all(revision in one.heard for one in phones):
            return
        await asyncio.sleep(0.02)


def _idle_readers() -> int:
    """Count the connections to this database, but for our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        count = int(cursor.fetchone()[0])
    connection.close()
    return count


def _started() -> tuple[Session, User]:
    """A session whose first round goes on, and its catalyst."""
    region = Territory.objects.filter(kind=Territory.Kind.REGION).order_by("pk")
    territory = region[0]
    host = User.objects.create_user("mesure@demonstration.test", name="Hôte")
    today = timezone.localdate()
    Mandate.objects.create(
        user=host, territory=territory, role=MandateRole.CATALYST, starts_on=today
    )
    now = timezone.now()
    session = Session.objects.create(
        territory=territory,
        title="Mesure",
        place="Ici",
        begins_at=now,
        ends_at=now + dt.timedelta(hours=3),
        rules_text="Aucune.",
        tables=80,
        rounds=12,
        meetings_max=12,
        state=SessionState.OPEN,
        by=host,
    )
    act(session, Action.GO_ON, seen=Seen(0, 0), by=host, now=now)
    return session, host


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
