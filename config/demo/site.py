"""The web server of the demonstration: threads of this process, on this machine only.

Its address is a name, since browsers keep passkeys for names alone. The name leads to
the IPv4 loopback or to that of IPv6: both answer, so that no other program does.
"""

import errno
import socket
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from config.wsgi import application

NAME = "localhost"
LOOPBACK, LOOPBACK_IPV6 = "127.0.0.1", "::1"
NO_IPV6 = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
PORTS_TRIED = 100
ANSWER_SECONDS = 30.0


class QuietHandler(WSGIRequestHandler):
    """The handler of Django, which only logs what goes wrong."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        if args and str(args[1]).startswith("5"):
            super().log_message(format, *args)


class Site:
    """Listening servers; the first port free on each is found when it is made."""

    def __init__(self, first_port: int) -> None:
        self.first_port = first_port
        self._servers = _listen(first_port)
        for server in self._servers:
            server.set_app(application)

    @property
    def port(self) -> int:
        return int(self._servers[0].server_address[1])

    @property
    def address(self) -> str:
        return f"http://{NAME}:{self.port}/"

    def start(self) -> None:
        for server in self._servers:
            threading.Thread(
                target=server.serve_forever,
                kwargs={"poll_interval": 0.1},
                name="site",
                daemon=True,
            ).start()

    def stop(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


def _listen(first_port: int) -> list[ThreadedWSGIServer]:
    for port in range(first_port, first_port + PORTS_TRIED):
        try:
            return _listen_on(port)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
    raise OSError(errno.EADDRINUSE, "no free port", str(first_port))


def _listen_on(port: int) -> list[ThreadedWSGIServer]:
    """Listen on every loopback of this machine, or on none."""
    server = ThreadedWSGIServer((LOOPBACK, port), QuietHandler)
    if not socket.has_ipv6:
        return [server]
    try:
        place = (LOOPBACK_IPV6, port)
        return [server, ThreadedWSGIServer(place, QuietHandler, ipv6=True)]
    except OSError as error:
        if error.errno in NO_IPV6:
            return [server]
        server.server_close()
        raise


def answers(address: str) -> dict[str, int]:
    """Ask the home page and the health of a site; return their statuses, 0 for none."""
    return {path: _status(address, path) for path in ("/", "/readyz")}


def _status(address: str, path: str) -> int:
    place = urlsplit(address).netloc
    connection = HTTPConnection(place, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return 0
    finally:
        connection.close()
