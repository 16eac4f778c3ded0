"""Five hundred times, something private of A changes: nobody else receives another byte.

Each time, the same addresses are read by the same people before and after, and what was
written to them is compared too; the whole is then undone.
"""

import random

import pytest
from django.core import mail
from django.db import transaction

from jobs.services import drain
from notifications.models import Notification
from tests.authorisation.tally import COUNTS
from tests.authorisation.test_non_interference import (
    announced,
    changed,
    paths,
    private_world,
    read,
)
from tests.authorisation.variations import load

pytestmark = pytest.mark.django_db

VARIATIONS = load()
READERS = ("visitor", "contributor_b", "signatory_b", "contributor_c", "catalyst_here")
ADDRESSES_EACH = 30
SEED = 20260101
TIMES = 500


def told(world):
    """What was written to the people who are not A's, on the page and by e-mail."""
    ours = {world.person(persona).pk for persona in world.members_of_a}
    addresses = {world.person(persona).email for persona in world.members_of_a}
    news = Notification.objects.exclude(user__in=ours).order_by("pk")
    return (
        list(news.values_list("user", "kind", "key", "context")),
        [
            (message.to, message.subject, message.body)
            for message in mail.outbox
            if not addresses & set(message.to)
        ],
    )


def differing_once(vary, world, chance):
    """Who notices that something private of A changed; the world is put back."""
    a = world.organisations["A"]
    readers = chance.sample(READERS, 2)
    chosen = {
        reader: chance.sample(everything, min(ADDRESSES_EACH, len(everything)))
        for reader in readers
        if (everything := paths(world, reader))
    }
    with transaction.atomic():
        mail.outbox.clear()
        before, told_before = read(world, readers, chosen=chosen), told(world)
        vary(a, world, chance)
        announced(a)
        drain()
        found = changed(before, read(world, readers, chosen=chosen))
        if told(world) != told_before:
            found.append("something was written to somebody else")
        transaction.set_rollback(True)
    return [f"{vary.__name__}: {what}" for what in found]


@pytest.mark.slow
def test_nobody_notices_what_changes_in_private_five_hundred_times():
    world = private_world()
    announced(world.organisations["A"])
    drain()
    chance = random.Random(SEED)
    names = sorted(VARIATIONS)
    found = []
    for number in range(TIMES):
        vary = VARIATIONS[names[number % len(names)]]
        found += differing_once(vary, world, chance)
    COUNTS["variations"] += TIMES

    assert found == []


def test_what_changes_in_public_is_noticed():
    """The control: the same reading sees a name change."""

    def the_name(a, world, chance):
        type(a).objects.filter(pk=a.pk).update(name="Un autre nom")

    world = private_world()
    announced(world.organisations["A"])
    drain()

    assert differing_once(the_name, world, random.Random(SEED)) != []
