"""A PostgreSQL of its own for a project directory: nothing to install, nothing left running.

Used when no ``DATABASE_URL`` is given. The binaries come from a wheel; the cluster lives in a
directory of the project, is reached through a private Unix socket only, starts on the first
connection and stops when the last process using it has ended, however it ended.
"""
