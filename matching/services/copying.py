"""Columns of NumPy into PostgreSQL by binary COPY: millions of rows in seconds.

Each field is four bytes of length then its value, big-endian; −1 alone is a null. Rows
are laid out at their greatest width, and the bytes that are not used are then left out.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Booleans = NDArray[np.bool_]

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
NULL = -1
LENGTH_BYTES = 4
ARRAY_HEAD_BYTES = 24  # its length, dimensions, nulls or not, type, size, first index
INT2_OID, FLOAT8_OID = 21, 701
OIDS = {">i2": INT2_OID, ">f8": FLOAT8_OID}


@dataclass(frozen=True)
class Field:
    """The bytes of one column, shape (n, width), and which are sent; None: all."""

    content: Bytes
    is_sent: Booleans | None = None

    def sent(self) -> Booleans:
        everything = np.ones(self.content.shape, bool)
        return everything if self.is_sent is None else self.is_sent


def integers(values: NDArray[np.integer], *, size: int) -> Field:
    return Field(_raw(_cells(values, f">i{size}")))


def reals(values: NDArray[np.float64]) -> Field:
    """Return a column of doubles, NaN as null."""
    cells, is_null = _cells(values, ">f8"), np.isnan(values)
    if not is_null.any():
        return Field(_raw(cells))
    cells["length"][is_null] = NULL
    content = _raw(cells)
    return Field(content, _without(content, is_null, start=LENGTH_BYTES))


def arrays(
    values: NDArray[np.generic], *, dtype: str, is_null: Booleans | None = None
) -> Field:
    """Return a column of arrays of ``values.shape[1]`` values each.

    Rows of ``is_null`` are null as a whole; elsewhere NaN is a null element.
    """
    n, width = values.shape
    rows = np.empty(n, _array_of(dtype, width))
    rows["length"] = rows.dtype.itemsize - LENGTH_BYTES
    rows["head"] = (1, 0, OIDS[dtype], width, 1)
    rows["cells"] = _cells(values, dtype)
    absent = np.isnan(values) if dtype == ">f8" else np.zeros(values.shape, bool)
    if not absent.any() and (is_null is None or not is_null.any()):
        return Field(_raw(rows))
    return _with_nulls(rows, absent, np.zeros(n, bool) if is_null is None else is_null)


def copy(
    model: type[models.Model],
    names: Sequence[str],
    batches: Iterable[Sequence[Field]],
) -> None:
    """Append rows to the table of ``model`` in the current transaction.

    While the database writes a batch, a thread lays out the next one.
    """
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    target = connection.ops.quote_name(model._meta.db_table)
    statement = f"COPY {target} ({quoted}) FROM STDIN WITH (FORMAT binary)"
    with connection.cursor() as cursor:
        for content in _ahead(map(_laid_out, batches)):
            cursor.copy_expert(statement, io.BytesIO(content), len(content))


def _laid_out(columns: Sequence[Field]) -> bytes:
    count = np.full((len(columns[0].content), 1), len(columns), ">i2")
    head = Field(_raw(count))
    content = np.concatenate([head.content, *(c.content for c in columns)], axis=1)
    if all(column.is_sent is None for column in columns):
        return HEADER + content.tobytes() + TRAILER
    is_sent = np.concatenate([head.sent(), *(c.sent() for c in columns)], axis=1)
    return HEADER + content[is_sent].tobytes() + TRAILER


def _ahead(batches: Iterator[bytes]) -> Iterator[bytes]:
    """Make the next batch in a thread while the present one is used."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


def _array_of(dtype: str, width: int) -> np.dtype[np.void]:
    cell = _cell_of(dtype)
    return np.dtype([("length", ">i4"), ("head", ">i4", 5), ("cells", cell, width)])


def _cell_of(dtype: str) -> np.dtype[np.void]:
    return np.dtype([("length", ">i4"), ("value", dtype)])


def _cells(values: NDArray[np.generic], dtype: str) -> NDArray[np.void]:
    cells = np.empty(values.shape, _cell_of(dtype))
    cells["length"] = np.dtype(dtype).itemsize
    cells["value"] = values
    return cells


def _with_nulls(rows: NDArray[np.void], absent: Booleans, is_null: Booleans) -> Field:
    """Leave out the values of null elements, and all but the length of null rows."""
    cell = rows.dtype["cells"].base
    size = cell.itemsize - LENGTH_BYTES
    rows["length"] -= size * absent.sum(axis=1).astype(">i4")
    rows["length"][is_null] = NULL
    rows["head"][:, 1] = absent.any(axis=1)
    rows["cells"]["length"][absent] = NULL
    content = _raw(rows)
    is_sent = _without(content, is_null, start=LENGTH_BYTES)
    for position, is_absent in enumerate(absent.T):
        start = ARRAY_HEAD_BYTES + position * cell.itemsize + LENGTH_BYTES
        is_sent[:, start : start + size] &= ~is_absent[:, None]
    return Field(content, is_sent)


def _without(content: Bytes, is_null: Booleans, *, start: int) -> Booleans:
    is_sent = np.ones(content.shape, bool)
    is_sent[is_null, start:] = False
    return is_sent


def _raw(values: NDArray[np.generic]) -> Bytes:
    """Return the bytes of each row, without copying them."""
    return values.view(np.uint8).reshape(len(values), values.dtype.itemsize)
