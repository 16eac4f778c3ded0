"""The secret of a key of the API: how it is made, recognised and fingerprinted."""

import hashlib
import re
import secrets

PREFIX = "al_"  # so that a key left in a text is recognised
SECRET_BYTES = 32
SHAPE = re.compile(r"al_[A-Za-z0-9_-]{43}\Z")


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def is_secret(text: str) -> bool:
    return SHAPE.match(text) is not None


def digest_of(secret: str) -> str:
    """Return what is kept of a key; it holds too much chance to need salt or time."""
    return hashlib.sha256(secret.encode()).hexdigest()
