"""Waiting for a session to change: one reader of the database for everybody who waits.

Who waits holds no connection to the database, and no thread when they are coroutines:
a single thread reads, ten times a second and only while somebody waits, the state of
the sessions that are followed (docs/decisions/0181).
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import Error as DatabaseError
from django.db import connections

from rendezvous.selectors.live import Live, announced_live

logger = logging.getLogger(__name__)

EVERY_SECONDS = 0.1
SILENCE_SECONDS = 1.0  # the database does not answer: it is asked again after that
Read = Callable[[Iterable[str]], Mapping[str, Live]]
Wake = Callable[[Live | None], None]


@dataclass(frozen=True, eq=False, slots=True)
class Follower:
    """Who waits for another state of a session than the one they have seen."""

    public_id: str
    seen: str
    wake: Wake


class Watcher:
    """Tell followers the state of their session, once, when they have not seen it.

    ``read`` gives the sessions that everybody may read; a follower of another one is
    told None.
    """

    def __init__(self, read: Read = announced_live) -> None:
        self._read = read
        self._followers: set[Follower] = set()
        self._arrival = threading.Condition()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._followers)

    def follow(self, follower: Follower) -> None:
        """Wake ``follower`` up when there is something that they have not seen."""
        with self._arrival:
            self._followers.add(follower)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._run, name="followers", daemon=True
                )
                self._thread.start()
            self._arrival.notify()

    def leave(self, follower: Follower) -> None:
        """Forget who does not wait any more."""
        with self._arrival:
            self._followers.discard(follower)

    def wait(self, public_id: str, seen: str, *, seconds: float) -> Live | None:
        """Hold this thread until something changes; None when nothing did."""
        answered = threading.Event()
        told: list[Live | None] = []

        def wake(live: Live | None) -> None:
            told.append(live)
            answered.set()

        follower = Follower(public_id, seen, wake)
        self.follow(follower)
        answered.wait(seconds)
        self.leave(follower)
        return told[0] if told else None

    def _run(self) -> None:
        while True:
            waiting = self._waiting()
            try:
                states = self._read({one.public_id for one in waiting})
            except DatabaseError:
                logger.warning("Sessions cannot be read: followers wait.")
                connections.close_all()
                time.sleep(SILENCE_SECONDS)
                continue
            self._tell(waiting, states)
            time.sleep(EVERY_SECONDS)

    def _waiting(self) -> list[Follower]:
        """Return who waits; while nobody does, sleep without a connection."""
        with self._arrival:
            if not self._followers:
                connections.close_all()
                self._arrival.wait_for(lambda: self._followers)
            return list(self._followers)

    def _tell(self, waiting: list[Follower], states: Mapping[str, Live]) -> None:
        for one in waiting:
            live = states.get(one.public_id)
            if live is None or live.tag != one.seen:
                self.leave(one)
                one.wake(live)


@cache
def watcher() -> Watcher:
    """Return the one of this process."""
    return Watcher()
