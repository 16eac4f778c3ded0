"""A catalyst learns nothing by suggesting: not who refuses whom, nor what is left.

One world; a rule of one of the two holds the suggestion back, or none does. What the
catalyst receives then is the same to the byte, for as many queries; the organisation
that a rule of the other keeps away reads what it read before.
"""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alliances.models import Block, Exclusion, Interest, Suggestion
from alliances.services import introductions as services
from jobs.services import drain
from notifications.models import Delivery, Notification
from tests.authorisation.test_non_interference import (
    CHANGING,
    changed,
    paths,
    private_world,
    read,
)
from tests.factories.introductions import InterestFactory, introduce

pytestmark = pytest.mark.django_db

OF_ONE_SUGGESTION = re.compile(rb"/suggestions/[a-z0-9]{12}/")
WORDS = {"pourquoi": "Le même quartier."}
OF_THE_CATALYST = ("/suggestions/", "/organisations/miennes/", "/notifications/")


def a_refuses_b(a, b):
    Exclusion.objects.create(organisation=a, other=b)


def b_refuses_the_kind_of_a(a, b):
    Exclusion.objects.create(organisation=b, kind=a.kind)


def a_blocks_b(a, b):
    Block.objects.create(organisation=a, other=b)


def a_has_nothing_left(a, b):
    a.solicitation_budget = 0
    a.save()


def they_met_lately(a, b):
    introduce(a, b, days_ago=40, closed_days_ago=30)


def they_are_in_touch(a, b):
    introduce(a, b)


def a_said_no(a, b):
    Interest.objects.filter(organisation=a, other=b).delete()
    InterestFactory(organisation=a, other=b, answer=Interest.Answer.NO)


def b_said_yes(a, b):
    Interest.objects.filter(organisation=b, other=a).delete()
    InterestFactory(organisation=b, other=a)


HOLDING = (
    a_refuses_b,
    b_refuses_the_kind_of_a,
    a_blocks_b,
    a_has_nothing_left,
    they_met_lately,
    they_are_in_touch,
)
EVERY_RULE = (*HOLDING, a_said_no, b_said_yes)


def shown(response):
    body = OF_ONE_SUGGESTION.sub(b"/suggestions/x/", response.content)
    return response.status_code, response.get("Location"), CHANGING.sub(b"", body)


def received(world, prepare):
    """What the catalyst receives from the form to the list; then all is undone."""
    a, b = world.organisations["A"], world.organisations["B"]
    url = f"/suggestions/nouvelle/{a.public_id}/{b.public_id}/"
    with transaction.atomic():
        prepare(a, b)
        client = world.client("catalyst_here")
        steps = [client.get(f"/suggestions/nouvelle/{a.public_id}/"), client.get(url)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            steps.append(client.post(url, WORDS))
        drain()
        services.deliver_waiting_suggestions()
        made = Suggestion.objects.get(reason=WORDS["pourquoi"])
        steps += [client.get(path) for path in OF_THE_CATALYST]
        steps += [client.post(url, WORDS), client.get(url)]
        told = Notification.objects.filter(key__contains=made.public_id)
        outcome = (made.delivered_at is not None, told.count())
        answers = [shown(response) for response in steps]
        transaction.set_rollback(True)
    return answers, len(queries), outcome


def test_whatever_the_two_keep_to_themselves_the_catalyst_receives_the_same_bytes():
    world = private_world()
    expected, queries, outcome = received(world, lambda a, b: None)
    assert outcome == (True, 2)

    for rule in EVERY_RULE:
        answers, cost, what_became = received(world, rule)

        assert answers == expected, rule.__name__
        assert cost == queries, rule.__name__
        is_held = rule in HOLDING
        assert (what_became == (False, 0)) is is_held, rule.__name__


@pytest.mark.parametrize("rule", HOLDING, ids=lambda rule: rule.__name__)
def test_whom_a_rule_keeps_away_reads_what_they_read_before(rule):
    world = private_world()
    a, b = world.organisations["A"], world.organisations["B"]
    rule(a, b)
    readers = ("signatory_b", "referent_a")
    chosen = {
        reader: [
            f"/organisations/{own.public_id}/relations/",
            f"/organisations/{own.public_id}/relations/?liste=suggestions",
            f"/organisations/{own.public_id}/reponses/{about.public_id}/",
            f"/propositions/{own.public_id}/{about.public_id}/",
            "/notifications/",
            *(each for each in paths(world, reader) if "/journal/" in each),
        ]
        for reader, own, about in (("signatory_b", b, a), ("referent_a", a, b))
    }
    before, letters = read(world, readers, chosen=chosen), Delivery.objects.count()

    world.client("catalyst_here").post(
        f"/suggestions/nouvelle/{a.public_id}/{b.public_id}/", WORDS
    )
    drain()

    assert Suggestion.objects.filter(reason=WORDS["pourquoi"]).exists()
    assert changed(before, read(world, readers, chosen=chosen)) == []
    assert Delivery.objects.count() == letters


def test_the_control_a_suggestion_that_is_delivered_is_seen_by_both():
    world = private_world()
    a, b = world.organisations["A"], world.organisations["B"]
    readers = ("signatory_b", "referent_a")
    chosen = {
        reader: [f"/organisations/{own.public_id}/relations/?liste=suggestions"]
        for reader, own in (("signatory_b", b), ("referent_a", a))
    }
    before = read(world, readers, chosen=chosen)
    world.client("catalyst_here").post(
        f"/suggestions/nouvelle/{a.public_id}/{b.public_id}/", WORDS
    )
    drain()

    touched = changed(before, read(world, readers, chosen=chosen))
    assert {where.split()[0] for where in touched} == set(readers)
