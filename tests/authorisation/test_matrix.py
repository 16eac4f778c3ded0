"""The generated matrix: who may open what, on whose objects."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.policy import Access
from tests.authorisation.attempts import attempts, digest, leaks, unbound
from tests.authorisation.inventory import addresses
from tests.authorisation.tally import COUNTS
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

SAMPLE_SIZE = 800
SEED = 20260101


def play(world, chosen):
    clients = {}
    for persona, person in world.people.items():
        client = Client(raise_request_exception=False)
        if not isinstance(person, AnonymousUser):
            client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        clients[persona] = client
    before = digest()
    return [
        leak
        for attempt in chosen
        for leak in leaks(attempt, world, clients[attempt.persona], before)
    ]


def sample(world, size=SAMPLE_SIZE):
    everything = list(attempts(world))
    return random.Random(SEED).sample(everything, min(size, len(everything)))


def test_every_parameter_of_an_address_is_bound_by_its_policy_row():
    loose = {a.name: unbound(a) for a in addresses() if unbound(a)}

    assert loose == {}


def test_what_visitors_may_not_open_is_a_choice_of_somebody():
    """An address declared public by mistake would be right for the whole matrix."""
    reserved = {a.name for a in addresses() if a.row.access is not Access.PUBLIC}

    assert reserved == {
        "account_reauthenticate",
        "accounts:elevation_request",
        "accounts:elevation_end",
        "portal:gallery",
        "alliances:organisation_create",
        "alliances:my_organisations",
        "alliances:organisation_edit",
        "alliances:organisation_journal",
        "alliances:organisation_next",
        "alliances:organisation_step",
        "alliances:organisation_undo",
        "matching:proposal_progress",
        "matching:proposal_refresh",
    }


def test_nobody_reads_or_changes_what_is_not_theirs():
    world = build()

    assert play(world, sample(world)) == []


@pytest.mark.slow
def test_nobody_reads_or_changes_what_is_not_theirs_over_the_whole_product():
    world = build()
    everything = list(attempts(world))
    COUNTS["attempts"] += len(everything)
    found = play(world, everything)
    COUNTS["leaks"] += len(found)

    assert found == []
