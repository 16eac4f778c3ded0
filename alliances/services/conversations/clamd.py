"""A small client of ``clamd``, the daemon of ClamAV, by its INSTREAM command."""

import socket
import struct
from typing import IO

from django.conf import settings

TIMEOUT_SECONDS = 30
CHUNK_BYTES = 64 * 1024
MAX_ANSWER_BYTES = 4096


class ScannerError(RuntimeError):
    """The antivirus did not say whether the file is clean."""


def scan(file: IO[bytes]) -> bool:
    """Tell whether ``file`` is clean.

    Raises
    ------
    ScannerError
        If the daemon is not there, or does not answer yes or no.
    """
    try:
        answer = _ask(file)
    except OSError as error:
        message = f"clamd does not answer: {error}"
        raise ScannerError(message) from error
    if answer == "stream: OK":
        return True
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return False
    message = f"clamd answered {answer!r}"
    raise ScannerError(message)


def _ask(file: IO[bytes]) -> str:
    with _connected() as connection:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK_BYTES):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        return _answer(connection)


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < MAX_ANSWER_BYTES:
        part = connection.recv(MAX_ANSWER_BYTES)
        if not part:
            break
        received += part
    return received.rstrip(b"\0\n").decode(errors="replace")


def _connected() -> socket.socket:
    """Connect to ``host:port``, or to the socket of a path."""
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
