"""Public identifiers: random, URL-safe, neither numeric nor consecutive."""

import secrets

# No 0/O, 1/l/I: people read identifiers aloud over the phone.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
LENGTH = 12  # 32**12 = 2**60 values: not guessable, two never meet in practice


def new_public_id() -> str:
    """Return a new identifier that starts with a letter."""
    first = secrets.choice(ALPHABET[8:])
    return first + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
