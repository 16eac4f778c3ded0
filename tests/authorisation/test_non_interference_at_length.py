"""Five hundred times, something private of A changes: nobody else receives another byte.

What each person reads is kept once, at the same moment of a clock that stands still;
after each change, a part of it is read again, another part each time, and what was
written to people is compared too; the whole is then undone.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from jobs.services import drain
from matching.selectors import snapshots
from notifications.models import Notification
from tests.authorisation.neighbours import PARTNER, add_neighbours
from tests.authorisation.tally import COUNTS
from tests.authorisation.test_non_interference import (
    CHANGING,
    announced,
    paths,
    private_world,
)
from tests.authorisation.variations import Variation, load
from tests.factories.matching import compute

pytestmark = pytest.mark.django_db

VARIATIONS = load()
# Whose objects each reader opens, besides those of A and C.
READERS = {
    "visitor": "",
    "account_without_organisation": "",
    "ex_member_of_a": "",
    "contributor_b": "B",
    "signatory_b": "B",
    "contributor_c": "C",
    "catalyst_here": "",
    "catalyst_elsewhere": "",
    "observer_here": "",
    "support": "",
    "token_of_catalyst": "",
    PARTNER: "P",
}
# The link of an invitation: whoever holds it reads whether it still opens something.
HELD = "/invitations/"
READERS_EACH = 3
ANSWERS_EACH = 15
SEED = 20260101
TIMES = 500
OK = 200


@dataclass
class Reading:
    """What each reader receives at each address when nothing happens."""

    world: object
    chance: random.Random
    clients: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)
    # What is still to be read after a change of a kind, by kind and reader.
    waiting: dict = field(default_factory=dict)

    def begin(self):
        """Sign everybody in, and read everything once."""
        self.clients = {reader: self.world.client(reader) for reader in READERS}
        for reader in READERS:
            forget_what_was_computed()
            for unit in self.units(reader):
                self.before[unit] = self.answer(*unit)

    def units(self, reader):
        """Every address of ``reader``, as a page and as a fragment."""
        relations = tuple(filter(None, ("A", "C", READERS[reader])))
        everything = paths(self.world, reader, relations=dict.fromkeys(relations))
        if reader in self.world.tokens:
            everything = [path for path in everything if path.startswith("/api/")]
        for path in everything:
            if path.startswith(HELD):
                continue
            yield reader, path, False
            if "?" not in path:
                yield reader, path, True

    def answer(self, reader, path, is_fragment):
        """The status and the text, as they are shown; what was written is undone."""
        headers = {"HTTP_HX_REQUEST": "true"} if is_fragment else {}
        with transaction.atomic():
            response = self.clients[reader].get(path, **headers)
            body = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
        return response.status_code, CHANGING.sub(b"", body)

    def next_units(self, kind, reader):
        """What ``reader`` reads after this change: not what was read the last time."""
        queue = self.waiting.setdefault((kind, reader), [])
        if len(queue) < ANSWERS_EACH:
            queue[:0] = self._in_some_order(reader)
        return [queue.pop() for _ in range(min(ANSWERS_EACH, len(queue)))]

    def _in_some_order(self, reader):
        """What says something comes before what is refused; the last is read first."""
        units = [unit for unit in self.before if unit[0] == reader]
        self.chance.shuffle(units)
        return sorted(units, key=lambda unit: self.before[unit][0] == OK)

    def changed(self, kind, reader):
        forget_what_was_computed()
        units = self.next_units(kind, reader)
        COUNTS["answers compared"] += len(units)
        return [
            f"{reader} {path}{' (fragment)' if is_fragment else ''}"
            for reader, path, is_fragment in units
            if self.answer(reader, path, is_fragment)
            != self.before[reader, path, is_fragment]
        ]


def forget_what_was_computed():
    cache.clear()
    snapshots._kept.clear()


def told(world, concerned):
    """What was written to the people it does not concern, on the page and by e-mail."""
    ours = {world.person(persona).pk for persona in world.members_of_a}
    addresses = {world.person(persona).email for persona in world.members_of_a}
    for somebody in concerned:
        if isinstance(somebody, str):
            addresses.add(somebody)
        else:
            ours.add(somebody.pk)
            addresses.add(somebody.email)
    news = Notification.objects.exclude(user__in=ours).order_by("pk")
    return (
        list(news.values_list("user", "kind", "key", "context")),
        [
            (message.to, message.subject, message.body)
            for message in mail.outbox
            if not addresses & set(message.to)
        ],
    )


def differing_once(variation, reading):
    """Who notices that something private of A changed; the world is put back."""
    world, chance = reading.world, reading.chance
    a = world.organisations["A"]
    readers = [reader for reader in READERS if reader not in variation.concerns]
    with transaction.atomic():
        mail.outbox.clear()
        concerned = variation.change(a, world, chance) or ()
        announced(a)
        drain()
        found = [
            where
            for reader in chance.sample(readers, min(READERS_EACH, len(readers)))
            for where in reading.changed(variation.name, reader)
        ]
        told_after = told(world, concerned)
        transaction.set_rollback(True)
    mail.outbox.clear()
    if told_after != told(world, concerned):
        found.append("something was written to somebody else")
    a.refresh_from_db()
    return [f"{variation.name}: {what}" for what in found]


@pytest.fixture
def _still():
    """Nothing is older when it is read again."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def reading(_still):
    """A world with A's partners, and what everybody reads there."""
    world = private_world()
    add_neighbours(world)
    compute()
    announced(world.organisations["A"])
    drain()
    return Reading(world, random.Random(SEED))


def everything_stored():
    """A fingerprint of each table of the site."""
    row = "to_jsonb(t)::text"
    parts = [
        f"(SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM {table} t)"
        for table in connection.introspection.table_names()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}")
        return cursor.fetchone()


def test_every_variation_changes_something(reading):
    """Otherwise that nobody notices it would prove nothing."""
    world, chance = reading.world, reading.chance
    before, idle = everything_stored(), []
    for variation in VARIATIONS.values():
        with transaction.atomic():
            variation.change(world.organisations["A"], world, chance)
            if everything_stored() == before:
                idle.append(variation.name)
            transaction.set_rollback(True)
        world.organisations["A"].refresh_from_db()

    assert idle == []


@pytest.mark.slow
def test_nobody_notices_what_changes_in_private_five_hundred_times(reading):
    reading.begin()
    names = sorted(VARIATIONS)
    found = Counter()
    for number in range(TIMES):
        variation = VARIATIONS[names[number % len(names)]]
        found.update(differing_once(variation, reading))
    COUNTS["variations"] += TIMES

    assert dict(found) == {}
    shown = [unit for unit, answer in reading.before.items() if answer[0] == OK]
    assert len(shown) > len(READERS) * 20, "refusals prove little"


def test_what_changes_in_public_is_noticed(reading):
    """The control: the same reading sees a name change, and a letter to somebody."""

    def the_name(a, world, chance):
        type(a).objects.filter(pk=a.pk).update(name="Un autre nom")

    reading.clients = {"visitor": reading.world.client("visitor")}
    path = f"/organisations/{reading.world.organisations['A'].public_id}/"
    unit = ("visitor", path, False)
    reading.before[unit] = reading.answer(*unit)
    others = frozenset(READERS) - {"visitor"}

    variation = Variation("the_name", the_name, others)
    assert differing_once(variation, reading) == [f"the_name: visitor {path}"]
