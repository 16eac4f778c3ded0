"""What follows a meeting: opinions, commitments, how far the two go.

Locks are taken in one order: both organisations, then the follow-up.
"""
