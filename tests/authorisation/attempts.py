"""What is tried: every address, by everybody, on real objects of others."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.policy import Access
from tests.authorisation.inventory import Address, addresses
from tests.authorisation.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
VARIANTS = ({}, {"HTTP_HX_REQUEST": "true"})
RELATIONS = ("A", "B", "D", "random")
RANDOM = {"territories.Territory": "COM-99999"}
OK = 200
REFUSALS = (302, 401, 403, 404, 405)
VICTIMS = (
    "alliances.Organisation",
    "alliances.Intention",
    "alliances.Exclusion",
    "alliances.Membership",
    "alliances.Need",
    "alliances.Offer",
)


@dataclass(frozen=True)
class Attempt:
    """One request by one person, on objects of one relation."""

    persona: str
    address: Address
    relation: str
    method: str
    variant: int

    def __str__(self) -> str:
        return f"{self.persona} {self.method} {self.address.name} {self.relation}"


def attempts(world: World) -> Iterator[Attempt]:
    """Every persona × address × relation × method × variant."""
    for address in addresses():
        relations = RELATIONS if address.parameters else ("A",)
        for persona, relation, method, variant in itertools.product(
            world.people, relations, METHODS, range(len(VARIANTS))
        ):
            yield Attempt(persona, address, relation, method, variant)


def path_of(attempt: Attempt, world: World) -> str | None:
    """The path with real identifiers; None when it cannot be written."""
    bound = dict(attempt.address.row.objects)
    values = {
        parameter: _identifier(
            bound.get(parameter, ""), _relation(parameter, attempt.relation), world
        )
        for parameter in attempt.address.parameters
        if parameter != "format"
    }
    if "format" in attempt.address.parameters:
        values["format"] = "json"
    try:
        return reverse(attempt.address.name, kwargs=values)
    except NoReverseMatch:
        return None


def _relation(parameter: str, relation: str) -> str:
    """The other one of a pair is C: an organisation has no pair with itself."""
    return "C" if parameter == "other_id" and relation != "random" else relation


def _identifier(binding: str, relation: str, world: World) -> str:
    if binding.startswith("="):
        return binding[1:].split("|", maxsplit=1)[0]
    if relation == "random":
        return RANDOM.get(binding, "zzzzzzzzzzzz")
    tables = {
        "alliances.Organisation": world.organisations,
        "alliances.Intention": world.intentions,
        "territories.Territory": world.territories,
        "accounts.User": world.people,
    }
    if binding in world.rows:
        rows = world.rows[binding]
        row = rows.get(relation) or rows["A"]
        return getattr(row, "public_id", None) or str(row.pk)
    if binding not in tables:
        return "1"
    target = tables[binding][world.key_of(binding, relation)]
    return getattr(target, "reference", None) or target.public_id


def unbound(address: Address) -> set[str]:
    """Parameters that the policy row does not bind to a model or to values."""
    return (
        set(address.parameters) - {name for name, _ in address.row.objects} - {"format"}
    )


def digest() -> str:
    """A fingerprint of everything that could be harmed, computed by the database."""
    tables = [apps.get_model(label)._meta.db_table for label in VICTIMS]
    parts = ", ".join(
        f"(SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t)"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}")
        return str(cursor.fetchone())


def leaks(attempt: Attempt, world: World, client: Client, before: str) -> list[str]:
    """Play ``attempt`` in a savepoint and return what is wrong with the answer."""
    path = path_of(attempt, world)
    if path is None:
        return [f"{attempt}: no path"]
    with transaction.atomic():
        response = client.generic(
            attempt.method,
            path,
            data="name=ZQvol&nom=ZQvol",
            content_type="application/x-www-form-urlencoded",
            **VARIANTS[attempt.variant],
        )
        body = b"".join(response) if response.streaming else response.content
        changed = digest() != before
        transaction.set_rollback(True)
    found = _wrong_status(attempt, response.status_code)
    if response.status_code == 200 and _needs_membership(attempt, world):
        found.append("a permission that is not theirs answers 200")
    text = body.decode(errors="replace") + str(response.headers)
    found += [
        f"canary {canary}"
        for canary in world.canaries_unknown_to(attempt.persona)
        if canary in text
    ]
    if changed and not _may_write(attempt, world):
        found.append("rows of others changed")
    return [f"{attempt}: {what}" for what in found]


def _wrong_status(attempt: Attempt, status: int) -> list[str]:
    if status >= 500:
        return [f"status {status}"]
    if status in REFUSALS:
        return []
    return [what for what in (_opened(attempt), _shown(attempt, status)) if what]


def _opened(attempt: Attempt) -> str:
    """The address itself is not for this person."""
    access = attempt.address.row.access
    if access is Access.SIGNED_IN and attempt.persona == "visitor":
        return "opened to a visitor"
    if access is Access.STAFF and attempt.persona not in ("support", "administrator"):
        return f"opened to {attempt.persona}"
    if access is Access.ELEVATED and attempt.persona != "administrator":
        return f"opened to {attempt.persona}"
    return ""


def _shown(attempt: Attempt, status: int) -> str:
    """The object does not exist, or no longer does for this person."""
    models = dict(attempt.address.row.objects).values()
    if status != OK or not any("." in model for model in models):
        return ""
    if attempt.relation == "random":
        return "a random identifier answers 200"
    archived = attempt.relation == "D" and "alliances.Organisation" in models
    if archived and attempt.persona != "administrator":
        return "an archived organisation answers 200"
    return ""


def _needs_membership(attempt: Attempt, world: World) -> bool:
    """The view asks a permission on an organisation that this person is not in."""
    of_organisation = (
        "alliances.Organisation" in dict(attempt.address.row.objects).values()
    )
    if not attempt.address.row.permission or not of_organisation:
        return False
    members = {"A": world.members_of_a, "B": world.members_of_b}
    return attempt.persona not in members.get(attempt.relation, frozenset())


def _may_write(attempt: Attempt, world: World) -> bool:
    if attempt.persona == "administrator":
        return True
    if attempt.relation == "A":
        return attempt.persona in world.members_of_a
    if attempt.relation == "B":
        return attempt.persona in world.members_of_b
    return False
