"""Who must prove twice who they are, and what is open until they can.

Applications above declare here, in their ``policy.py``, whose rights ask for a second
factor (``requires``) and which of their addresses hold nothing of anybody
(``leave_open``). Everything is read again at each request.
"""

from collections.abc import Callable

from allauth.mfa.models import Authenticator

from accounts.fictitious import is_fictitious
from accounts.models import User
from accounts.policy import (
    OWN_PAGES,
    OWN_PASSKEY_PAGES,
    PUBLIC_PAGES,
    Person,
    is_administrator,
)

Rule = Callable[[User], bool]

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_rules: list[Rule] = []
_open: set[str] = {*PUBLIC_PAGES, *OWN_PAGES, *OWN_PASSKEY_PAGES}


def requires(rule: Rule) -> Rule:
    """Ask a second factor of the people for whom ``rule`` is true."""
    _rules.append(rule)
    return rule


def leave_open(*names: str) -> None:
    """Let the addresses ``names`` be reached before the second factor is set up."""
    _open.update(names)


def is_open(name: str) -> bool:
    return name in _open


def is_required(person: Person) -> bool:
    """Tell whether the rights of ``person`` ask for a second factor."""
    if not isinstance(person, User) or not person.is_active:
        return False
    if is_fictitious(person.email):
        return False
    return is_administrator(person) or any(rule(person) for rule in _rules)


def has_one(person: Person) -> bool:
    """Recovery codes alone are not one: they replace what was lost."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=PROOFS).exists()


def must_set_up(person: Person) -> bool:
    """Tell whether ``person`` has rights that wait for a second factor."""
    return is_required(person) and not has_one(person)
