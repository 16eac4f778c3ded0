"""Which files are accepted: name and content must say the same thing.

The content is never decoded here, only its structure is read: no picture is drawn, no
archive is unpacked beyond small, bounded members.
"""

from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from alliances.correspondence import office, pdf, pictures, plain
from alliances.correspondence.filenames import clean_name, extension_of
from alliances.correspondence.problems import Problem, refuse_if

MAX_BYTES = 10 * 1024 * 1024
# The file with which every antivirus is tried; harmless, and written here in two pieces
# so that none sees it in this one.
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!"

Check = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted type: how it is sent back, and what is verified of it.

    ``signature`` is what the library that recognises contents must find in it; empty
    for texts, which have none.
    """

    media_type: str
    check: Check
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept, under a name that may be shown."""

    name: str
    media_type: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_JPEG = Kind("image/jpeg", pictures.check_jpeg, ".jpg")
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", pdf.check_pdf, ".pdf"),
    "docx": Kind(f"{_OOXML}wordprocessingml.document", office.check_docx, ".docx"),
    "xlsx": Kind(f"{_OOXML}spreadsheetml.sheet", office.check_xlsx, ".xlsx"),
    "odt": Kind(f"{_ODF}text", office.check_odt, ".docx"),
    "ods": Kind(f"{_ODF}spreadsheet", office.check_ods, ".docx"),
    "png": Kind("image/png", pictures.check_png, ".png"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "webp": Kind("image/webp", pictures.check_webp, ".webp"),
    "txt": Kind("text/plain", plain.check_text),
    "csv": Kind("text/csv", plain.check_csv),
}


def accept(name: str, data: bytes) -> Accepted:
    """Return how ``data``, sent as ``name``, is kept.

    Raises
    ------
    RefusedFileError
        If it is too big, of another type than those, or not what its name says.
    """
    kind = KINDS.get(extension_of(name))
    refuse_if(not data, Problem.EMPTY)
    refuse_if(len(data) > MAX_BYTES, Problem.TOO_BIG)
    refuse_if(TEST_VIRUS in data, Problem.VIRUS)
    if kind is None:
        refuse_if(True, Problem.UNKNOWN_EXTENSION)
        raise AssertionError
    refuse_if(not _is_recognised(data, kind.signature), Problem.NOT_WHAT_IT_SAYS)
    kind.check(data)
    return Accepted(clean_name(name), kind.media_type)


def _is_recognised(data: bytes, signature: str) -> bool:
    """Tell whether the content begins like the files of this type."""
    if not signature:
        return True
    try:
        found = puremagic.magic_string(data)
    except puremagic.PureError:
        return False
    return any(one.extension == signature for one in found)
