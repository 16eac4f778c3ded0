"""Pictures: their structure from the first byte to the last, and their size in pixels."""

import re
import struct

from alliances.correspondence.pdf import refuse_if_archive
from alliances.correspondence.problems import Problem, RefusedFileError, refuse_if

MAX_SIDE_PX = 12_000
MAX_SURFACE_PX = 60_000_000
_PAGE = re.compile(rb"<\s*(?:!doctype html|html|script|svg|\?php)", re.IGNORECASE)
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER_BYTES = 13
_WEBP_HEADER_BYTES = 30
_JPEG_MARKS = 0xFF
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN = 0xDA
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def check_png(data: bytes) -> None:
    refuse_if(not data.startswith(_PNG_BEGINS), Problem.NOT_WHAT_IT_SAYS)
    position, kind = len(_PNG_BEGINS), b""
    while kind != b"IEND":
        refuse_if(position + 12 > len(data), Problem.DAMAGED)
        length, kind = struct.unpack_from(">I4s", data, position)
        if position == len(_PNG_BEGINS):
            refuse_if(kind != b"IHDR" or length != _PNG_HEADER_BYTES, Problem.DAMAGED)
            _check_size(*struct.unpack_from(">II", data, position + 8))
        position += 12 + length
    refuse_if(position != len(data), Problem.HIDES_SOMETHING)
    _check_nothing_else(data)


def check_jpeg(data: bytes) -> None:
    refuse_if(not data.startswith(b"\xff\xd8\xff"), Problem.NOT_WHAT_IT_SAYS)
    refuse_if(not data.rstrip(b"\x00").endswith(b"\xff\xd9"), Problem.DAMAGED)
    position = 2
    while (marker := _jpeg_marker(data, position)) != _JPEG_SCAN:
        if marker in _JPEG_ALONE:
            position += 2
            continue
        length = struct.unpack_from(">H", data, position + 2)[0]
        if marker in _JPEG_FRAMES:
            refuse_if(position + 9 > len(data), Problem.DAMAGED)
            height, width = struct.unpack_from(">HH", data, position + 5)
            _check_size(width, height)
        position += 2 + length
    _check_nothing_else(data)


def _jpeg_marker(data: bytes, position: int) -> int:
    refuse_if(position + 4 > len(data), Problem.DAMAGED)
    refuse_if(data[position] != _JPEG_MARKS, Problem.DAMAGED)
    return data[position + 1]


def check_webp(data: bytes) -> None:
    is_webp = (
        data[:4] == b"RIFF"
        and data[8:12] == b"WEBP"
        and len(data) >= _WEBP_HEADER_BYTES
    )
    refuse_if(not is_webp, Problem.NOT_WHAT_IT_SAYS)
    told = struct.unpack_from("<I", data, 4)[0] + 8
    refuse_if(told > len(data), Problem.DAMAGED)
    refuse_if(told < len(data), Problem.HIDES_SOMETHING)
    _check_size(*_webp_size(data))
    _check_nothing_else(data)


def _webp_size(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8X":
        width, height = data[24:27], data[27:30]
        return (
            1 + int.from_bytes(width, "little"),
            1 + int.from_bytes(height, "little"),
        )
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF)
    if chunk == b"VP8 ":
        width_px, height_px = struct.unpack_from("<HH", data, 26)
        return width_px & 0x3FFF, height_px & 0x3FFF
    raise RefusedFileError(Problem.DAMAGED)


def _check_size(width_px: int, height_px: int) -> None:
    refuse_if(not width_px or not height_px, Problem.DAMAGED)
    too_large = (
        max(width_px, height_px) > MAX_SIDE_PX or width_px * height_px > MAX_SURFACE_PX
    )
    refuse_if(too_large, Problem.TOO_LARGE_A_PICTURE)


def _check_nothing_else(data: bytes) -> None:
    refuse_if_archive(data)
    refuse_if(_PAGE.search(data) is not None, Problem.HIDES_SOMETHING)
