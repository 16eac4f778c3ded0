"""A catalyst learns nothing by inviting: not what is left of a month, nor of a no.

One world; the month of the invited is full, or it declines, or none of it. What the
catalyst receives is the same to the byte, for as many queries.
"""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.services import drain
from rendezvous.models import Session
from rendezvous.services.invitations import decline, deliver_waiting_invitations
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.introductions import introduce
from tests.factories.sessions import invitation_of, session_of
from tests.factories.suggestions import catalyst_of, suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w=-]+')


@pytest.fixture
def world():
    commune = TerritoryFactory()
    around = TerritoryFactory(epci=True, communes=[commune])
    session = session_of(around, capacities={"association": 1, "company": 4})
    session_of(around, days=30, title="Une autre")
    invited = OrganisationFactory(kind="company", seat=commune, solicitation_budget=1)
    IntentionFactory(organisation=invited)
    invited.memberships.create(user=UserFactory(), role="referent", is_lead=True)
    client = Client()
    client.force_login(catalyst_of(around))
    return session, invited, client


def nothing_happens(session, invited):
    pass


def its_month_is_full(session, invited):
    introduce(invited, OrganisationFactory())


def a_suggestion_took_its_month(session, invited):
    suggestion_of(
        invited, OrganisationFactory(), by=UserFactory(), territory=session.territory
    )


def another_invitation_took_its_month(session, invited):
    invitation_of(Session.objects.get(title="Une autre"), invited)


HOLDING = (
    its_month_is_full,
    a_suggestion_took_its_month,
    another_invitation_took_its_month,
)


def received(world, rule, *, declines=False):
    """What the catalyst receives from the board to the day after; then all is undone."""
    session, invited, client = world
    board = f"/rencontres/{session.public_id}/tableau/"
    address = f"/rencontres/{session.public_id}/invitations/"
    data = {"organisation": [invited.public_id]}
    with transaction.atomic():
        rule(session, invited)
        steps = [client.get(board)]
        with CaptureQueriesContext(connection) as queries:
            steps.append(client.post(address, data))
        drain()
        deliver_waiting_invitations(timezone.now())
        if declines:
            decline(session, invited)
        row = session.invitations.get()
        outcome = row.delivered_at is not None, row.declined_at is not None
        steps += [client.get(board), client.post(address, data), client.get(board)]
        steps += [client.get(path) for path in ("/notifications/", "/rencontres/")]
        answers = [
            (one.status_code, one.get("Location"), TOKEN.sub(b"", one.content))
            for one in steps
        ]
        transaction.set_rollback(True)
    return answers, len(queries), outcome


@pytest.mark.parametrize("rule", HOLDING, ids=lambda rule: rule.__name__)
def test_a_month_without_room_is_the_same_to_the_byte_for_the_catalyst(world, rule):
    expected, queries, outcome = received(world, nothing_happens)
    assert outcome == (True, False)

    answers, cost, what_became = received(world, rule)

    assert what_became == (False, False)
    assert (answers, cost) == (expected, queries)


def test_a_no_is_the_same_to_the_byte_for_the_catalyst(world):
    expected, queries, _outcome = received(world, nothing_happens)

    answers, cost, what_became = received(world, nothing_happens, declines=True)

    assert what_became == (True, True)
    assert (answers, cost) == (expected, queries)


def test_the_control_another_setting_is_seen(world):
    """The setting is told to whoever is about to write; what is left is not."""
    session, invited, client = world
    board = f"/rencontres/{session.public_id}/tableau/"
    before = client.get(board).content
    invited.solicitation_budget = 0
    invited.save()

    assert invited.name.encode() in before
    assert invited.name.encode() not in client.get(board).content
