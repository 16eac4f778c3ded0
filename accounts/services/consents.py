"""Answering the questions about oneself: rows are only added."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import Consent, User
from accounts.selectors.consents import EVERYWHERE, TEXT_VERSION, answers_of

Answers = Mapping[tuple[str, str], bool]


@transaction.atomic
def answer(user: User, answers: Answers) -> int:
    """Write what changes among ``answers``, by purpose and scope; return how many.

    The row of the person is locked: the same form sent twice adds nothing.
    """
    User.objects.select_for_update().get(pk=user.pk)
    known = answers_of(user)
    changed = [
        Consent(
            user=user,
            purpose=purpose,
            scope=scope,
            is_given=given,
            text_version=TEXT_VERSION,
        )
        for (purpose, scope), given in answers.items()
        if given is not _holding(known, answers, purpose, scope)
    ]
    Consent.objects.bulk_create(changed)
    return len(changed)


def _holding(known: Answers, answers: Answers, purpose: str, scope: str) -> bool:
    """Return what holds without a new row: this answer's, or the one for all."""
    everywhere = (purpose, EVERYWHERE)
    if (purpose, scope) in known:
        return known[purpose, scope]
    if scope == EVERYWHERE:
        return False
    return answers.get(everywhere, known.get(everywhere, False))
