"""A yes is hidden until the other side says it too."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from alliances.models import Block, Conversation, Exclusion, Interest, Introduction
from alliances.selectors.solicitations import (
    month_bounds,
    solicitations_left,
    solicitations_of,
)
from alliances.services import introductions as services
from alliances.services.introductions import Said
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce

pytestmark = pytest.mark.django_db

YES, NO, PROPOSED = Interest.Answer.YES, Interest.Answer.NO, Interest.Answer.PROPOSED


@pytest.fixture
def one():
    return MembershipFactory(organisation__name="Une", is_lead=True).organisation


@pytest.fixture
def other():
    return MembershipFactory(organisation__name="Autre", is_lead=True).organisation


def say(own, about, answer=YES, **values):
    person = own.memberships.first().user
    return services.answer(own, about, by=person, said=Said(answer, **values))


def live():
    rows = Interest.objects.live(timezone.now()).order_by("pk")
    return [(row.organisation.name, row.answer) for row in rows]


def test_one_yes_waits_and_nobody_is_told(one, other):
    assert say(one, other) is None
    assert live() == [("Une", "yes")]
    assert Notification.objects.count() == 0


def test_two_yeses_open_one_introduction_and_tell_both_sides(one, other):
    say(one, other, type="patronage")
    opened = say(other, one, type="patronage")

    assert set(opened.sides) == {one.pk, other.pk}
    assert (opened.state, opened.type) == ("open", "patronage")
    assert Conversation.objects.get().introduction == opened
    assert live() == []
    told = Notification.objects.order_by("pk")
    assert {(row.user.memberships.get().organisation, row.path) for row in told} == {
        (side, f"/organisations/{side.public_id}/relations/{opened.public_id}/")
        for side in (one, other)
    }
    assert told[0].context == {"own": "Une", "other": "Autre"}


def test_two_types_that_differ_leave_the_introduction_without_one(one, other):
    say(one, other, type="patronage")

    assert say(other, one, type="societal_innovation").type == ""


def test_whoever_answered_is_told_besides_the_lead_contact(one, other):
    answering = MembershipFactory(organisation=one).user
    services.answer(one, other, by=answering, said=Said(YES))
    say(other, one)

    told = Notification.objects.filter(context__own="Une")
    assert {row.user for row in told} == {answering, one.memberships.first().user}


def test_whoever_answered_then_left_is_not_told(one, other):
    gone = MembershipFactory(organisation=one)
    services.answer(one, other, by=gone.user, said=Said(YES))
    gone.delete()
    say(other, one)

    assert not Notification.objects.filter(user=gone.user).exists()


@pytest.mark.parametrize("answer", [NO, PROPOSED])
def test_what_is_not_a_yes_opens_nothing(one, other, answer):
    say(one, other, answer)

    assert say(other, one) is None
    assert not Introduction.objects.exists()


def test_a_withdrawn_yes_opens_nothing(one, other):
    say(one, other)

    assert services.withdraw(one, other)
    assert say(other, one) is None
    assert not services.withdraw(one, other)


def test_a_yes_counts_ninety_days(one, other):
    with time_machine.travel("2026-01-01T09:00:00Z", tick=False):
        say(one, other)
    with time_machine.travel("2026-04-01T08:59:00Z", tick=False):
        assert live() == [("Une", "yes")]
        assert services.expire_answers() == 0
    with time_machine.travel("2026-04-01T09:00:00Z", tick=False):
        assert live() == []
        assert say(other, one) is None
        assert services.expire_answers() == 1
        assert live() == [("Autre", "yes")]


def test_changing_ones_mind_keeps_the_last_answer(one, other):
    say(one, other, YES)
    say(one, other, NO, reason_code="time", reason="Plus tard")

    assert live() == [("Une", "no")]
    kept = Interest.objects.get(closed_at=None)
    assert (kept.reason_code, kept.reason) == ("time", "Plus tard")
    assert Interest.objects.count() == 2


def test_the_same_answer_twice_is_one_row_that_keeps_its_date(one, other):
    with time_machine.travel("2026-01-01T09:00:00Z", tick=False):
        say(one, other)
    with time_machine.travel("2026-02-01T09:00:00Z", tick=False):
        say(one, other)

    row = Interest.objects.get()
    assert row.answered_at == dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
    assert row.expires_at == dt.datetime(2026, 5, 2, 9, tzinfo=dt.UTC)


def test_a_proposal_is_told_to_those_who_decide_and_to_nobody_else(one, other):
    member = MembershipFactory(organisation=one, role="contributor").user
    signatory = MembershipFactory(organisation=one, role="signatory").user
    services.answer(one, other, by=member, said=Said(PROPOSED))

    told = Notification.objects.filter(kind="interest_proposed")
    assert {row.user for row in told} == {signatory, one.memberships.first().user}
    assert Notification.objects.count() == 2
    say(one, other, YES)
    assert not told.filter(answered_at=None).exists()


def test_a_proposal_does_not_replace_an_answer(one, other):
    say(one, other, NO)

    with pytest.raises(services.AlreadyDecidedError):
        say(one, other, PROPOSED)
    assert live() == [("Une", "no")]


def test_one_is_told_of_ones_own_refusal_alone(one, other):
    Exclusion.objects.create(organisation=one, other=other)

    with pytest.raises(services.OwnRefusalError):
        say(one, other)
    assert say(one, other, NO) is None
    assert say(other, one) is None
    assert live() == [("Une", "no"), ("Autre", "yes")]


def test_nothing_is_answered_about_whom_one_is_in_touch_with(one, other):
    introduction = introduce(one, other)

    with pytest.raises(services.AlreadyIntroducedError) as error:
        say(one, other)
    assert error.value.introduction == introduction


def blocked(one, other):
    Block.objects.create(organisation=other, other=one)


def refused_by_name(one, other):
    Exclusion.objects.create(organisation=other, other=one)


def refused_by_kind(one, other):
    Exclusion.objects.create(organisation=other, kind=one.kind)


def without_room(one, other):
    other.solicitation_budget = 0
    other.save()


def closed_lately(one, other):
    introduce(one, other, days_ago=200, closed_days_ago=179)


OBSTACLES = (blocked, refused_by_name, refused_by_kind, without_room, closed_lately)


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_an_obstacle_leaves_two_yeses_waiting_in_silence(one, other, obstacle):
    obstacle(one, other)
    InterestFactory(organisation=other, other=one)

    assert say(one, other) is None
    assert services.open_waiting() == 0
    assert not Introduction.objects.open().exists()
    assert live() == [("Autre", "yes"), ("Une", "yes")]
    assert Notification.objects.count() == 0


def test_an_archived_organisation_is_not_introduced(one, other):
    InterestFactory(organisation=one, other=other)
    InterestFactory(organisation=other, other=one)
    other.archived_at = timezone.now()
    other.save()

    assert services.open_waiting() == 0


def test_after_the_delay_the_pair_may_meet_again(one, other):
    introduce(one, other, days_ago=200, closed_days_ago=180)
    say(one, other)

    assert say(other, one) is not None


def test_both_sides_spend_one_and_the_next_month_opens_what_waits(one, other):
    third = MembershipFactory(organisation__name="Tierce").organisation
    one.solicitation_budget = 1
    one.save()
    with time_machine.travel("2026-01-30T09:00:00Z", tick=False):
        say(one, other)
        say(other, one)
        say(one, third)
        assert say(third, one) is None
        january = dt.date(2026, 1, 30)
        assert [solicitations_of(side, january) for side in (one, other, third)] == [
            1,
            1,
            0,
        ]
        assert solicitations_left(one, january) == 0
        assert services.open_waiting() == 0
    with time_machine.travel("2026-02-01T00:30:00+01:00", tick=False):
        assert services.open_waiting() == 1
        assert set(Introduction.objects.last().sides) == {one.pk, third.pk}


def test_who_said_yes_twice_first_is_introduced_first(one):
    one.solicitation_budget = 1
    one.save()
    waiting = []
    for day in (5, 3, 4):
        other = MembershipFactory().organisation
        at = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
        InterestFactory(organisation=other, other=one, answered_at=at)
        InterestFactory(organisation=one, other=other, answered_at=at)
        waiting.append(other)
    with time_machine.travel("2026-01-06T09:00:00Z", tick=False):
        assert services.open_waiting() == 1

    assert set(Introduction.objects.get().sides) == {one.pk, waiting[1].pk}


def test_a_new_pair_does_not_pass_before_one_that_could_be_introduced(one, other):
    """Between the first of the month and the daily job, nobody jumps the queue."""
    first = MembershipFactory().organisation
    InterestFactory(organisation=first, other=one)
    InterestFactory(organisation=one, other=first)
    say(one, other)

    assert say(other, one) is None
    assert services.open_waiting() == 2


def test_a_new_pair_does_not_wait_behind_one_that_cannot_be_introduced(one, other):
    stopped = MembershipFactory().organisation
    InterestFactory(organisation=stopped, other=one)
    InterestFactory(organisation=one, other=stopped)
    Block.objects.create(organisation=stopped, other=one)
    say(one, other)

    assert say(other, one) is not None


def test_a_refusal_stated_after_the_introduction_leaves_it_open(one, other):
    introduction = introduce(one, other)
    Exclusion.objects.create(organisation=one, other=other)
    services.open_waiting()

    introduction.refresh_from_db()
    assert introduction.state == "open"


def test_the_month_is_the_local_one():
    begins, ends = month_bounds(dt.date(2026, 12, 31))

    assert begins.isoformat() == "2026-12-01T00:00:00+01:00"
    assert ends.isoformat() == "2027-01-01T00:00:00+01:00"


def test_when_whoever_answered_left_those_who_decide_are_told(one, other):
    one.memberships.update(is_lead=False)
    gone = MembershipFactory(organisation=one)
    MembershipFactory(organisation=one, role="contributor")
    services.answer(one, other, by=gone.user, said=Said(YES))
    gone.delete()
    say(other, one)

    told = Notification.objects.filter(context__own="Une")
    assert [row.user for row in told] == [one.memberships.first().user]


def test_an_interest_of_an_unknown_person_is_still_told_to_the_lead(one, other):
    InterestFactory(organisation=other, other=one, by=UserFactory())
    say(one, other)

    told = {row.user for row in Notification.objects.all()}
    assert told == {one.memberships.get().user, other.memberships.get().user}


def test_solicitations_of_nobody_are_none():
    assert solicitations_of(OrganisationFactory(), dt.date(2026, 1, 1)) == 0
