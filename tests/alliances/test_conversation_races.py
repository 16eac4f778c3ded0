"""The same message eight times at once, and a farewell that crosses a message."""

import pytest
from django.db import IntegrityError

from alliances.models import Block, Introduction, Message
from alliances.services.conversations import (
    ClosedError,
    Closing,
    Written,
    block,
    close_introduction,
    send_message,
    sending,
)
from notifications.models import Notification
from tests.authorisation.races import RUNNERS, each_number_of_rounds, race, tally
from tests.factories.conversations import Pair

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 5


def send(pair, key, *, by=None):
    def run(_):
        written = Written("Bonjour", key)
        own, author = by or (pair.own, pair.camille)
        try:
            return send_message(
                pair.introduction.pk, own, author=author, written=written
            )
        except ClosedError:
            return False

    return run


def same_form_sent_at_once(rounds):
    pair, found = Pair(), []
    for number in range(rounds):
        assert race(send(pair, str(number))) == RUNNERS
        found.append(Message.objects.count() - sum(found))
    return found


@each_number_of_rounds
def test_the_same_form_sent_eight_times_at_once_is_one_message(rounds):
    assert tally(same_form_sent_at_once(rounds)) == [1] * rounds
    assert Notification.objects.filter(kind="first_message").count() == 1


def test_without_the_lock_the_same_form_fails_or_writes_twice(monkeypatch):
    """The control: what makes it one is the lock, then the constraint."""
    monkeypatch.setattr(
        sending,
        "lock_open",
        lambda pk: Introduction.objects.select_related("low", "high").get(pk=pk),
    )
    pair = Pair()
    outcomes = [race(ignoring(send(pair, str(n)))) for n in range(FEW)]

    assert min(outcomes) < RUNNERS


def ignoring(run):
    def tried(number):
        try:
            return run(number)
        except IntegrityError:  # the constraint refused it
            return False

    return tried


@each_number_of_rounds
def test_one_of_eight_farewells_is_kept(rounds):
    winners = []
    for _ in range(rounds):
        pair = Pair()

        def run(number, pair=pair):
            side = pair.own if number % 2 else pair.other
            closing = Closing(words=str(number))
            try:
                close_introduction(pair.introduction.pk, side, closing)
            except ClosedError:
                return False
            return True

        winners.append(race(run))
    assert tally(winners) == [1] * rounds


def test_a_message_leaves_before_the_farewell_or_not_at_all():
    for _ in range(FEW):
        pair = Pair()

        def run(number, pair=pair):
            if number == 0:
                close_introduction(pair.introduction.pk, pair.other, Closing())
                return False
            return send(pair, str(number))(number)

        sent = race(run)
        messages = Message.objects.filter(conversation__introduction=pair.introduction)
        closed_at = Introduction.objects.get(pk=pair.introduction.pk).closed_at
        assert messages.count() == sent
        assert not messages.filter(sent_at__gt=closed_at).exists()


def test_eight_blocks_are_one():
    pair = Pair()

    def run(number):
        block(pair.introduction.pk, pair.own, by=pair.camille, reason=str(number))
        return True

    assert race(run) == RUNNERS
    assert Block.objects.count() == 1
    assert Notification.objects.filter(kind="introduction_closed").count() == 1
