"""The code that a phone reads, drawn as one path."""

from dataclasses import dataclass

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
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Code(len(rows), path)
