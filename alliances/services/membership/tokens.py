"""The secret of a link: sent once, kept as a hash."""

import hashlib
import secrets

TOKEN_BYTES = 32
TOKEN_CHARS_MAX = 64


def new_token() -> tuple[str, str]:
    """Return a token to send and the digest to keep."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
