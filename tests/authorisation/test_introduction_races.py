"""Both sides answer at once, eight times: one introduction opens, or none."""

import pytest
from django.db.models import Q

from alliances.models import Conversation, Interest, Introduction, Organisation
from alliances.services import introductions as services
from alliances.services.introductions import Said, answering, opening
from notifications.models import Notification
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    RUNNERS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.alliances import MembershipFactory
from tests.factories.introductions import InterestFactory

pytestmark = pytest.mark.django_db(transaction=True)

YES = Said(Interest.Answer.YES)


def side(**values):
    values = {f"organisation__{name}": value for name, value in values.items()}
    values |= {"organisation__seat": None}
    membership = MembershipFactory(is_lead=True, **values)
    return membership.organisation, membership.user


def say(own, about, person):
    try:
        return services.answer(own, about, by=person, said=YES) is not None
    except services.AlreadyIntroducedError:
        return False


def opened(one, other):
    """Introductions and conversations of the pair, news of each person."""
    between = Introduction.objects.between(one.pk, other.pk)
    people = Q(user__memberships__organisation__in=(one, other))
    news = Notification.objects.filter(people)
    return (
        between.count(),
        Conversation.objects.filter(introduction__in=between).count(),
        sorted(news.values_list("user", "kind"))
        == sorted({*news.values_list("user", "kind")}),
        news.count(),
    )


def yeses_from_both_sides(rounds):
    winners, states = [], []
    for _ in range(rounds):
        (one, first), (other, second) = side(), side()

        def run(number, pair=((one, other, first), (other, one, second))):
            return say(*pair[number % 2])

        winners.append(race(run))
        states.append(opened(one, other))
    return winners, states


@each_number_of_rounds
def test_yeses_from_both_sides_at_once_open_one_introduction(rounds):
    winners, states = yeses_from_both_sides(rounds)

    assert tally(winners) == [1] * rounds
    assert states == [(1, 1, True, 2)] * rounds


def with_a_budget_of_one(rounds):
    for _ in range(rounds):
        one, _first = side(solicitation_budget=1)
        others = [side() for _ in range(RUNNERS)]
        for other, _person in others:
            InterestFactory(organisation=one, other=other)
        race(lambda n, own=one, them=others: say(them[n][0], own, them[n][1]))
        yield Introduction.objects.of(one.pk).count()


@each_number_of_rounds
def test_a_budget_of_one_opens_one_of_eight(rounds):
    assert tally(list(with_a_budget_of_one(rounds))) == [1] * rounds


def unlocked(monkeypatch):
    def lock_nothing(one_id, other_id):
        low, high = Organisation.objects.filter(pk__in=(one_id, other_id)).order_by(
            "pk"
        )
        return low, high

    for module in (answering, opening):
        monkeypatch.setattr(module, "lock_pair", lock_nothing)


def test_without_the_lock_the_budget_is_spent_several_times(monkeypatch):
    unlocked(monkeypatch)

    assert any(opened > 1 for opened in with_a_budget_of_one(CONTROL_ROUNDS))


@each_number_of_rounds
def test_a_yes_and_a_withdrawal_at_once_leave_one_outcome(rounds):
    outcomes = []
    for _ in range(rounds):
        (one, first), (other, second) = side(), side()
        services.answer(one, other, by=first, said=YES)

        def run(number, pair=(one, other), by=second):
            if number % 2:
                return services.withdraw(*pair)
            return say(pair[1], pair[0], by)

        won = race(run)
        introduced = Introduction.objects.between(one.pk, other.pk).count()
        waiting = Interest.objects.filter(closed_at=None).filter(
            Q(organisation=one) | Q(organisation=other)
        )
        outcomes.append((won, introduced, waiting.count()))

    tally([won for won, _, _ in outcomes])
    assert set(outcomes) <= {(1, 1, 0), (1, 0, 1)}


@each_number_of_rounds
def test_the_daily_job_run_by_several_opens_each_pair_once(rounds):
    winners = []
    for _ in range(rounds):
        (one, _first), (other, _second) = side(), side()
        InterestFactory(organisation=one, other=other)
        InterestFactory(organisation=other, other=one)
        race(lambda _: services.open_waiting())
        winners.append(opened(one, other))

    assert winners == [(1, 1, True, 2)] * rounds
