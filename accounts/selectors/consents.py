"""Which consents hold, now: the last answer of a person to a question."""

from collections.abc import Iterable

from accounts.models import Consent, User

# Each change of a sentence has a new version; the old ones stay readable in the log.
TEXT_VERSION = "2026-1"
EVERYWHERE = ""


def live_consents(users: Iterable[User | int], purpose: str, scope: str) -> set[int]:
    """Return the keys of the ``users`` who agree to ``purpose`` in ``scope``.

    What was answered for one organisation prevails there over what was answered for
    all of them; who never answered does not agree. One query, however many people.
    """
    keys = [user if isinstance(user, int) else user.pk for user in users]
    answers = (
        Consent.objects.filter(
            user__in=keys,
            user__is_active=True,
            user__erased_at=None,
            purpose=purpose,
            scope__in={scope, EVERYWHERE},
        )
        .order_by("user", "scope", "-id")
        .distinct("user", "scope")
        .values_list("user", "scope", "is_given")
    )
    return _holding({(user, where): given for user, where, given in answers}, scope)


def answers_of(user: User) -> dict[tuple[str, str], bool]:
    """Return the last answers of ``user``, by purpose and scope."""
    answers = (
        Consent.objects.filter(user=user)
        .order_by("purpose", "scope", "-id")
        .distinct("purpose", "scope")
        .values_list("purpose", "scope", "is_given")
    )
    return {(purpose, scope): given for purpose, scope, given in answers}


def _holding(answers: dict[tuple[int, str], bool], scope: str) -> set[int]:
    return {
        user
        for user, _where in answers
        if answers.get((user, scope), answers.get((user, EVERYWHERE), False))
    }
