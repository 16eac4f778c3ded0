"""The list of one's news, one's choices, the way out of letters, the local mailbox."""

from notifications.views import mailbox, news, preferences, previews, unsubscribing

__all__ = ["mailbox", "news", "preferences", "previews", "unsubscribing"]
