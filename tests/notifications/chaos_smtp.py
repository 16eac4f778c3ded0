"""A mail server on the loopback that writes down each letter before it answers.

Killed in between, it has a letter that its sender does not know of: the worst case.
"""

import asyncio
import os
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

ANSWER_SECONDS = 0.005


class Notebook:
    """What the server does with a letter."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        message = message_from_bytes(envelope.content)
        for address in envelope.rcpt_tos:
            os.write(self._file, f"{address} {message['Message-ID']}\n".encode())
        await asyncio.sleep(ANSWER_SECONDS)
        return "250 OK"


async def listen(port: int, path: Path) -> None:
    notebook = Notebook(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(notebook, hostname="loopback", loop=loop),
        "127.0.0.1",
        port,
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1]), Path(sys.argv[2])))
