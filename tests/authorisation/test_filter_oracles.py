"""No parameter that a list does not declare tells anything: neither by filter nor order."""

import re

import pytest

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


@pytest.mark.parametrize("persona", ["visitor", "contributor_c"])
def test_a_private_value_answers_no_question(persona):
    world = build()
    client = world.client(persona)
    asked = list(lists(world, client))
    told = [
        (path, pair)
        for path in asked
        for pair in PAIRS
        if len({body_of(client, path, dict.fromkeys(LOOKUPS, v)) for v in pair}) > 1
    ]

    assert told == []
    assert len(asked) > 5


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
