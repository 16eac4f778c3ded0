"""How often the same thing may be asked, per person and per address.

``RATES`` is the only place where a figure is written. Hits are counted in Redis by
an atomic script, in moving windows, so that a limit holds for all the processes of
the site and exactly; without ``REDIS_URL``, in this process. Who asks is kept as a
keyed fingerprint, until the window closes.
"""

import logging
import math
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.conf import settings
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import BlockingConnectionPool
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ADDRESS = "address:"  # how the name of an address begins in ``who``
TIMEOUT_SECONDS = 1
MAX_CONNECTIONS = 16  # per process; its threads wait for one another beyond
SILENCE_SECONDS = 5  # a store that failed is not asked again for that long


@dataclass(frozen=True)
class Rate:
    """How many times a person, then an address shared by several, may do something.

    ``open_when_blind`` says what is answered while the store does not answer: what
    reads goes on, what tries secrets or writes to people waits.
    """

    person: str
    address: str
    open_when_blind: bool = False


RATES = {
    # What tries a secret.
    "sign_in": Rate("10/15 minutes", "100/15 minutes"),
    "sign_up": Rate("5/hour", "20/hour"),
    "reset": Rate("5/hour", "20/hour"),  # a forgotten password, a code by e-mail
    "code": Rate("10/15 minutes", "100/15 minutes"),  # typing a code or a key
    "invitation_open": Rate("30/hour", "60/hour"),
    "token": Rate("20/day", "60/day"),  # creating a key of the API
    # What writes to people, or asks for their time.
    "claim": Rate("5/day", "20/day"),
    "invitation": Rate("30/day", "100/day"),
    "interest": Rate("60/hour", "300/hour"),
    "suggestion": Rate("20/hour", "60/hour"),  # of a catalyst, to two organisations
    "message": Rate("60/hour", "300/hour"),
    "organisation": Rate("10/day", "40/day"),
    "report": Rate("20/day", "60/day", open_when_blind=True),  # never refuse a victim
    # A whole room may register through one address.
    "session": Rate("30/hour", "120/hour"),  # of a catalyst, preparing
    "session_invitation": Rate("60/hour", "120/hour"),  # of a catalyst
    "registration": Rate("60/hour", "1200/hour"),
    "wish": Rate("1200/hour", "6000/hour"),
    "room": Rate("3000/hour", "12000/hour"),  # of a host, at the door
    "presence": Rate("60/hour", "1200/hour"),
    "feedback": Rate("240/hour", "6000/hour"),  # on phones, all behind one address
    "card": Rate("60/hour", "1200/hour"),  # the code of a card on paper
    "nudge": Rate("120/hour", "240/hour"),  # of a catalyst, to who has not answered
    "live": Rate("600/hour", "2400/hour", open_when_blind=True),  # a room waits
    # What costs the site.
    "schedule": Rate("60/hour", "240/hour"),
    "retouch": Rate("1200/hour", "3600/hour"),
    "attachment": Rate("60/hour", "300/hour"),
    "export": Rate("5/day", "20/day"),
    "document": Rate("60/hour", "1200/hour"),  # a whole room, through one address
    # What reads.
    "people": Rate("60/minute", "300/minute", open_when_blind=True),
    "search": Rate("120/minute", "300/minute", open_when_blind=True),
    "api": Rate("600/minute", "1800/minute", open_when_blind=True),
    "api_token": Rate("300/minute", "300/minute", open_when_blind=True),
    "api_anonymous": Rate("120/minute", "120/minute", open_when_blind=True),
}


class _Store:
    """Where hits are counted, and whether it answers."""

    def __init__(self, url: str) -> None:
        self._turn: AbstractContextManager[object]
        if url:
            connections = BlockingConnectionPool.from_url(
                url,
                max_connections=MAX_CONNECTIONS,
                timeout=TIMEOUT_SECONDS,
                socket_connect_timeout=TIMEOUT_SECONDS,
                socket_timeout=TIMEOUT_SECONDS,
            )
            storage: MemoryStorage | RedisStorage = RedisStorage(
                url, connections, key_prefix="limits"
            )
            self._turn = nullcontext()
        else:
            storage = MemoryStorage()
            self._turn = Lock()  # its own locks leave a door open as a window closes
        self._storage = storage
        self._limiter = MovingWindowRateLimiter(storage)
        self._blind_until = 0.0

    def hit(self, item: RateLimitItem, *names: str) -> bool | None:
        """Count once; None when the store does not answer."""
        if time.monotonic() < self._blind_until:
            return None
        try:
            with self._turn:
                return bool(self._limiter.hit(item, *names))
        except RedisError:
            self._blind_until = time.monotonic() + SILENCE_SECONDS
            logger.warning("Redis does not answer: limits cannot be counted.")
            return None

    def wait(self, item: RateLimitItem, *names: str) -> float:
        """Tell how many seconds remain before the next hit passes."""
        try:
            stats = self._limiter.get_window_stats(item, *names)
        except RedisError:
            return SILENCE_SECONDS
        return 0 if stats.remaining > 0 else stats.reset_time - time.time()

    def forget(self) -> None:
        self._storage.reset()


@cache
def _store(url: str) -> _Store:
    return _Store(url)


@cache
def _items(rates: str) -> tuple[RateLimitItem, ...]:
    return tuple(parse_many(rates))


def _rates(action: str, who: str) -> tuple[RateLimitItem, ...]:
    rate = RATES[action]
    return _items(rate.address if who.startswith(ADDRESS) else rate.person)


def _fingerprint(who: str) -> str:
    return salted_hmac("accounts.limits", who, algorithm="sha256").hexdigest()[:32]


def allow(action: str, *, who: str) -> bool:
    """Count one ``action`` of ``who``, and tell whether it is within its rates.

    Parameters
    ----------
    action
        A key of ``RATES``.
    who
        A person (their public identifier, or the e-mail address that they typed), or
        ``address_of(request)`` (``accounts.throttling``) for whoever uses an address.
    """
    rate = RATES[action]
    if not settings.RATE_LIMITED:
        return True
    store = _store(settings.REDIS_URL)
    answers = (
        store.hit(item, action, _fingerprint(who)) for item in _rates(action, who)
    )
    return all(rate.open_when_blind if answer is None else answer for answer in answers)


def seconds_to_wait(action: str, *, who: str) -> int:
    """Tell how long ``who`` waits before doing ``action`` again; at least a second."""
    store = _store(settings.REDIS_URL)
    waits = (
        store.wait(item, action, _fingerprint(who)) for item in _rates(action, who)
    )
    return max(1, math.ceil(max(waits)))


def forget() -> None:
    """Forget every hit: the tests begin with none."""
    _store(settings.REDIS_URL).forget()
