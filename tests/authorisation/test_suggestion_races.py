"""Two catalysts and a pair, answers and a withdrawal: one outcome, whoever is first."""

import pytest

from alliances.models import Interest, Introduction, Organisation, Suggestion
from alliances.selectors.suggestions import MONTHLY_SUGGESTIONS
from alliances.services import introductions as services
from alliances.services.introductions import Said, Words, delivering, suggesting
from notifications.models import Notification
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    RUNNERS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.suggestions import catalyst_of, suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = Words("Le même quartier.")
YES = Said(Interest.Answer.YES)


@pytest.fixture
def commune():
    return TerritoryFactory(name="Ici")


def side(commune):
    membership = MembershipFactory(organisation__seat=commune, is_lead=True)
    return membership.organisation, membership.user


def suggest(one, other, catalyst):
    try:
        services.suggest(one, other, by=catalyst, words=WORDS)
    except services.UnsuggestedError:
        return False
    return True


@each_number_of_rounds
def test_two_catalysts_who_suggest_the_same_pair_make_one_suggestion(rounds, commune):
    catalysts = [catalyst_of(commune), catalyst_of(commune)]
    winners, rows = [], []
    for number in range(rounds):
        if number % MONTHLY_SUGGESTIONS == 0:
            Suggestion.objects.all().delete()
        (one, _), (other, _) = side(commune), side(commune)

        def run(number, pair=(one, other)):
            first, second = pair if number % 4 < 2 else pair[::-1]
            return suggest(first, second, catalysts[number % 2])

        winners.append(race(run))
        rows.append(Suggestion.objects.between(one.pk, other.pk).count())

    assert tally(winners) == [1] * rounds
    assert rows == [1] * rounds


def a_last_suggestion_of_the_month(rounds, commune):
    made = []
    for _ in range(rounds):
        catalyst = catalyst_of(commune)
        for _ in range(MONTHLY_SUGGESTIONS - 1):
            low, high = OrganisationFactory(), OrganisationFactory()
            suggestion_of(low, high, by=catalyst, territory=commune)
        pairs = [(side(commune)[0], side(commune)[0]) for _ in range(RUNNERS)]
        race(lambda n, them=pairs, by=catalyst: suggest(*them[n], by))
        made.append(Suggestion.objects.filter(by=catalyst).count())
    return made


# Each of these rounds writes many rows before it begins.
heavy_rounds = pytest.mark.parametrize(
    "rounds", [10, pytest.param(200, marks=pytest.mark.slow)]
)


@heavy_rounds
def test_a_month_is_never_exceeded(rounds, commune):
    made = a_last_suggestion_of_the_month(rounds, commune)

    assert tally([count - MONTHLY_SUGGESTIONS + 1 for count in made]) == [1] * rounds


@each_number_of_rounds
def test_a_suggestion_delivered_by_several_is_told_once(rounds, commune):
    catalyst, winners, told = catalyst_of(commune), [], []
    for _ in range(rounds):
        (one, first), (other, second) = side(commune), side(commune)
        made = suggestion_of(
            one, other, by=catalyst, territory=commune, delivered=False
        )
        winners.append(race(lambda _, key=made.pk: services.deliver_suggestion(key)))
        told.append(Notification.objects.filter(user__in=(first, second)).count())

    assert tally(winners) == [1] * rounds
    assert told == [2] * rounds


def answered_while_withdrawn(rounds, commune):
    """What became of each pair: introductions, opened, withdrawn, the catalyst told."""
    catalyst, outcomes = catalyst_of(commune), []
    for _ in range(rounds):
        (one, first), (other, second) = side(commune), side(commune)
        made = suggestion_of(one, other, by=catalyst, territory=commune)
        services.answer(one, other, by=first, said=YES)

        def run(number, pair=(one, other), by=second, made=made):
            if number % 2:
                return services.withdraw_suggestion(made)
            try:
                return services.answer(*pair[::-1], by=by, said=YES) is not None
            except services.AlreadyIntroducedError:
                return False

        race(run)
        made.refresh_from_db()
        told = Notification.objects.filter(
            user=catalyst, key=f"suggestion:{made.public_id}"
        )
        outcomes.append(
            (
                Introduction.objects.between(one.pk, other.pk).count(),
                made.opened_at is not None,
                made.closed_at is not None,
                told.count(),
            )
        )
    return outcomes


@each_number_of_rounds
def test_an_answer_while_the_suggestion_is_withdrawn_leaves_one_outcome(
    rounds, commune
):
    outcomes = answered_while_withdrawn(rounds, commune)

    tally([opened + withdrawn for _, opened, withdrawn, _ in outcomes])
    assert set(outcomes) <= {(1, True, False, 1), (1, False, True, 0)}


@each_number_of_rounds
def test_a_delivery_while_it_is_withdrawn_leaves_nothing_half_told(rounds, commune):
    catalyst, outcomes = catalyst_of(commune), []
    for _ in range(rounds):
        (one, first), (other, second) = side(commune), side(commune)
        made = suggestion_of(
            one, other, by=catalyst, territory=commune, delivered=False
        )

        def run(number, made=made):
            if number % 2:
                return services.withdraw_suggestion(made)
            return services.deliver_suggestion(made.pk)

        race(run)
        made.refresh_from_db()
        told = Notification.objects.filter(user__in=(first, second)).count()
        outcomes.append((made.delivered_at is not None, told))
        assert made.closed_at is not None

    tally([1 for _ in outcomes])
    assert set(outcomes) <= {(True, 2), (False, 0)}


def unlocked(monkeypatch):
    def lock_nothing(one_id, other_id):
        rows = Organisation.objects.filter(pk__in=(one_id, other_id))
        return tuple(rows.order_by("pk"))

    for module in (suggesting, delivering):
        monkeypatch.setattr(module, "lock_pair", lock_nothing)


def test_without_the_lock_a_room_of_one_is_taken_several_times(monkeypatch, commune):
    """The control: the same deliveries, of which only the lock is missing."""
    unlocked(monkeypatch)
    catalyst, delivered = catalyst_of(commune), [0]
    while len(delivered) <= CONTROL_ROUNDS and max(delivered) < 2:
        made = eight_for_one(catalyst, commune)
        race(lambda n, them=made: services.deliver_suggestion(them[n].pk))
        delivered.append(those_delivered(made))

    assert max(delivered) > 1


@heavy_rounds
def test_a_room_of_one_is_taken_by_one_of_eight(rounds, commune):
    catalyst, delivered = catalyst_of(commune), []
    for _ in range(rounds):
        made = eight_for_one(catalyst, commune)
        race(lambda n, them=made: services.deliver_suggestion(them[n].pk))
        delivered.append(those_delivered(made))

    assert tally(delivered) == [1] * rounds


def eight_for_one(catalyst, commune):
    one = side(commune)[0]
    Organisation.objects.filter(pk=one.pk).update(solicitation_budget=1)
    others = [side(commune)[0] for _ in range(RUNNERS)]
    return [
        suggestion_of(one, other, by=catalyst, territory=commune, delivered=False)
        for other in others
    ]


def those_delivered(made):
    rows = Suggestion.objects.delivered().filter(pk__in=[one.pk for one in made])
    return rows.count()
