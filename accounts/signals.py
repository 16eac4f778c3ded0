"""What applications above may react to; sent inside the transaction."""

from django.dispatch import Signal

# These people have not come for long. Keywords: users, a list; erased_on, a date.
inactivity_noticed = Signal()

# A person asked to be erased. Keywords: user; due_at, when it will be done.
erasure_asked = Signal()

# A person is about to be erased: what is theirs is still there. Keyword: user.
erasure_begins = Signal()

# The copy of somebody's data is ready. Keyword: export.
export_ready = Signal()
