"""One SQL dialect everywhere: DATABASE_URL, or the embedded PostgreSQL."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

EMBEDDED_ENGINE = "config.embedded_postgresql.backend"


def database_settings(*, cluster: Path, durable: bool) -> dict[str, Any]:
    """Return ``DATABASES["default"]`` from the environment.

    Without ``DATABASE_URL``, the embedded cluster kept in ``cluster`` is started on
    the first connection by the backend, and stopped after its last user.
    """
    if url := os.environ.get("DATABASE_URL"):
        external = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        options = {"connect_timeout": 5} | external.get("OPTIONS", {})
        return {**external, "OPTIONS": options}
    return {
        "ENGINE": EMBEDDED_ENGINE,
        "NAME": "alliances",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "EMBEDDED_CLUSTER": {"directory": cluster, "durable": durable},
    }
