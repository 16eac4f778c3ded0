"""Office documents are archives: counted and bounded before anything is read of them."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from alliances.correspondence.problems import Problem, RefusedFileError, refuse_if

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_RATIO = 250
SMALL_BYTES = 1024 * 1024
END_BYTES = 22
_MEMBER_HEADER_BYTES = 30
_SYMBOLIC_LINK = 0o120000
_ENCRYPTED = 0x1
_BEGINNING = 2048

_MACROS = re.compile(
    r"(?i)(?:^|/)(?:vbaproject|vbadata|attachedtoolbars|macrosheets|macros|basic|scripts"
    r"|activex|dialogsheets)(?:[./]|\Z)"
)
_NESTED = re.compile(
    r"(?i)\.(?:zip|7z|rar|gz|jar|exe|dll|com|scr|bat|cmd|ps1|vbs|js|hta|html?|lnk|iso"
    r"|bin|ole|docm|xlsm|xlsb|pptm|dotm|xltm|msi)\Z"
)
# Printer settings are the only binary members that every office software writes.
_HARMLESS = re.compile(r"\A(?:xl/printerSettings|word/printerSettings)/[^/]+\.bin\Z")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(
    rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE
)
_HARMLESS_OUTSIDE = re.compile(rb"/relationships/hyperlink[\"']", re.IGNORECASE)


def check_docx(data: bytes) -> None:
    _check_ooxml(data, b"wordprocessingml.document.main+xml")


def check_xlsx(data: bytes) -> None:
    _check_ooxml(data, b"spreadsheetml.sheet.main+xml")


def check_odt(data: bytes) -> None:
    _check_opendocument(data, b"application/vnd.oasis.opendocument.text")


def check_ods(data: bytes) -> None:
    _check_opendocument(data, b"application/vnd.oasis.opendocument.spreadsheet")


def _check_ooxml(data: bytes, main: bytes) -> None:
    with _opened(data) as archive:
        types = _read(archive, "[Content_Types].xml")
        refuse_if(main not in types, Problem.NOT_WHAT_IT_SAYS)
        refuse_if(b"macroenabled" in types.lower(), Problem.ACTIVE_CONTENT)
        for name in archive.namelist():
            if name.lower().endswith(".rels"):
                _check_relations(_read(archive, name))


def _check_relations(text: bytes) -> None:
    """Links of a text lead outside; a template or an object fetched there acts."""
    for found in _OUTSIDE.finditer(text):
        harmless = _HARMLESS_OUTSIDE.search(found.group())
        refuse_if(harmless is None, Problem.ACTIVE_CONTENT)


def _check_opendocument(data: bytes, media_type: bytes) -> None:
    with _opened(data) as archive:
        first = archive.infolist()[0]
        refuse_if(first.filename != "mimetype", Problem.NOT_WHAT_IT_SAYS)
        told = _read(archive, "mimetype").strip()
        refuse_if(told != media_type, Problem.NOT_WHAT_IT_SAYS)


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open the archive once everything that its directory says is acceptable."""
    _check_bounds(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RefusedFileError(Problem.DAMAGED) from error
    members = archive.infolist()
    refuse_if(not members, Problem.DAMAGED)
    refuse_if(len(members) > MAX_MEMBERS, Problem.TOO_DENSE)
    for member in members:
        _check_member(member)
    _check_sum(members)
    _check_names(members)
    for text in _beginnings(archive):
        refuse_if(_DECLARATION.search(text) is not None, Problem.ACTIVE_CONTENT)
    return archive


def _check_bounds(data: bytes) -> None:
    """The archive begins with the file and ends with it: nothing before, nor after."""
    refuse_if(data[:4] != b"PK\x03\x04", Problem.NOT_WHAT_IT_SAYS)
    end = data[-END_BYTES:]
    refuse_if(end[:4] != b"PK\x05\x06", Problem.HIDES_SOMETHING)
    count, size, offset, comment = struct.unpack("<HIIH", end[10:])
    refuse_if(comment != 0, Problem.HIDES_SOMETHING)
    refuse_if(offset + size + END_BYTES != len(data), Problem.HIDES_SOMETHING)
    refuse_if(count > MAX_MEMBERS, Problem.TOO_DENSE)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    is_outside = name.startswith(("/", "\\")) or "\\" in name or ":" in name
    refuse_if(is_outside or ".." in name.split("/"), Problem.HIDES_SOMETHING)
    mode = member.external_attr >> 16
    refuse_if(mode & 0o170000 == _SYMBOLIC_LINK, Problem.HIDES_SOMETHING)
    refuse_if(bool(member.flag_bits & _ENCRYPTED), Problem.HIDES_SOMETHING)
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    refuse_if(member.compress_type not in known, Problem.DAMAGED)
    ratio = member.file_size / max(member.compress_size, 1)
    too_dense = member.file_size > SMALL_BYTES and ratio > MAX_RATIO
    refuse_if(too_dense, Problem.TOO_DENSE)


def _check_sum(members: list[zipfile.ZipInfo]) -> None:
    """Nothing unpacks beyond the limit, and no member is written over another."""
    total = sum(one.file_size for one in members)
    refuse_if(total > MAX_UNPACKED_BYTES, Problem.TOO_DENSE)
    ordered = sorted(members, key=lambda one: one.header_offset)
    for one, following in pairwise(ordered):
        ends = one.header_offset + _MEMBER_HEADER_BYTES + one.compress_size
        refuse_if(ends > following.header_offset, Problem.TOO_DENSE)


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = [one.filename for one in members]
    refuse_if(len({n.lower() for n in names}) != len(names), Problem.HIDES_SOMETHING)
    for name in names:
        refuse_if(_MACROS.search(name) is not None, Problem.ACTIVE_CONTENT)
        nested = _NESTED.search(name) and not _HARMLESS.match(name)
        refuse_if(bool(nested), Problem.ACTIVE_CONTENT)


def _beginnings(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".rdf")):
            yield _read(archive, name, limit=_BEGINNING)


def _read(archive: zipfile.ZipFile, name: str, limit: int = SMALL_BYTES) -> bytes:
    """Read the beginning of a member, at most ``limit`` bytes once unpacked."""
    try:
        with archive.open(name) as member:
            return member.read(limit)
    except KeyError as error:
        raise RefusedFileError(Problem.NOT_WHAT_IT_SAYS) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise RefusedFileError(Problem.DAMAGED) from error
