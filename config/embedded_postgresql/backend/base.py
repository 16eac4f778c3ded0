"""The PostgreSQL backend of Django, which starts the project's own server on first connection.

``DATABASES["default"]`` names the cluster: ``"EMBEDDED_CLUSTER": {"directory": …, "durable": …}``.
"""

import atexit
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg2
from django.db.backends.postgresql import base as postgresql
from django.db.backends.postgresql.client import DatabaseClient as PostgresqlClient

from config.embedded_postgresql.cluster import Cluster
from config.embedded_postgresql.options import PORT, SUPERUSER

CONNECT_SECONDS = 15.0
# What libpq and a starting or stopping server answer; anything else is a real error.
PASSING_REFUSALS = (
    "Connection refused",
    "No such file or directory",
    "the database system is",
    "server closed the connection unexpectedly",
    "terminating connection",
)

_clusters: dict[str, Cluster] = {}
_clusters_lock = threading.Lock()


def cluster_of(settings_dict: dict[str, Any]) -> Cluster:
    """Return the cluster that a ``DATABASES`` entry names, one object per process and place."""
    wanted = settings_dict["EMBEDDED_CLUSTER"]
    directory = Path(wanted["directory"])
    with _clusters_lock:
        if str(directory) not in _clusters:
            cluster = Cluster(directory, durable=wanted.get("durable", True))
            atexit.register(_release, cluster, os.getpid())
            _clusters[str(directory)] = cluster
        return _clusters[str(directory)]


def _release(cluster: Cluster, owner: int) -> None:
    if (
        os.getpid() == owner
    ):  # a fork that ends must not wait for the server of its parent
        cluster.release()


class DatabaseClient(PostgresqlClient):
    """``manage.py dbshell`` with the client of the wheel."""

    def runshell(self, parameters: Iterable[str]) -> None:
        cluster = cluster_of(self.connection.settings_dict)
        self.executable_name = cluster.binary("psql")
        self.connection.settings_dict |= _address(cluster)
        super().runshell(parameters)


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection that finds the embedded server, or starts it."""

    client_class = DatabaseClient

    def get_new_connection(
        self, conn_params: dict[str, Any]
    ) -> psycopg2.extensions.connection:
        """Connect, starting the server first; wait out a start, a stop or a crash of it."""
        cluster = cluster_of(self.settings_dict)
        deadline = time.monotonic() + CONNECT_SECONDS
        while True:
            address = _address(cluster)
            self.settings_dict |= address
            conn_params |= {name.lower(): value for name, value in address.items()}
            try:
                return super().get_new_connection(conn_params)
            except psycopg2.OperationalError as error:
                passing = any(refusal in str(error) for refusal in PASSING_REFUSALS)
                if not passing or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def _address(cluster: Cluster) -> dict[str, str]:
    return {"HOST": str(cluster.ensure()), "PORT": str(PORT), "USER": SUPERUSER}
