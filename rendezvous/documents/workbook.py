"""Workbooks (XLSX): real dates and numbers, and texts that stay texts."""

import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

DAY_AND_HOUR = "dd/mm/yyyy hh:mm"
HOUR = "hh:mm"
LONGEST_TEXT = 32_767  # of a cell, for spreadsheets
# What a spreadsheet computes, or used to, when a text begins with it.
COMMANDS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
A4 = 9  # its number in the format
Cell = str | int | float | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its name, its width in characters, how its numbers are shown."""

    label: str
    width: int
    format: str = ""


@dataclass(frozen=True)
class Page:
    """A sheet; dates are by the clock of the place, which spreadsheets do not know."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def workbook(pages: Sequence[Page], *, title: str, at: dt.datetime) -> bytes:
    """Write the sheets in order, each with a header that stays in sight."""
    import openpyxl  # noqa: PLC0415 - only where a workbook is written

    book = openpyxl.Workbook(write_only=True)
    book.properties.title = clean(title)
    book.properties.creator = "Alliances"
    book.properties.created = at.astimezone(dt.UTC).replace(tzinfo=None)
    for page in pages:
        _write(book, page)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def clean(text: str) -> str:
    """Keep what a workbook may hold: no command character, no half of a character."""
    kept = (
        one
        for one in text
        if one in "\t\n" or unicodedata.category(one) not in ("Cc", "Cs", "Cn")
    )
    return "".join(kept)[:LONGEST_TEXT]


def _write(book: Any, page: Page) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    sheet = book.create_sheet(page.title)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(page.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.append([_header(sheet, column.label) for column in page.columns])
    count = 1
    for row in page.rows:
        pairs = zip(row, page.columns, strict=True)
        sheet.append([_cell(sheet, value, column) for value, column in pairs])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(page.columns))}{count}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _header(sheet: Any, label: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, label)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Cell, column: Column) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if isinstance(value, str):
        return _text(sheet, clean(value))
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value)
    if column.format and value is not None:
        cell.number_format = column.format
    return cell


def _text(sheet: Any, text: str) -> Any:
    """A text, even when it begins like a formula; told so to who edits it later."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if not text.startswith(COMMANDS):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
