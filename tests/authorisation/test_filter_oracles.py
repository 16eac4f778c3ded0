"""No parameter that a list does not declare tells anything: neither by filter nor order."""

import re

import pytest
from django.urls import reverse

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

# Each asks whether something private begins with a letter; two answers would tell.
LOOKUPS = (
    "members__email__startswith",
    "memberships__user__email__startswith",
    "memberships__user__email",
    "memberships__user__password__startswith",
    "memberships__user__phone__startswith",
    "memberships__role",
    "user__email__icontains",
    "email__startswith",
    "password__startswith",
    "exclusions__sector__startswith",
    "exclusions__reason__regex",
    "exclusions__isnull",
    "values__contains",
    "hidden_parts__contains",
    "archived_at__isnull",
    "solicitation_budget__gt",
    "siret__startswith",
    "staff__gte",
    "intentions__needs__note__startswith",
    "intentions__state",
    "source",
    "key__startswith",
    "pk__gt",
    "id",
)
OFFERED = {
    *("q", "name", "within", "kind", "nature", "niveau", "postal_code"),
    *("territoire", "territory", "rayon", "domaine", "besoin", "offre", "taille"),
    *("type", "tri", "page", "page_size", "limit", "intention"),
}
ORDERS = ("ordering", "order_by", "order", "sort", "o", "tri")
ORDERED_BY = (
    "memberships__user__email",
    "-memberships__user__password",
    "exclusions__reason",
    "staff",
    "-pk",
    '"; SELECT 1',
    "organisation.name",
)
PAIRS = (("zqa", "qqq"), ("0", "999999999"), ("True", "False"))
# Health of the process; keys and challenges, drawn anew each time they are shown.
ALWAYS_OTHER = ("readyz", "mfa_", "account_reauthenticate")
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"')


def body_of(client, path: str, asked: dict[str, str]) -> tuple[int, str]:
    answer = client.get(path, asked)
    text = b"".join(answer) if answer.streaming else answer.content
    read = TOKEN.sub("", text.decode(errors="replace"))
    names = "|".join(map(re.escape, asked))
    return answer.status_code, re.sub(rf"({names})=[^&\"]*", "", read)


def lists(world, client):
    for address in addresses():
        if (
            "list" in address.name
            or "points" in address.name
            or "search" in address.name
        ):
            path = path_of(Attempt("contributor_c", address, "A", "GET", 0), world)
            if client.get(path).status_code == 200:
                yield path


def everything_read(world, client, persona):
    """Every address that answers this person: pages, fragments, programs, files."""
    for address in addresses():
        path = path_of(Attempt(persona, address, "A", "GET", 0), world)
        answer = client.get(path)
        if answer.status_code == 200 and not address.name.startswith(ALWAYS_OTHER):
            b"".join(answer)
            yield path


def told_by(client, path):
    """Pairs of questions that are not answered alike."""
    return [
        (path, pair)
        for pair in PAIRS
        if len({body_of(client, path, dict.fromkeys(LOOKUPS, v)) for v in pair}) > 1
    ]


@pytest.mark.parametrize("persona", ["visitor", "contributor_c"])
def test_a_private_value_answers_no_question(persona):
    world = build()
    client = world.client(persona)
    asked = list(lists(world, client))
    told = [answers for path in asked for answers in told_by(client, path)]

    assert told == []
    assert len(asked) > 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "persona", ["contributor_c", "token_of_catalyst", "signatory_b"]
)
def test_a_private_value_answers_no_question_at_any_address(persona):
    world = build()
    client = world.client(persona)
    asked = list(everything_read(world, client, persona))
    told = [answers for path in asked for answers in told_by(client, path)]

    assert told == []
    assert len(asked) > 5


def test_the_interface_offers_these_parameters_and_no_other(client):
    """An order or a filter that somebody adds is a choice, read here."""
    schema = client.get(reverse("api:schema"), {"format": "json"}).json()
    offered = {
        parameter["name"]
        for path in schema["paths"].values()
        for parameter in path["get"]["parameters"]
        if parameter["in"] == "query"
    }

    assert {method for path in schema["paths"].values() for method in path} == {"get"}
    assert offered == OFFERED


def test_an_order_that_nobody_offers_changes_nothing():
    world = build()
    client = world.client("contributor_c")
    moved = []
    for path in lists(world, client):
        usual = body_of(client, path, dict.fromkeys(ORDERS, "zzz"))
        moved += [
            (path, field)
            for field in ORDERED_BY
            if body_of(client, path, dict.fromkeys(ORDERS, field)) != usual
        ]

    assert moved == []


def test_a_filter_that_is_offered_is_seen_to_change_the_answer():
    world = build()
    client = world.client("visitor")
    path = "/api/v1/organisations/"

    assert body_of(client, path, {"q": "Organisation"}) != body_of(
        client, path, {"q": "zzzzzz"}
    )
