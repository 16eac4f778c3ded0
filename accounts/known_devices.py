"""A browser where somebody already signed in: their mistakes are counted apart.

Otherwise whoever types wrong passwords for somebody's address would keep that person
out. The cookie is signed and holds no address.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

LIFE = timedelta(days=180)
SALT = "accounts.known_devices"
ADDRESSES_MAX = 3


def remember(request: HttpRequest, response: HttpResponse, address: str) -> None:
    """Note on this browser that the person of ``address`` signed in there."""
    device, known = _read(request)
    known = [_trace(address), *(trace for trace in known if trace != _trace(address))]
    value = signing.dumps([device, known[:ADDRESSES_MAX]], salt=SALT)
    response.set_cookie(
        cookie_name(),
        value,
        max_age=int(LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_of(request: HttpRequest, address: str) -> str:
    """Return the identifier of a browser that ``address`` used; empty elsewhere."""
    device, known = _read(request)
    return device if _trace(address) in known else ""


def cookie_name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.COOKIES.get(cookie_name(), "")
    try:
        device, known = signing.loads(value, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return secrets.token_urlsafe(9), []
    return device, known


def _trace(address: str) -> str:
    key = f"{SALT}:{settings.SECRET_KEY}".encode()
    data = address.strip().lower().encode(errors="replace")
    return hashlib.blake2b(data, key=key[:64], digest_size=12).hexdigest()
