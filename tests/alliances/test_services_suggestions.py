"""A catalyst suggests a meeting: both read it or neither, and their answers are theirs."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from alliances.models import (
    Block,
    Exclusion,
    Interest,
    Introduction,
    Mandate,
    Membership,
    Suggestion,
)
from alliances.notices import SUGGESTION_RECEIVED
from alliances.selectors.suggestions import (
    MONTHLY_SUGGESTIONS,
    answered_of,
    organisations_to_suggest,
    suggestions_left,
)
from alliances.services import introductions as services
from alliances.services.introductions import Said, Words
from alliances.services.merging import merge_organisations
from jobs.services import drain
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.elevation import elevated_administrator
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.suggestions import catalyst_of, suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

WORDS = Words("Le même quartier.")
Answer = Interest.Answer


@pytest.fixture
def commune():
    return TerritoryFactory(name="Ici")


@pytest.fixture
def around(commune):
    return TerritoryFactory(epci=True, name="Autour d’Ici", communes=[commune])


@pytest.fixture
def catalyst(around):
    return catalyst_of(around)


def organisation(name, seat):
    return MembershipFactory(
        organisation__name=name, organisation__seat=seat, is_lead=True
    ).organisation


@pytest.fixture
def one(commune):
    return organisation("Une", commune)


@pytest.fixture
def other(commune):
    return organisation("Autre", commune)


def suggest(one, other, catalyst, words=WORDS):
    suggestion = services.suggest(one, other, by=catalyst, words=words)
    drain()
    suggestion.refresh_from_db()
    return suggestion


def told():
    rows = Notification.objects.order_by("user", "pk")
    return [(row.user_id, row.kind, row.path) for row in rows]


def say(own, about, answer):
    person = own.memberships.first().user
    return services.answer(own, about, by=person, said=Said(answer))


def test_both_sides_are_told_and_answer_where_they_answer_everything(
    one, other, catalyst, around
):
    suggestion = suggest(one, other, catalyst)

    assert (suggestion.low, suggestion.high) == (one, other)
    assert (suggestion.territory, suggestion.by) == (around, catalyst)
    assert suggestion.delivered_at is not None
    assert suggestion.expires_at - suggestion.created_at == dt.timedelta(days=90)
    pairs = ((one, other), (other, one))
    assert told() == [
        (
            own.memberships.get().user_id,
            "suggestion_received",
            f"/organisations/{own.public_id}/reponses/{about.public_id}/",
        )
        for own, about in pairs
    ]


def test_the_words_of_the_catalyst_stay_out_of_what_is_sent(one, other, catalyst):
    suggest(one, other, catalyst, Words("ZQmots", is_signed=True))

    contexts = [str(row.context) for row in Notification.objects.all()]
    assert [text for text in contexts if "ZQmots" in text] == []
    assert [text for text in contexts if catalyst.name in text] == []


def test_two_yeses_open_and_who_suggested_is_told_that_alone(one, other, catalyst):
    suggestion = suggest(one, other, catalyst)
    say(one, other, Answer.YES)
    suggestion.refresh_from_db()
    assert suggestion.opened_at is None

    assert say(other, one, Answer.YES) is not None

    suggestion.refresh_from_db()
    assert suggestion.sort_at(timezone.now()) == "opened"
    mine = Notification.objects.filter(user=catalyst)
    assert [(row.kind, row.context) for row in mine] == [
        ("suggestion_opened", {"own": "Une", "other": "Autre"})
    ]


def exclude(one, other):
    Exclusion.objects.create(organisation=one, other=other)


def be_excluded(one, other):
    Exclusion.objects.create(organisation=other, other=one)


def block(one, other):
    Block.objects.create(organisation=one, other=other)


def have_no_room(one, other):
    one.solicitation_budget = 0
    one.save()


def leave_no_room_to_the_other(one, other):
    other.solicitation_budget = 1
    other.save()
    introduce(other, OrganisationFactory())


def have_met_lately(one, other):
    introduce(one, other, days_ago=40, closed_days_ago=30)


def be_in_touch(one, other):
    introduce(one, other)


HARD_RULES = (
    exclude,
    be_excluded,
    block,
    have_no_room,
    leave_no_room_to_the_other,
    have_met_lately,
    be_in_touch,
)


@pytest.mark.parametrize("rule", HARD_RULES, ids=lambda rule: rule.__name__)
def test_what_a_rule_forbids_is_suggested_all_the_same_and_reaches_nobody(
    rule, one, other, catalyst
):
    rule(one, other)

    suggestion = suggest(one, other, catalyst)
    services.deliver_waiting_suggestions()

    suggestion.refresh_from_db()
    assert suggestion.delivered_at is None
    assert suggestion.sort_at(timezone.now()) == "waiting"
    assert told() == []


def test_what_waited_is_delivered_when_a_new_month_makes_room(one, other, catalyst):
    with time_machine.travel("2026-03-20 10:00Z", tick=False):
        introduce(one, OrganisationFactory())
        one.solicitation_budget = 1
        one.save()
        assert suggest(one, other, catalyst).delivered_at is None
    with time_machine.travel("2026-04-01 10:00Z", tick=False):
        assert services.deliver_waiting_suggestions() == 1
        assert services.deliver_waiting_suggestions() == 0

    assert len(told()) == 2


def test_suggestions_and_introductions_share_the_room_of_a_month(
    one, other, catalyst, commune
):
    one.solicitation_budget = 2
    one.save()
    introduce(one, OrganisationFactory())
    third = organisation("Tierce", commune)

    assert suggest(one, other, catalyst).delivered_at is not None
    assert suggest(one, third, catalyst).delivered_at is None


def test_a_suggestion_takes_no_room_from_an_introduction(one, other, catalyst, commune):
    one.solicitation_budget = 1
    one.save()
    suggest(one, other, catalyst)
    third = organisation("Tierce", commune)
    say(one, third, Answer.YES)

    assert say(third, one, Answer.YES) is not None


def test_who_said_no_is_not_asked_again_and_the_other_sees_no_difference(
    one, other, catalyst
):
    say(one, other, Answer.NO)

    assert suggest(one, other, catalyst).delivered_at is not None
    assert [user for user, _, _ in told()] == [other.memberships.get().user_id]


def test_the_same_pair_is_suggested_once_whoever_suggests(
    one, other, catalyst, commune
):
    suggest(one, other, catalyst)

    for person in (catalyst, catalyst_of(commune)):
        with pytest.raises(services.AlreadySuggestedError):
            services.suggest(other, one, by=person, words=WORDS)
    assert Suggestion.objects.count() == 1


def test_an_opened_suggestion_holds_its_pair_as_one_that_waits(one, other, catalyst):
    suggest(one, other, catalyst)
    say(one, other, Answer.YES)
    say(other, one, Answer.YES)

    with pytest.raises(services.AlreadySuggestedError):
        services.suggest(one, other, by=catalyst, words=WORDS)


def test_after_ninety_days_a_suggestion_ends_and_may_be_made_again(
    one, other, catalyst, around
):
    old = suggestion_of(one, other, by=catalyst, territory=around, days_ago=91)
    say(one, other, Answer.YES)
    say(other, one, Answer.YES)
    old.refresh_from_db()
    assert old.opened_at is None
    assert old.sort_at(timezone.now()) == "expired"

    assert services.suggest(one, other, by=catalyst, words=WORDS) != old
    old.refresh_from_db()
    assert old.sort_at(timezone.now()) == "expired"


def test_the_daily_job_closes_what_expired(one, other, catalyst, around):
    suggestion_of(one, other, by=catalyst, territory=around, days_ago=91)

    assert services.expire_suggestions() == 1
    assert services.expire_suggestions() == 0


def test_a_withdrawn_suggestion_is_gone_and_the_answers_stand(one, other, catalyst):
    suggestion = suggest(one, other, catalyst)
    say(one, other, Answer.YES)

    assert services.withdraw_suggestion(suggestion)
    assert not services.withdraw_suggestion(suggestion)

    assert Interest.objects.live(timezone.now()).count() == 1
    assert say(other, one, Answer.YES) is not None
    suggestion.refresh_from_db()
    assert suggestion.sort_at(timezone.now()) == "withdrawn"
    assert not Notification.objects.filter(user=catalyst).exists()


def test_a_letter_that_has_not_left_is_not_sent_once_the_suggestion_is_withdrawn(
    one, other, catalyst
):
    suggestion = suggest(one, other, catalyst)
    person = one.memberships.get().user
    key = Notification.objects.get(user=person).key
    asks = SUGGESTION_RECEIVED.still_concerns

    assert asks(person, key)
    assert not asks(UserFactory(), key)
    services.withdraw_suggestion(suggestion)
    assert not asks(person, key)


def test_an_opened_suggestion_is_not_withdrawn(one, other, catalyst):
    suggestion = suggest(one, other, catalyst)
    say(one, other, Answer.YES)
    say(other, one, Answer.YES)

    assert not services.withdraw_suggestion(suggestion)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(closed_at=timezone.now())


def test_a_pair_out_of_the_territory_is_refused(one, catalyst):
    elsewhere = organisation("Ailleurs", TerritoryFactory(name="Ailleurs"))

    with pytest.raises(services.NotSharedError):
        services.suggest(one, elsewhere, by=catalyst, words=WORDS)


def test_the_smallest_territory_that_holds_both_is_named(one, other, around, commune):
    catalyst = catalyst_of(around, commune)

    assert suggest(one, other, catalyst).territory == commune


def test_one_does_not_suggest_an_organisation_of_ones_own(one, other, catalyst):
    MembershipFactory(organisation=one, user=catalyst)

    with pytest.raises(services.OwnOrganisationError):
        services.suggest(one, other, by=catalyst, words=WORDS)


def test_a_mandate_that_ended_delivers_nothing_more(one, other, catalyst):
    suggestion = services.suggest(one, other, by=catalyst, words=WORDS)
    Mandate.objects.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    drain()

    suggestion.refresh_from_db()
    assert suggestion.delivered_at is None


def test_a_month_has_so_many_suggestions_withdrawn_or_not(
    one, other, catalyst, around, commune
):
    now = timezone.now()
    for _ in range(MONTHLY_SUGGESTIONS - 1):
        low, high = OrganisationFactory(seat=commune), OrganisationFactory(seat=commune)
        suggestion_of(low, high, by=catalyst, territory=around, delivered=False)
    assert suggestions_left(catalyst, now) == 1
    services.withdraw_suggestion(suggest(one, other, catalyst))

    assert suggestions_left(catalyst, now) == 0
    with pytest.raises(services.NoneLeftError):
        services.suggest(one, other, by=catalyst, words=WORDS)


def test_what_is_offered_to_a_catalyst_depends_on_the_place_and_the_words_alone(
    one, other, catalyst, commune
):
    MembershipFactory(organisation__seat=commune, user=catalyst)
    OrganisationFactory(name="Ailleurs", seat=TerritoryFactory())
    OrganisationFactory(name="Ancienne", seat=commune, archived_at=timezone.now())
    for rule in HARD_RULES:
        rule(one, other) if rule is not be_in_touch else None

    def found(words, **values):
        return [
            each.name for each in organisations_to_suggest(catalyst, words, **values)
        ]

    assert found("") == ["Autre", "Une"]
    assert found("autr") == ["Autre"]
    assert found("", beside=one) == ["Autre"]


def test_a_no_is_an_answer_and_a_silence_is_not(one, other, catalyst, commune):
    third = organisation("Tierce", commune)
    suggest(one, other, catalyst)
    suggest(one, third, catalyst)
    viewer = one.memberships.get().user
    assert vars_of(answered_of(one, viewer)) == (2, 0)

    InterestFactory(organisation=one, other=third, answer=Answer.PROPOSED)
    say(one, other, Answer.NO)

    assert vars_of(answered_of(one, viewer)) == (2, 1)
    assert vars_of(answered_of(one, other.memberships.get().user)) == (1, 0)
    assert vars_of(answered_of(other, other.memberships.get().user)) == (1, 0)


def vars_of(answered):
    return answered.received, answered.answered


def test_a_merge_keeps_one_suggestion_of_each_pair(one, other, catalyst, around):
    double = OrganisationFactory(name="Autre bis", seat=other.seat)
    first = suggestion_of(one, other, by=catalyst, territory=around)
    suggestion_of(one, double, by=catalyst, territory=around)
    suggestion_of(other, double, by=catalyst, territory=around)
    third = OrganisationFactory(seat=other.seat)
    moved = suggestion_of(third, double, by=catalyst, territory=around)
    assert Membership.objects.filter(organisation=double).count() == 0

    merge_organisations(other.pk, double.pk, by=elevated_administrator())

    moved.refresh_from_db()
    assert set(Suggestion.objects.all()) == {first, moved}
    assert set(moved.sides) == {third.pk, other.pk}
    assert Introduction.objects.count() == 0
