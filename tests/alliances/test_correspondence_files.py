"""Hostile files: each is refused, and for the right reason."""

import struct
import zipfile
import zlib

import pytest

from alliances.correspondence.filenames import clean_name
from alliances.correspondence.files import MAX_BYTES, TEST_VIRUS, Accepted, accept
from alliances.correspondence.problems import Problem, RefusedFileError
from tests.factories.conversations import PDF, archive, docx

SCRIPT = b"<script>alert(1)</script>"
RELATION = (
    '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{kind}" Target="{target}" {mode}/></Relationships>'
)


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width=2, height=2, tail=b"", *, text=b""):
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    if text:
        parts.append(chunk(b"tEXt", text))
    parts += [chunk(b"IDAT", zlib.compress(b"\0" * 6)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + tail


def jpeg(width=2, height=2, tail=b"", *, comment=b""):
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    frame = (
        b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    )
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + (segment if comment else b"")
        + frame
        + scan
        + b"\xff\xd9"
        + tail
    )


def webp(width=2, height=2, tail=b""):
    extended = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4
    extended += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + extended
    return b"RIFF" + struct.pack("<I", len(body)) + body + tail


def opendocument(kind="text", *more):
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return archive(("mimetype", media_type), ("content.xml", "<office/>"), *more)


XLSX = archive(
    ("[Content_Types].xml", "application/vnd.spreadsheetml.sheet.main+xml"),
    ("xl/workbook.xml", "<workbook/>"),
    ("xl/printerSettings/printerSettings1.bin", b"\0\1"),
)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("devis.pdf", PDF, "application/pdf"),
        (
            "projet.docx",
            docx(
                (
                    "word/_rels/document.xml.rels",
                    RELATION.format(
                        kind="hyperlink",
                        target="https://exemple.fr",
                        mode='TargetMode="External"',
                    ),
                )
            ),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "budget.xlsx",
            XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("note.odt", opendocument(), "application/vnd.oasis.opendocument.text"),
        (
            "calcul.ods",
            opendocument("spreadsheet"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("logo.png", png(), "image/png"),
        ("photo.JPG", jpeg(), "image/jpeg"),
        ("photo.jpeg", jpeg(comment=b"Nantes"), "image/jpeg"),
        ("plan.webp", webp(), "image/webp"),
        ("note.txt", "Bonjour à tous, 1 < 2 et 3 > 2".encode(), "text/plain"),
        ("ancien.txt", "Téléphone : +33 6".encode("cp1252"), "text/plain"),
        ("liste.csv", "\ufeffnom;tél\nZoé;+33 6 12\n;-5\n".encode(), "text/csv"),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" not in value else "",
)
def test_an_ordinary_file_is_accepted(name, data, media_type):
    assert accept(name, data) == Accepted(clean_name(name), media_type)


def lying_directory(data, field, value):
    """Change a field of the central directory of the first member."""
    at = data.index(b"PK\x01\x02") + field
    return data[:at] + value + data[at + len(value) :]


def linked(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def overlapping():
    """Two members of the directory that unpack the same bytes."""
    data = docx(("word/a.xml", "x" * 400), ("word/b.xml", "y" * 400))
    first = data.index(b"PK\x01\x02")
    last = data.rindex(b"PK\x01\x02")
    return data[: last + 42] + data[first + 42 : first + 46] + data[last + 46 :]


HOSTILE = {
    "empty": ("vide.pdf", b"", Problem.EMPTY),
    "too_big": ("gros.txt", b"a" * (MAX_BYTES + 1), Problem.TOO_BIG),
    "svg": ("logo.svg", b"<svg onload=alert(1)>", Problem.UNKNOWN_EXTENSION),
    "page": ("page.html", SCRIPT, Problem.UNKNOWN_EXTENSION),
    "archive": ("tout.zip", archive(("a", "b")), Problem.UNKNOWN_EXTENSION),
    "program": ("jeu.exe", b"MZ\x90", Problem.UNKNOWN_EXTENSION),
    "double_extension": ("devis.pdf.exe", PDF, Problem.UNKNOWN_EXTENSION),
    "no_extension": ("devis", PDF, Problem.UNKNOWN_EXTENSION),
    "turned_name": ("fdp.\u202egpj.exe", jpeg(), Problem.UNKNOWN_EXTENSION),
    "macro_document": ("a.docm", docx(), Problem.UNKNOWN_EXTENSION),
    "virus_in_text": ("a.txt", TEST_VIRUS, Problem.VIRUS),
    "virus_in_pdf": ("a.pdf", PDF + TEST_VIRUS, Problem.VIRUS),
    "program_called_pdf": ("a.pdf", b"MZ\x90\0" * 99, Problem.NOT_WHAT_IT_SAYS),
    "page_called_pdf": ("a.pdf", SCRIPT, Problem.NOT_WHAT_IT_SAYS),
    "png_called_jpg": ("a.jpg", png(), Problem.NOT_WHAT_IT_SAYS),
    "pdf_called_docx": ("a.docx", PDF, Problem.NOT_WHAT_IT_SAYS),
    "xlsx_called_docx": ("a.docx", XLSX, Problem.NOT_WHAT_IT_SAYS),
    "ods_called_odt": ("a.odt", opendocument("spreadsheet"), Problem.NOT_WHAT_IT_SAYS),
    "zip_called_xlsx": ("a.xlsx", archive(("a", "b")), Problem.NOT_WHAT_IT_SAYS),
    "page_before_pdf": ("a.pdf", SCRIPT + PDF, Problem.NOT_WHAT_IT_SAYS),
    "page_in_head_of_pdf": (
        "a.pdf",
        PDF[:9] + b"<html>" + PDF[9:],
        Problem.HIDES_SOMETHING,
    ),
    "pdf_cut": ("a.pdf", PDF[:20], Problem.DAMAGED),
    "pdf_with_script": (
        "a.pdf",
        PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript /JS (a) >> /Type"),
        Problem.ACTIVE_CONTENT,
    ),
    "pdf_with_escaped_script": (
        "a.pdf",
        PDF.replace(b"/Type", b"/S /J#61vaScript /Type"),
        Problem.ACTIVE_CONTENT,
    ),
    "pdf_that_launches": (
        "a.pdf",
        PDF.replace(b"/Type", b"/S /Launch /Type"),
        Problem.ACTIVE_CONTENT,
    ),
    "pdf_and_archive": (
        "a.pdf",
        PDF.replace(b"%%EOF", archive(("a.js", "b")) + b"%%EOF"),
        Problem.HIDES_SOMETHING,
    ),
    "huge_png": ("a.png", png(20_000, 20_000), Problem.TOO_LARGE_A_PICTURE),
    "png_and_page": ("a.png", png(tail=SCRIPT), Problem.HIDES_SOMETHING),
    "page_in_png": ("a.png", png(text=b"c\0" + SCRIPT), Problem.HIDES_SOMETHING),
    "png_cut": ("a.png", png()[:40], Problem.DAMAGED),
    "huge_jpeg": ("a.jpg", jpeg(65_000, 65_000), Problem.TOO_LARGE_A_PICTURE),
    "page_in_jpeg": ("a.jpg", jpeg(comment=SCRIPT), Problem.HIDES_SOMETHING),
    "jpeg_and_archive": (
        "a.jpg",
        jpeg(tail=archive(("a.js", "b")) + b"\xff\xd9"),
        Problem.HIDES_SOMETHING,
    ),
    "jpeg_cut": ("a.jpg", jpeg()[:30], Problem.DAMAGED),
    "jpeg_without_frame": (
        "a.jpg",
        b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9",
        Problem.DAMAGED,
    ),
    "webp_and_page": ("a.webp", webp(tail=SCRIPT), Problem.HIDES_SOMETHING),
    "huge_webp": ("a.webp", webp(16_000, 16_000), Problem.TOO_LARGE_A_PICTURE),
    "macros_in_docx": (
        "a.docx",
        docx(("word/vbaProject.bin", b"\xd0\xcf")),
        Problem.ACTIVE_CONTENT,
    ),
    "docx_that_says_macros": (
        "a.docx",
        docx(types="wordprocessingml.document.main+xml ms-word.macroEnabled.main+xml"),
        Problem.ACTIVE_CONTENT,
    ),
    "template_from_outside": (
        "a.docx",
        docx(
            (
                "word/_rels/settings.xml.rels",
                RELATION.format(
                    kind="attachedTemplate",
                    target="http://mal.example/a.dotm",
                    mode='TargetMode="External"',
                ),
            )
        ),
        Problem.ACTIVE_CONTENT,
    ),
    "program_in_docx": (
        "a.docx",
        docx(("word/embeddings/oleObject1.bin", b"\xd0\xcf")),
        Problem.ACTIVE_CONTENT,
    ),
    "archive_in_docx": ("a.docx", docx(("word/a.zip", "b")), Problem.ACTIVE_CONTENT),
    "macros_in_odt": (
        "a.odt",
        opendocument("text", ("Basic/Standard/Module1.xml", "<m/>")),
        Problem.ACTIVE_CONTENT,
    ),
    "laughing_xml": (
        "a.docx",
        docx(text='<!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>'),
        Problem.ACTIVE_CONTENT,
    ),
    "bomb": ("a.docx", docx(("word/media/a.xml", "0" * 40_000_000)), Problem.TOO_DENSE),
    "many_members": (
        "a.docx",
        docx(*((f"word/{n}.xml", "a") for n in range(2_100))),
        Problem.TOO_DENSE,
    ),
    "overlapping_members": ("a.docx", overlapping(), Problem.TOO_DENSE),
    "declared_huge": (
        "a.docx",
        lying_directory(docx(), 24, struct.pack("<I", 2_000_000_000)),
        Problem.TOO_DENSE,
    ),
    "outside_path": ("a.docx", docx(("../../etc/cron", "a")), Problem.HIDES_SOMETHING),
    "absolute_path": ("a.docx", docx(("/etc/cron", "a")), Problem.HIDES_SOMETHING),
    "symbolic_link": (
        "a.docx",
        docx((linked("word/a"), "/etc")),
        Problem.HIDES_SOMETHING,
    ),
    "same_name_twice": (
        "a.docx",
        docx(("WORD/document.xml", "")),
        Problem.HIDES_SOMETHING,
    ),
    "page_before_archive": ("a.docx", SCRIPT + docx(), Problem.NOT_WHAT_IT_SAYS),
    "page_after_archive": ("a.docx", docx() + SCRIPT, Problem.HIDES_SOMETHING),
    "encrypted_members": (
        "a.docx",
        lying_directory(docx(), 8, b"\x01\x00"),
        Problem.HIDES_SOMETHING,
    ),
    "archive_cut": ("a.docx", docx()[:60], Problem.HIDES_SOMETHING),
    "page_called_text": ("a.txt", b"<!DOCTYPE html><p>", Problem.ACTIVE_CONTENT),
    "drawing_called_text": ("a.txt", b"  <svg/onload=a>", Problem.ACTIVE_CONTENT),
    "bytes_called_text": ("a.txt", b"a\x00b", Problem.NOT_WHAT_IT_SAYS),
    "program_called_text": ("a.txt", b"#!/bin/sh\nrm", Problem.NOT_WHAT_IT_SAYS),
    "rich_text_called_text": ("a.txt", b"{\\rtf1 \\object}", Problem.NOT_WHAT_IT_SAYS),
    "wide_text": ("a.txt", "bonjour".encode("utf-16"), Problem.NOT_WHAT_IT_SAYS),
    "command_in_table": ("a.csv", b"a;=cmd|' /C calc'!A0\n", Problem.ACTIVE_CONTENT),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_is_refused(name):
    called, data, problem = HOSTILE[name]

    with pytest.raises(RefusedFileError) as caught:
        accept(called, data)

    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\moi\\Devis final.pdf", "Devis final.pdf"),
        ("fdp.\u202egpj.exe", "fdp.gpj.exe"),
        ("a\r\nContent-Type: text/html\r\n.pdf", "html.pdf"),
        ("\ud800\x00.pdf", "fichier.pdf"),
        ("...", "fichier"),
        ("", "fichier"),
        (".htaccess", "fichier.htaccess"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ('x"; filename="b.html', "x__ filename__b.html"),
        ("Été à l’école (v2).docx", "Été à l’école (v2).docx"),
    ],
)
def test_a_name_is_kept_without_what_may_act(sent, kept):
    assert clean_name(sent) == kept
