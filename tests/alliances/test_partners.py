"""What members of an organisation read of those it is in touch with."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.policy import visible
from alliances.enums import PARTNER_PARTS, PUBLIC_PARTS, Part
from alliances.models import Interest, Introduction
from alliances.policy import EVERY_PART, visible_parts
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory(role="contributor").user


@pytest.fixture
def own(member):
    return member.memberships.get().organisation


def test_an_open_introduction_shows_the_parts_for_partners_to_both_sides(member, own):
    other = MembershipFactory().organisation
    introduce(own, other)

    assert visible_parts(member, other) == PARTNER_PARTS
    assert visible_parts(other.memberships.get().user, own) == PARTNER_PARTS
    assert visible_parts(member, own) == EVERY_PART


def test_a_partner_does_not_read_what_is_hidden(member, own):
    other = OrganisationFactory(hidden_parts=["square", "places"])
    introduce(own, other)

    assert visible_parts(member, other) == PARTNER_PARTS - {Part.SQUARE, Part.PLACES}


def test_a_closed_introduction_shows_nothing_more(member, own):
    other = OrganisationFactory()
    introduce(own, other, days_ago=2, closed_days_ago=1)

    assert visible_parts(member, other) == PUBLIC_PARTS


def test_an_interest_shows_nothing(member, own):
    other = OrganisationFactory()
    InterestFactory(organisation=own, other=other)
    InterestFactory(organisation=other, other=own)

    assert visible_parts(member, other) == PUBLIC_PARTS


@pytest.mark.parametrize("who", ["visitor", "stranger", "inactive", "former", "closed"])
def test_nobody_else_is_a_partner(member, own, who):
    other = OrganisationFactory()
    introduce(own, other)
    introduce(other, OrganisationFactory())
    people = {"visitor": AnonymousUser(), "stranger": MembershipFactory().user}
    person = people.get(who, member)
    if who == "inactive":
        member.is_active = False
    if who == "former":
        member.memberships.all().delete()
    if who == "closed":
        own.archived_at = timezone.now()
        own.save()

    assert visible_parts(person, other) == PUBLIC_PARTS


def test_parts_cost_the_same_number_of_queries(member, own, django_assert_num_queries):
    others = [OrganisationFactory() for _ in range(6)]
    for other in others:
        introduce(own, other)

    with django_assert_num_queries(2):  # member, partner
        visible_parts(member, others[0])
    with django_assert_num_queries(0):
        visible_parts(AnonymousUser(), others[0])


def test_rows_are_for_those_they_concern(member, own):
    other, third = OrganisationFactory(), OrganisationFactory()
    mine = introduce(own, other)
    introduce(other, third)
    answer = InterestFactory(organisation=own, other=third)
    InterestFactory(organisation=third, other=own)

    def rows(person):
        models = (Introduction, Interest)
        return [list(visible(person, model.objects.all())) for model in models]

    assert rows(member) == [[mine], [answer]]
    for nobody in (AnonymousUser(), UserFactory(), UserFactory(is_staff=True)):
        assert rows(nobody) == [[], []]
