"""A matrix that finds nothing proves nothing: each seeded fault must be caught.

Each fault is one mistake that somebody could write, on one channel; what is counted by
``make matrix`` is said in docs/interchange.md.
"""

import pytest

from tests.authorisation.attempts import attempts
from tests.authorisation.faults import load
from tests.authorisation.tally import COUNTS
from tests.authorisation.test_matrix import play
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

FAULTS = load()


def is_caught(function, names, monkeypatch):
    world = build()
    function(monkeypatch)
    chosen = [
        attempt
        for attempt in attempts(world)
        if attempt.address.name in names
        and attempt.method in ("GET", "POST")
        and attempt.variant == 0
        and attempt.persona in ("visitor", "contributor_c", "contributor_b")
    ]
    assert chosen, f"no attempt on {names}"
    assert play(world, chosen) != []


def test_a_seeded_fault_is_caught(monkeypatch):
    is_caught(*FAULTS["anybody_edits"], monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_every_seeded_fault_is_caught(name, monkeypatch):
    COUNTS["seeded"] += 1
    is_caught(*FAULTS[name], monkeypatch)
    COUNTS["caught"] += 1


def test_faults_that_nobody_made_are_not_seen(monkeypatch):
    """The control: the same attempts find nothing on the site as it is."""
    world = build()
    chosen = [
        attempt
        for attempt in attempts(world)
        if attempt.persona == "contributor_c"
        and attempt.relation in ("A", "D")
        and attempt.method == "GET"
        and attempt.variant == 0
    ]

    assert play(world, chosen) == []
