"""What a session reads: pages, balance, the problem to schedule."""
