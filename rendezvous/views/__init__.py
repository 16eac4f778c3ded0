"""Pages of sessions: announced, prepared, attended."""
