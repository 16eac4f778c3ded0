"""How the cluster is created and how its server runs."""

import os

SUPERUSER = "postgres"
PORT = 5432  # names the socket's file; nothing listens on the network
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
# Code-point order and Unicode upper/lower case, the same on every system (ICU is not in the wheel).
INITDB_OPTIONS = (
    f"--username={SUPERUSER}",
    "--auth=trust",  # the socket is in a directory closed to other accounts
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_wal_size": "4GB",  # a run writes some 2 GB: fewer checkpoints on the way
    "jit": "off",
    "max_parallel_workers_per_gather": "0",  # small machines, and containers with a small /dev/shm
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "deadlock_timeout": "50ms",  # races without their lock wait that long each round
}
