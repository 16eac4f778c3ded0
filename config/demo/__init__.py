"""``make demo``: from nothing to a running site, in one process that leaves nothing behind."""
