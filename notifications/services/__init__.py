"""Telling people, once, about what happened."""

from notifications.services.telling import notify, settle, write_to
from notifications.services.upkeep import forget

__all__ = ["forget", "notify", "settle", "write_to"]
