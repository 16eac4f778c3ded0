"""The policy engine: who may open which address, do what, and see which rows.

Each application declares its rows in its own ``policy.py``, loaded at start:

* ``route("app:name", access)`` for every address; one without a row is refused,
  and fails the suite;
* ``rules.add_perm("app.verb_noun", predicate)`` for what is done to an object,
  asked by ``can(user, "app.verb_noun", object)``;
* ``rows(Model)`` registers which rows of a model a person may see, asked by
  ``visible(user, queryset)``.

Views, API, templates, admin and exports ask these functions and nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

import rules
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from accounts.models import ApiToken, Elevation, User

Person = User | AnonymousUser
Rows = models.QuerySet[Any]
Q = TypeVar("Q", bound=Rows)
RowsRule = Callable[[Person, Rows], Rows]


CLOSED_ADMIN = ("admin:account_", "admin:mfa_", "admin:usersessions_")


class Access(StrEnum):
    """Who may reach an address at all; objects are checked by the view."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"
    ELEVATED = "elevated"


@dataclass(frozen=True)
class Route:
    """The policy row of one named address.

    ``objects`` names, for each parameter of the address, the model it designates:
    the generated matrix takes real identifiers from it. ``permission`` is the one
    that the view asks on that object, empty when every row that is visible may be
    read. ``scope`` is what a key of the API must be for; without one, no key opens
    the address.
    """

    name: str
    access: Access
    objects: tuple[tuple[str, str], ...] = ()
    permission: str = ""
    scope: str = ""


class UndeclaredError(LookupError):
    """No policy row: the answer is no, and the developer is told."""


_routes: dict[str, Route] = {}
_rows: dict[type[models.Model], RowsRule] = {}


def route(
    name: str,
    access: Access,
    *,
    permission: str = "",
    scope: str = "",
    **objects: str,
) -> None:
    """Declare the policy row of the address ``name`` (``app:noun_verb``)."""
    if name in _routes:
        message = f"the route {name} has two policy rows"
        raise ValueError(message)
    _routes[name] = Route(name, access, tuple(objects.items()), permission, scope)


def routes() -> Iterator[Route]:
    """Iterate over the declared rows."""
    return iter(_routes.values())


def route_named(name: str) -> Route | None:
    """Return the row of ``name``; addresses of the admin share one row.

    Keys, sessions and addresses of people have no page there, for anybody.
    """
    if name.startswith(CLOSED_ADMIN):
        return None
    if name.startswith("admin:"):
        return Route(name, Access.ELEVATED)
    return _routes.get(name)


def may_open(person: Person, name: str) -> bool:
    """Tell whether ``person`` may reach the address ``name`` at all."""
    row = route_named(name)
    if row is None:
        return False
    if row.access is Access.PUBLIC:
        return True
    if row.access is Access.SIGNED_IN:
        return person.is_authenticated
    if row.access is Access.STAFF:
        return bool(is_administrator(person))
    return bool(is_elevated(person))


def can(person: Person, permission: str, target: object = None) -> bool:
    """Tell whether ``person`` may do ``permission`` to ``target``.

    Raises
    ------
    UndeclaredError
        If no application declared ``permission``.
    """
    if not rules.perm_exists(permission):
        message = f"no policy row for the permission {permission}"
        raise UndeclaredError(message)
    return bool(rules.has_perm(permission, person, target))


def rows(model: type[models.Model]) -> Callable[[RowsRule], RowsRule]:
    """Register the decorated function as the rule of the rows of ``model``."""

    def register(rule: RowsRule) -> RowsRule:
        _rows[model] = rule
        return rule

    return register


def visible(person: Person, queryset: Q) -> Q:
    """Keep the rows of ``queryset`` that ``person`` may see.

    Raises
    ------
    UndeclaredError
        If no application declared a rule for the model.
    """
    rule = _rows.get(queryset.model)
    if rule is None:
        message = f"no policy row for the rows of {queryset.model.__name__}"
        raise UndeclaredError(message)
    return cast("Q", rule(person, queryset))


@rules.predicate
def is_administrator(person: Person) -> bool:
    return bool(person.is_active and person.is_staff)


@rules.predicate
def is_elevated(person: Person) -> bool:
    """An administrator, for the short time that they asked for with a reason."""
    return bool(
        isinstance(person, User)
        and is_administrator(person)
        and Elevation.objects.live(timezone.now()).filter(user=person).exists()
    )


PUBLIC_PAGES = (
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_authenticate",
    "mfa_login_webauthn",
)
OWN_PAGES = (
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "accounts:account_home",
    "accounts:session_list",
    "accounts:session_end",
    "accounts:session_end_others",
    "accounts:second_factor_setup",
    "accounts:second_factor_done",
)
OWN_PASSKEY_PAGES = ("mfa_remove_webauthn", "mfa_edit_webauthn")

for _name in PUBLIC_PAGES:
    route(_name, Access.PUBLIC)
for _name in OWN_PAGES:
    route(_name, Access.SIGNED_IN)
for _name in OWN_PASSKEY_PAGES:
    route(_name, Access.SIGNED_IN, pk="mfa.Authenticator")


@rows(UserSession)
def sessions(person: Person, queryset: Rows) -> Rows:
    """Everybody sees their own sessions, and nobody else's."""
    return queryset.filter(user_id=person.pk)


# Keys of the API (docs/decisions/0108).
route("accounts:token_list", Access.SIGNED_IN)
route("accounts:token_revoke", Access.SIGNED_IN, public_id="accounts.ApiToken")


@rows(ApiToken)
def tokens(person: Person, queryset: Rows) -> Rows:
    """Everybody sees their own keys, and nobody else's."""
    return queryset.filter(user_id=person.pk)


route("elevation_request", Access.STAFF)
route("elevation_end", Access.STAFF)
