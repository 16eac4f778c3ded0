"""What changes a session: the only place that writes, under the lock of its row."""
