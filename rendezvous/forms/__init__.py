"""Forms of sessions and registrations."""
