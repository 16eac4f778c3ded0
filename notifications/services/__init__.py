"""Telling people, once, about what happened."""

from notifications.services.telling import notify, settle, write_to

__all__ = ["notify", "settle", "write_to"]
