"""The code of somebody who comes: for one session, and impossible to guess.

Whoever scans it opens an address; only a catalyst of the session reads something there.
"""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from rendezvous.models import Attendee, Session

SALT = "rendezvous.arrival"
LENGTH = 24  # hexadecimal digits: 96 bits
CODE = re.compile(rf"([0-9]{{1,18}})-([0-9a-f]{{{LENGTH}}})\Z")


def arrival_code(session: Session, attendee: Attendee) -> str:
    """Return the code of somebody at a session."""
    return f"{attendee.pk}-{_seal(session, attendee.pk)}"


def arrival_address(session: Session, attendee: Attendee) -> str:
    """Return the whole address that a printed code holds."""
    code = arrival_code(session, attendee)
    path = reverse("rendezvous:checkin_confirm", args=[session.public_id, code])
    return f"{settings.SITE_URL}{path}"


def attendee_of(session: Session, code: str) -> int | None:
    """Return the key that a code of this session holds; None when it is not one."""
    read = CODE.match(code)
    if read is None:
        return None
    pk, seal = int(read[1]), read[2]
    return pk if constant_time_compare(seal, _seal(session, pk)) else None


def _seal(session: Session, pk: int) -> str:
    said = salted_hmac(SALT, f"{session.public_id}:{pk}", algorithm="sha256")
    return said.hexdigest()[:LENGTH]
