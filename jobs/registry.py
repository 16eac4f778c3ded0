"""Which function does which kind of job. Filled when each ``<app>/tasks.py`` loads."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

Payload = dict[str, Any]


class Work(Protocol):
    """What a long job sees of its own execution (`jobs.services.Execution`)."""

    def progress(self, done: int, total: int, label: str = "") -> None: ...

    def completing(self) -> AbstractContextManager[None]: ...


ShortFunction = Callable[[Payload], object]
SetAside = Callable[[Payload, str], object]
LongFunction = Callable[[Payload, Work], object]


@dataclass(frozen=True)
class Handler:
    """How one kind of job is done."""

    kind: str
    function: Callable[..., object]
    is_long: bool
    attempts_max: int
    every: timedelta | None = None
    set_aside: SetAside | None = None


class UnknownKindError(LookupError):
    """No handler: the job comes from a newer version, or its application is gone."""


_handlers: dict[str, Handler] = {}


def handler(
    kind: str, *, attempts_max: int = 5, every: timedelta | None = None
) -> Callable[[ShortFunction], ShortFunction]:
    """Register ``function(payload)``, run inside one transaction with its ``done_at``.

    ``every`` also queues it once per period. Whatever it does outside of the database
    may happen twice; whatever it writes happens exactly once.
    """

    def register(function: ShortFunction) -> ShortFunction:
        _add(Handler(kind, function, False, attempts_max, every))
        return function

    return register


def long_handler(
    kind: str,
    *,
    attempts_max: int = 5,
    every: timedelta | None = None,
    set_aside: SetAside | None = None,
) -> Callable[[LongFunction], LongFunction]:
    """Register ``function(payload, work)``, which opens its own transactions.

    It tells where it stands by ``work.progress(done, total, label)`` and writes its
    final effect inside ``with work.completing():``, the transaction that also marks
    the job done. What it wrote before must be safe to write again. ``every`` as above.
    ``set_aside(payload, error)`` is called, in the same transaction, when the job has
    failed too often.
    """

    def register(function: LongFunction) -> LongFunction:
        _add(Handler(kind, function, True, attempts_max, every, set_aside))
        return function

    return register


def handler_of(kind: str) -> Handler:
    """Return the handler of a kind of job.

    Raises
    ------
    UnknownKindError
        If no application registered it.
    """
    try:
        return _handlers[kind]
    except KeyError:
        message = f"no handler for jobs of kind {kind!r}"
        raise UnknownKindError(message) from None


def handlers() -> Iterator[Handler]:
    """Iterate over the registered handlers."""
    return iter(_handlers.values())


def _add(new: Handler) -> None:
    known = _handlers.get(new.kind)
    if known is not None and known.function is not new.function:
        message = f"two handlers for jobs of kind {new.kind!r}"
        raise ValueError(message)
    _handlers[new.kind] = new
