"""After the restore of an older backup, those who were erased are erased again."""

from pathlib import Path

from accounts.models import User
from accounts.services.erasure import Origin, erase
from accounts.services.ledger import to_replay


def replay_erasures(path: Path) -> int:
    """Erase again whoever the ledger names and the base still holds; return how many.

    Number and pseudonym must agree: a base of another installation is left alone.
    """
    count = 0
    for key, (pseudonym, erased_at) in to_replay(path).items():
        person = User.objects.filter(pk=key).first()
        if person is None or not pseudonym.startswith(f"{person.public_id}@"):
            continue
        count += person.erased_at is None
        erase(key, Origin.REPLAY, erased_at=erased_at)
    return count
