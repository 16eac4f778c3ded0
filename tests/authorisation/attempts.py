"""What is tried: every address, by everybody, on real objects of others."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.urls import NoReverseMatch, reverse
from django_filters import FilterSet

from tests.authorisation.inventory import Address, addresses
from tests.authorisation.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
RELATIONS = ("A", "B", "D", "random")
RANDOM = {
    "territories.Territory": "COM-99999",
    "accounts.Absence": "999999999",
    "mfa.Authenticator": "999999",
}
NOTHING_SPECIAL = "name=ZQvol&nom=ZQvol"
FRAMEWORK = ("django.", "rest_framework.", "allauth.")
USUAL_NAMES = {"page", "page_size", "next", "format", "limit", "avec", "q", "key"}


@dataclass(frozen=True)
class Variant:
    """How a request is dressed: its headers, and what its fields hold."""

    name: str
    htmx: bool = False
    foreign: str = ""  # "public_id" or "pk" of an object of somebody else
    methods: tuple[str, ...] = METHODS


VARIANTS = (
    Variant("page"),
    Variant("fragment", htmx=True),
    # An identifier of somebody else's in every field, not only in the address: where
    # it is forgotten most often (reliability: trap T3).
    Variant("foreign identifiers", foreign="public_id", methods=("GET", "POST")),
    Variant("foreign numbers", foreign="pk", methods=("GET", "POST")),
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
        dress = VARIANTS[self.variant].name
        return f"{self.persona} {self.method} {self.address.name} {self.relation} ({dress})"


def attempts(world: World) -> Iterator[Attempt]:
    """Every persona × address × relation × method × variant."""
    for address in addresses():
        relations = RELATIONS if address.parameters else ("A",)
        for persona, relation, variant in itertools.product(
            world.personas, relations, range(len(VARIANTS))
        ):
            for method in VARIANTS[variant].methods:
                yield Attempt(persona, address, relation, method, variant)


def path_of(attempt: Attempt, world: World) -> str | None:
    """The path with real identifiers; None when it cannot be written."""
    bound = dict(attempt.address.row.objects)
    values = {
        parameter: identifier_of(
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


def identifier_of(binding: str, relation: str, world: World) -> str:
    if binding.startswith("="):
        return binding[1:].split("|", maxsplit=1)[0]
    if relation == "random":
        return RANDOM.get(binding, "zzzzzzzzzzzz")
    row = world.row(binding, relation)
    if row is None:
        return "1"
    for name in ("reference", "public_id"):
        if identifier := getattr(row, name, None):
            return str(identifier)
    return str(row.pk)


def unbound(address: Address) -> set[str]:
    """Parameters that the policy row does not bind to a model or to values."""
    return (
        set(address.parameters) - {name for name, _ in address.row.objects} - {"format"}
    )


def missing_rows(address: Address, world: World) -> set[str]:
    """Models of an address of which the world holds no real row."""
    models = {model for _, model in address.row.objects if "." in model}
    return {model for model in models if world.row(model, "A") is None}


def subclasses(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def parameter_names() -> list[str]:
    """Every field of every form and filter of the project, and the usual ones."""
    names = set(USUAL_NAMES)
    for form in subclasses(forms.BaseForm):
        if not form.__module__.startswith(FRAMEWORK):
            names |= set(getattr(form, "base_fields", {}))
    for filterset in subclasses(FilterSet):
        names |= set(filterset.base_filters)
    return sorted(names)


def fields_of(attempt: Attempt, world: World) -> str:
    """What the fields of the request hold."""
    kind = VARIANTS[attempt.variant].foreign
    if not kind:
        return NOTHING_SPECIAL
    # For who belongs to A, somebody else's is C's; for the others, it is A's.
    owner = "C" if attempt.persona in world.members_of_a else "A"
    value = str(getattr(world.organisations[owner], kind))
    return urlencode(dict.fromkeys(parameter_names(), value))
