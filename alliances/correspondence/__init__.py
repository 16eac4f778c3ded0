"""What people send each other: what a text and a file may hold (pure)."""
