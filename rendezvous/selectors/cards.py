"""The short code of a commitment card on paper: it leads two organisations to theirs.

A code is worked out from the pair, so that a card that was printed before a change of
programme stays good. It opens nothing by itself: who types it is of one of the two.
"""

import hashlib
import hmac
import re

from django.conf import settings

from rendezvous.models import Session

# Neither I, L, O nor U: what is written by hand is read once.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
READ_AS = str.maketrans("ILO", "110")


def card_code(session: Session, one_id: int, other_id: int) -> str:
    """Return the code of the card of two registrations, in whichever order."""
    low, high = sorted((one_id, other_id))
    said = f"rendezvous.card:{session.public_id}:{low}:{high}"
    key = settings.SECRET_KEY.encode()
    digest = hmac.new(key, said.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def read_code(typed: str) -> str:
    """Return what somebody typed as a code is written; empty when it is none."""
    kept = re.sub(r"[^0-9A-Z]", "", typed.upper()[:40]).translate(READ_AS)
    if len(kept) != LENGTH or not set(kept) <= set(ALPHABET):
        return ""
    return f"{kept[:3]}-{kept[3:]}"
