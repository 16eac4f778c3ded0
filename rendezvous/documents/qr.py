"""The code that a phone reads, drawn as one path."""

from dataclasses import dataclass
from itertools import groupby

import qrcode

QUIET = 4  # modules of white around, without which phones read badly


@dataclass(frozen=True)
class Code:
    """The side of the drawing, in modules, and the path of its dark ones."""

    side: int
    path: str


def qr_path(text: str) -> Code:
    """Draw ``text`` as a QR code."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET
    )
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    path = "".join(_line(y, row) for y, row in enumerate(rows))
    return Code(len(rows), path)


def _line(y: int, row: list[bool]) -> str:
    """Draw the runs of dark modules of one row."""
    path, x = "", 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            path += f"M{x} {y}h{width}v1h-{width}z"
        x += width
    return path
