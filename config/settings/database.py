"""One SQL dialect everywhere: DATABASE_URL, or the embedded PostgreSQL."""

import os
from pathlib import Path
from typing import Any

import dj_database_url


def database_settings(*, cluster: Path, durable: bool) -> dict[str, Any]:
    """Return ``DATABASES["default"]`` from the environment.

    Without ``DATABASE_URL``, the embedded cluster kept in ``cluster`` is started on
    the first connection by the backend, and stopped by the process that started it.
    """
    if url := os.environ.get("DATABASE_URL"):
        return dict(dj_database_url.parse(url, conn_max_age=60))
    return {
        "ENGINE": "config.embedded_postgresql.backend",
        "NAME": "alliances",
        "CONN_MAX_AGE": 0,
        "EMBEDDED_CLUSTER": {"directory": cluster, "durable": durable},
    }
