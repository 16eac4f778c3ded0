"""The web server of the demonstration: threads of this process, on this machine only."""

import errno
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from config.wsgi import application

HOST = "127.0.0.1"
PORTS_TRIED = 100
ANSWER_SECONDS = 30.0


class QuietHandler(WSGIRequestHandler):
    """The handler of Django, which only logs what goes wrong."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        if args and str(args[1]).startswith("5"):
            super().log_message(format, *args)


class Site:
    """A listening server; the first free port is found when it is made."""

    def __init__(self, first_port: int) -> None:
        self.first_port = first_port
        self._server = self._listen(first_port)
        self._server.set_app(application)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.1},
            name="site",
            daemon=True,
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @staticmethod
    def _listen(first_port: int) -> ThreadedWSGIServer:
        for port in range(first_port, first_port + PORTS_TRIED):
            try:
                return ThreadedWSGIServer((HOST, port), QuietHandler)
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
        raise OSError(errno.EADDRINUSE, "no free port", str(first_port))


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
