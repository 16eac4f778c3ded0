"""The code that a phone reads, drawn as one path."""

from dataclasses import dataclass
from itertools import groupby

import qrcode

QUIET = 4  # modules of white around, without which phones read badly
ANY_MASK = 3  # any one is read: five hundred codes are drawn in a second


@dataclass(frozen=True)
class Code:
    """The side of the drawing, in modules, and the path of its dark ones."""

    side: int
    path: str


def qr_path(text: str, mask: int | None = None) -> Code:
    """Draw ``text`` as a QR code.

    Any ``mask`` is read; the best of the eight is sought without one, which takes
    most of the time.
    """
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=QUIET,
        mask_pattern=mask,
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
