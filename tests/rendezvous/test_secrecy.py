"""Whatever A wishes, nobody outside of A receives another byte."""

import random
import re

import pytest
from django.db import transaction

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.oracles import read
from tests.authorisation.variations import sessions as variations
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db
READERS = ("visitor", "contributor_b", "contributor_c", "catalyst_here")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def everything_read(world):
    """What the readers receive from every address of sessions."""
    found = {}
    for persona in READERS:
        client = world.client(persona)
        for address in addresses():
            if address.name.startswith("rendezvous:"):
                for relation in "AB":
                    attempt = Attempt(persona, address, relation, "GET", 0)
                    answer = client.get(path_of(attempt, world))
                    text = TOKEN.sub("", read(answer.content))
                    found[str(attempt)] = answer.status_code, text
    return found


def differing(world, vary):
    before = everything_read(world)
    assert sum(status == 200 for status, _ in before.values()) > 20
    with transaction.atomic():
        vary(world.organisations["A"], world, random.Random(1))
        after = everything_read(world)
        transaction.set_rollback(True)
    return [name for name, answer in before.items() if after[name] != answer]


@pytest.mark.parametrize(
    "vary", [variations.a_wish_about_who_comes_too, variations.every_wish_taken_back]
)
def test_nobody_receives_another_byte(vary):
    assert differing(build(), vary) == []


def test_what_the_catalyst_may_read_changes_for_the_catalyst_alone():
    changed = differing(build(), variations.who_comes_for_it)

    assert changed
    assert {name.split()[0] for name in changed} == {"catalyst_here"}
