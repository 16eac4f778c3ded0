"""Text that only this site can read again: what is in the database is not enough.

The keys come from ``SECRET_KEY``, and from ``SECRET_KEY_FALLBACKS`` for what was sealed
before it changed.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"accounts.sealing:"


def seal(text: str) -> str:
    """Return ``text`` encrypted and signed."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text of ``seal``.

    Raises
    ------
    cryptography.fernet.InvalidToken
        If none of the keys sealed it.
    """
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(PURPOSE + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
