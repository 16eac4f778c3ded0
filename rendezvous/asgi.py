"""Answering screens that wait, in a process apart: one coroutine for each of them.

It serves one address, that of ``views.live.live_state``, with the same answers but one:
when nothing changed since what the screen saw, the answer waits for a change. Nothing
here reads a cookie or opens a connection to the database (docs/decisions/0181).
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils import timezone

from rendezvous.selectors.following import Follower, Watcher, watcher
from rendezvous.selectors.live import SERVER_TIME, Live, milliseconds

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PLACE = re.compile(r"\A/rencontres/(?P<id>[0-9A-Za-z_-]{1,40})/direct/etat/\Z")
TAG = re.compile("[0-9a-f]{18}")
HELD_SECONDS = 25.0
FIRST_SECONDS = 5.0  # who has seen nothing is answered at once, or told to come back
SPREAD = 0.2  # not everybody comes back at the same instant
MAX_FOLLOWERS = 5_000
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class LiveApplication:
    """The ASGI application of the process apart."""

    def __init__(
        self, followed: Watcher | None = None, *, held_seconds: float = HELD_SECONDS
    ) -> None:
        self._watcher = followed if followed is not None else watcher()
        self._held_seconds = held_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live_and_die(receive, send)
            return
        if scope["type"] != "http":
            return
        place = PLACE.match(scope["path"])
        if scope["path"] == "/livez":
            await _answer(send, HTTPStatus.OK, b"ok")
        elif place is None:
            await _answer(send, HTTPStatus.NOT_FOUND)
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, HTTPStatus.METHOD_NOT_ALLOWED)
        else:
            await self._state(place["id"], scope, receive, send)

    async def _state(
        self, public_id: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        seen = _seen(scope)
        if len(self._watcher) >= MAX_FOLLOWERS:
            busy = HTTPStatus.NOT_MODIFIED if seen else HTTPStatus.SERVICE_UNAVAILABLE
            await _answer(send, busy)
            return
        found = await self._changed(public_id, seen, receive)
        if found == "unchanged":
            status = HTTPStatus.NOT_MODIFIED if seen else HTTPStatus.SERVICE_UNAVAILABLE
            await _answer(send, status, tag=seen)
        elif isinstance(found, Live):
            text = found.text.encode()
            await _answer(send, HTTPStatus.OK, text, tag=found.tag)
        elif found is None:
            await _answer(send, HTTPStatus.NOT_FOUND)

    async def _changed(
        self, public_id: str, seen: str, receive: Receive
    ) -> Live | str | None:
        """Return the state once it is not what was seen, or why there is none."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Live | None] = loop.create_future()

        def tell(live: Live | None) -> None:
            if not answer.done():
                answer.set_result(live)

        def wake(live: Live | None) -> None:
            loop.call_soon_threadsafe(tell, live)

        follower = Follower(public_id, seen, wake)
        gone = asyncio.ensure_future(_gone(receive))
        either: set[asyncio.Future[Any]] = {answer, gone}
        self._watcher.follow(follower)
        try:
            await asyncio.wait(
                either,
                timeout=self._patience(seen),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if answer.done():
                return answer.result()
            return "gone" if gone.done() else "unchanged"
        finally:
            self._watcher.leave(follower)
            gone.cancel()

    def _patience(self, seen: str) -> float:
        if not seen:
            return FIRST_SECONDS
        return self._held_seconds * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311


async def _gone(receive: Receive) -> None:
    """Return once the screen has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live_and_die(receive: Receive, send: Send) -> None:
    while True:
        asked = (await receive())["type"]
        await send({"type": f"{asked}.complete"})
        if asked == "lifespan.shutdown":
            return


def _seen(scope: Scope) -> str:
    """Return the tag of what the screen has seen, empty when it has seen nothing."""
    for name, value in scope["headers"]:
        if name.lower() == b"if-none-match":
            tag = TAG.search(value.decode("latin-1"))
            return tag[0] if tag else ""
    return ""


async def _answer(
    send: Send, status: HTTPStatus, body: bytes = b"", *, tag: str = ""
) -> None:
    headers = dict(HEADERS)
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )
    if tag:
        headers["ETag"] = f'"{tag}"'
        headers[SERVER_TIME] = str(milliseconds(timezone.now()))
    if body:
        headers["Content-Type"] = "application/json"
    if status is not HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(body))
    pairs = [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
