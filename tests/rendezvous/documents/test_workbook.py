"""Workbooks open again with what was put in: dates, numbers, and texts that stay texts."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from rendezvous.documents.workbook import (
    COMMANDS,
    DAY_AND_HOUR,
    Column,
    Page,
    clean,
    workbook,
)

AT = dt.datetime(2026, 11, 20, 18, 12, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Pacific/Noumea"))
COLUMNS = (Column("Qui", 30), Column("Quand", 17, DAY_AND_HOUR), Column("Table", 7))


def opened(*rows):
    book = workbook([Page("Par tour", COLUMNS, rows)], title="Essai", at=AT)
    return openpyxl.load_workbook(io.BytesIO(book))


def test_dates_are_dates_by_the_clock_of_the_place():
    sheet = opened(("Roue libre", NOON, 3))["Par tour"]

    cell = sheet["B2"]
    assert (cell.value, cell.is_date, cell.number_format) == (
        dt.datetime(2026, 11, 21, 12, 0),  # noqa: DTZ001 - workbooks have no zone
        True,
        DAY_AND_HOUR,
    )
    assert sheet["C2"].value == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_that_begins_like_a_formula_stays_a_text(command):
    text = f'{command}HYPERLINK("http://127.0.0.1/","x")'

    cell = opened((text, NOON, 1))["Par tour"]["A2"]

    kept = clean(text)
    assert (cell.data_type, cell.value) == ("s", kept)
    assert cell.quotePrefix == kept.startswith(COMMANDS)


def test_what_a_workbook_refuses_is_left_out():
    cell = opened(("a\x00b\ud800c\x1b", NOON, 1))["Par tour"]["A2"]

    assert cell.value == "abc"


def test_a_text_longer_than_a_cell_is_cut():
    cell = opened(("é" * 40_000, NOON, 1))["Par tour"]["A2"]

    assert len(cell.value) == 32_767


def test_the_header_stays_and_columns_are_wide_enough():
    sheet = opened(("A", None, None), ("B", None, None))["Par tour"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.column_dimensions["A"].width == 30
    assert [cell.value for cell in sheet[1]] == ["Qui", "Quand", "Table"]
    assert sheet["B2"].value is None
