"""Which PostgreSQL: the one of ``DATABASE_URL``, or the project's own in a directory of ``var/pg``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import dj_database_url

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDED_ENGINE = "config.embedded_postgresql.backend"


def databases(directory: Path, *, durable: bool) -> dict[str, dict[str, Any]]:
    """Return ``DATABASES``: external when ``DATABASE_URL`` is set, else embedded in a directory."""
    if os.environ.get("DATABASE_URL"):
        default = dj_database_url.config(conn_max_age=60, conn_health_checks=True)
        default["OPTIONS"] = {"connect_timeout": 5} | default.get("OPTIONS", {})
        return {"default": dict(default)}
    return {
        "default": {
            "ENGINE": EMBEDDED_ENGINE,
            "NAME": "alliances",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "EMBEDDED_CLUSTER": {"path": directory, "durable": durable},
        }
    }
