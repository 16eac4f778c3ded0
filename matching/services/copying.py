"""Columns of NumPy into PostgreSQL by binary COPY: millions of rows in seconds.

Each field is four bytes of length then its value, big-endian; −1 alone is a null. Rows
are laid out at their greatest width, and the bytes that are not used are then left out.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Booleans = NDArray[np.bool_]

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
NULL = np.frombuffer(b"\xff\xff\xff\xff", np.uint8)
INT2_OID, FLOAT8_OID = 21, 701
OIDS = {">i2": INT2_OID, ">f8": FLOAT8_OID}


@dataclass(frozen=True)
class Field:
    """The bytes of one column, shape (n, width), and which of them are sent."""

    content: Bytes
    is_sent: Booleans


def integers(values: NDArray[np.integer], *, size: int) -> Field:
    return _scalars(values.astype(f">i{size}"), np.zeros(len(values), bool))


def reals(values: NDArray[np.float64]) -> Field:
    """Return a column of doubles, NaN as null."""
    return _scalars(values.astype(">f8"), np.isnan(values))


def arrays(
    values: NDArray[np.generic], *, dtype: str, is_null: Booleans | None = None
) -> Field:
    """Return a column of arrays of ``values.shape[1]`` values each.

    Rows of ``is_null`` are null as a whole; elsewhere NaN is a null element.
    """
    n, width = values.shape
    cells = values.astype(dtype)
    flat = cells.reshape(-1)
    absent = np.isnan(flat) if dtype == ">f8" else np.zeros(len(flat), bool)
    elements = _scalars(flat, absent)
    has_null = absent.reshape(n, width).any(axis=1)
    head = np.empty((n, 5), ">i4")
    head[:] = (1, 0, OIDS[dtype], width, 1)
    head[:, 1] = has_null
    body = np.concatenate([_raw(head), elements.content.reshape(n, -1)], axis=1)
    sent = np.concatenate(
        [np.ones((n, 20), bool), elements.is_sent.reshape(n, -1)], axis=1
    )
    return _with_length(body, sent, np.zeros(n, bool) if is_null is None else is_null)


def copy(
    model: type[models.Model], names: Sequence[str], columns: Sequence[Field]
) -> None:
    """Append the rows to the table of ``model`` in the current transaction."""
    n = len(columns[0].content)
    count = np.full((n, 1), len(columns), ">i2")
    content = np.concatenate([_raw(count), *(c.content for c in columns)], axis=1)
    is_sent = np.concatenate([np.ones((n, 2), bool), *(c.is_sent for c in columns)], 1)
    stream = io.BytesIO(HEADER + content[is_sent].tobytes() + TRAILER)
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    target = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {target} ({quoted}) FROM STDIN WITH (FORMAT binary)", stream
        )


def _scalars(values: NDArray[np.generic], is_null: Booleans) -> Field:
    raw = _raw(values.reshape(-1, 1))
    return _with_length(raw, np.ones(raw.shape, bool), is_null)


def _with_length(content: Bytes, is_sent: Booleans, is_null: Booleans) -> Field:
    lengths = is_sent.sum(axis=1).astype(">i4").reshape(-1, 1)
    prefix = _raw(lengths)
    prefix[is_null] = NULL
    return Field(
        np.concatenate([prefix, content], axis=1),
        np.concatenate(
            [np.ones(prefix.shape, bool), is_sent & ~is_null[:, None]], axis=1
        ),
    )


def _raw(values: NDArray[np.generic]) -> Bytes:
    """Return the bytes of each row."""
    values = np.ascontiguousarray(values)
    width = values.dtype.itemsize * values.shape[1]
    return values.view(np.uint8).reshape(len(values), width).copy()
