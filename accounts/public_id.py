"""Public identifiers: random, URL-safe, neither numeric nor consecutive."""

import secrets

from django.db import models

# No 0/O, 1/l/I: people read identifiers aloud over the phone.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
LENGTH = 12  # 32**12 = 2**60 values: not guessable, two never meet in practice


def new_public_id() -> str:
    """Return a new identifier that starts with a letter."""
    first = secrets.choice(ALPHABET[8:])
    return first + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))


def public_id_field() -> "models.CharField[str, str]":
    """Return the column by which addresses designate a row."""
    return models.CharField(
        "identifiant public",
        max_length=LENGTH,
        unique=True,
        editable=False,
        default=new_public_id,
    )
