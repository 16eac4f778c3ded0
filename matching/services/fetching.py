"""Columns of PostgreSQL into NumPy by binary COPY: no object is made of a row.

For columns of fixed width that are never null: each row is then a record of fixed width,
its count of fields, and for each its length and its value, big-endian.
"""

import io

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from matching.services.copying import HEADER, TRAILER

Query = models.QuerySet[models.Model, tuple[object, ...]]


def fetch(query: Query, dtypes: dict[str, str]) -> NDArray[np.void]:
    """Return the rows of ``query`` as records.

    ``dtypes``: the name and the NumPy type of each column, in the order of the query,
    as ``{"pk": ">i8"}``.

    Raises
    ------
    ValueError
        If a column holds a null, or has another width.
    """
    record = np.dtype([("count", ">i2"), *_fields(dtypes)])
    content = _copied(query)
    size = len(content) - len(HEADER) - len(TRAILER)
    if size % record.itemsize:
        raise ValueError(f"rows are not of {record.itemsize} bytes")
    rows = np.frombuffer(content, record, size // record.itemsize, len(HEADER))
    for name, dtype in dtypes.items():
        if (rows[f"length_{name}"] != np.dtype(dtype).itemsize).any():
            raise ValueError(f"{name} is not always {dtype}")
    return rows[list(dtypes)]


def _fields(dtypes: dict[str, str]) -> list[tuple[str, str]]:
    pairs = (
        ((f"length_{name}", ">i4"), (name, dtype)) for name, dtype in dtypes.items()
    )
    return [field for pair in pairs for field in pair]


def _copied(query: Query) -> bytes:
    compiler = query.query.get_compiler(connection=connection, elide_empty=False)
    sql, parameters = compiler.as_sql()
    received = io.BytesIO()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(sql, parameters).decode()
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT binary)", received)
    return received.getvalue()
