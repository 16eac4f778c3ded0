"""What can go wrong with an embedded cluster, said to the person at the keyboard."""


class ClusterError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""
