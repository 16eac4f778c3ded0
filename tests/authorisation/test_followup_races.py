"""Two yeses, two signatures, two wordings at once: one outcome each time."""

import datetime as dt

import pytest
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Introduction, Organisation
from rendezvous.models import Commitment, FollowUp, Signature
from rendezvous.services.following import commitments, feedback
from rendezvous.services.following.commitments import (
    ChangedMeanwhileError,
    Promise,
    sign_card,
    write_card,
)
from rendezvous.services.following.feedback import SettledError
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.followups import (
    Side,
    both_say_yes,
    card_of,
    met,
    past_session,
    say,
)
from tests.factories.sessions import seat
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timezone.localdate() + dt.timedelta(days=10)


def pairs(rounds):
    """As many pairs that met, in one session for ten of them."""
    territory = TerritoryFactory()
    found = []
    for number in range(rounds):
        if number % 10 == 0:
            session, programme = past_session(territory, tables=20), None
        pair = Side(session), Side(session, "Usine", ActorKind.COMPANY)
        if programme is None:
            programme = met(session, *pair)
        else:
            sides = [one.registration for one in pair]
            seat(programme, 1, number % 10 + 1, sides)
        found.append(pair)
    return found


def say_yes(own, other):
    try:
        return say(own, other).outcome == "mutual"
    except SettledError:
        return False


def two_yeses(rounds):
    winners, opened = [], []
    for pair in pairs(rounds):
        winners.append(race(lambda n, two=pair: say_yes(two[n % 2], two[1 - n % 2])))
        ids = [side.organisation.pk for side in pair]
        opened.append(Introduction.objects.between(*ids).count())
    return winners, opened


@each_number_of_rounds
def test_yeses_of_both_sides_at_once_open_one_introduction(rounds):
    winners, opened = two_yeses(rounds)

    assert tally(winners) == [1] * rounds
    assert opened == [1] * rounds
    assert FollowUp.objects.mutual().count() == rounds


def test_without_the_lock_two_yeses_may_be_told_to_nobody(monkeypatch):
    """The control: each side writes its yes without having seen the other's."""

    def lock_nothing(one_id, other_id):
        return Organisation.objects.filter(pk__in=(one_id, other_id)).order_by("pk")

    monkeypatch.setattr(feedback, "lock_pair", lock_nothing)
    for pair in pairs(CONTROL_ROUNDS):
        try:
            won = race(lambda n, two=pair: say_yes(two[n % 2], two[1 - n % 2]))
        except Exception:
            return
        if won != 1:
            return

    pytest.fail("a race that nobody can lose proves nothing")


@each_number_of_rounds
def test_eight_clicks_on_sign_are_one_signature_of_each_side(rounds):
    states = []
    for pair in pairs(rounds):
        card = card_of(both_say_yes(*pair))

        def run(number, two=pair):
            own, other = two[number % 2], two[1 - number % 2]
            sign_card(own.registration, other.registration, version=1, by=own.user)

        race(run)
        rows = Signature.objects.filter(commitment=card)
        states.append(len(set(rows.values_list("registration", flat=True))))
        assert rows.count() == 2

    assert states == [2] * rounds


def wording(own, other, number):
    promise = Promise(True, SOON, f"Version de {number}")
    sides = own.registration, other.registration
    try:
        write_card(*sides, promise, base=0, by=own.user)
    except ChangedMeanwhileError:
        return False
    return True


@each_number_of_rounds
def test_of_eight_wordings_at_once_one_is_written(rounds):
    winners, versions = [], []
    for pair in pairs(rounds):
        followup = both_say_yes(*pair)
        winners.append(race(lambda n, two=pair: wording(two[n % 2], two[1 - n % 2], n)))
        versions.append(Commitment.objects.filter(followup=followup).count())

    assert tally(winners) == [1] * rounds
    assert versions == [1] * rounds


@each_number_of_rounds
def test_a_signature_and_another_wording_at_once_leave_no_card_half_signed(rounds):
    """Whoever signs what was replaced reads that it was."""
    for pair in pairs(rounds):
        followup = both_say_yes(*pair)
        card_of(followup, pair[0])

        def run(number, two=pair):
            own, peer = two[number % 2], two[1 - number % 2]
            sides = own.registration, peer.registration
            try:
                if number % 2:
                    sign_card(*sides, version=1, by=own.user)
                else:
                    promise = Promise(True, SOON, "Autre chose")
                    write_card(*sides, promise, base=1, by=own.user)
            except ChangedMeanwhileError:
                return False
            return True

        race(run)
        last = commitments.current(followup)
        assert (last.version, last.signatures.count()) == (2, 1)
