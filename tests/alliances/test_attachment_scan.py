"""Attachments are analysed by a job; clamd is spoken to as it speaks."""

import io
import socket
import struct
import threading

import pytest
from django.core.files.storage import default_storage

from alliances.models import Attachment
from alliances.services.conversations import Piece, Written, send_message
from alliances.services.conversations.clamd import ScannerError, scan
from jobs.models import Job
from jobs.services import run_job
from tests.factories.conversations import PDF, Pair

CLAMD = "alliances.services.conversations.clamd.scan"


class FakeClamd:
    """A daemon that reads one INSTREAM and answers as it is told."""

    def __init__(self, answer):
        self.answer, self.received = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.getsockname()[1]}"

    def _serve(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", stream.read(4))[0]:
                self.received += stream.read(size)
            connection.sendall(self.answer)

    def close(self):
        self.thread.join(5)
        self.server.close()


@pytest.fixture
def clamd(settings):
    made = []

    def start(answer):
        made.append(FakeClamd(answer))
        settings.CLAMD_ADDRESS = made[-1].address
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("answer", "is_clean"),
    [(b"stream: OK\0", True), (b"stream: Eicar-Signature FOUND\0", False)],
)
def test_clamd_says_whether_a_file_is_clean(clamd, answer, is_clean):
    daemon = clamd(answer)
    data = PDF * 3_000  # several chunks

    assert scan(io.BytesIO(data)) is is_clean
    assert daemon.received == data


@pytest.mark.parametrize(
    "answer",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK?\0", b"\xff\0"],
)
def test_any_other_answer_is_an_error(clamd, answer):
    clamd(answer)

    with pytest.raises(ScannerError):
        scan(io.BytesIO(PDF))


def test_a_daemon_that_is_not_there_is_an_error(settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(ScannerError):
        scan(io.BytesIO(PDF))


def send(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ATTACHMENT_SCANNER = CLAMD
    pair = Pair()
    piece = Piece("a.pdf", "application/pdf", PDF)
    written = Written("Bonjour", "1", [piece])
    send_message(pair.introduction.pk, pair.own, author=pair.camille, written=written)
    return Attachment.objects.get(), Job.objects.get(kind="alliances.scan_attachment")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(b"stream: OK\0", ("clean", True)), (b"stream: X FOUND\0", ("infected", False))],
)
@pytest.mark.django_db(transaction=True)
def test_a_job_has_each_file_analysed(settings, tmp_path, clamd, answer, verdict):
    piece, job = send(settings, tmp_path)
    assert piece.scan == "waiting"
    clamd(answer)

    assert run_job(job.pk)

    piece.refresh_from_db()
    job.refresh_from_db()
    assert job.done_at is not None
    assert (piece.scan, default_storage.exists(piece.file.name)) == verdict


@pytest.mark.django_db(transaction=True)
def test_a_file_waits_while_the_antivirus_does_not_answer(settings, tmp_path, clamd):
    piece, job = send(settings, tmp_path)
    clamd(b"")

    run_job(job.pk)

    piece.refresh_from_db()
    job.refresh_from_db()
    assert (piece.scan, job.done_at, "ScannerError" in job.error) == (
        "waiting",
        None,
        True,
    )


@pytest.mark.django_db(transaction=True)
def test_a_message_taken_back_before_its_analysis_is_no_error(settings, tmp_path):
    piece, job = send(settings, tmp_path)
    piece.delete()

    run_job(job.pk)

    job.refresh_from_db()
    assert job.done_at is not None
