"""The buttons of an answer, on a proposal and on a pair."""

import pytest

from alliances.models import Exclusion, Interest
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    association, company = worked_pair()
    compute()
    return association.organisation, company.organisation


def sign_in(client, organisation, role="referent"):
    user = MembershipFactory(
        organisation=organisation, role=role, user=UserFactory()
    ).user
    client.force_login(user)
    return client


def pages(client, own, other):
    addresses = (
        f"/propositions/{own.public_id}/",
        f"/propositions/{own.public_id}/{other.public_id}/",
    )
    return [client.get(address).content.decode() for address in addresses]


def test_who_decides_says_yes_or_no_from_the_list_and_from_the_pair(client, pair):
    own, other = pair
    for page in pages(sign_in(client, own), own, other):
        assert "Cela nous intéresse" in page
        assert "Pas pour nous" in page
        assert "accepte au plus 4 mises en relation par mois" in page


def test_a_contributor_proposes(client, pair):
    own, other = pair
    for page in pages(sign_in(client, own, "contributor"), own, other):
        assert "Proposer à la personne référente" in page
        assert "Cela nous intéresse" not in page


def test_others_see_no_button(client, pair):
    own, other = pair
    for page in pages(client, own, other):
        assert "Cela nous intéresse" not in page
        assert "reponses" not in page


def test_ones_own_yes_is_shown(client, pair):
    own, other = pair
    InterestFactory(organisation=own, other=other, answer="yes")
    for page in pages(sign_in(client, own), own, other):
        assert "Vous avez dit oui" in page
        assert "Cela nous intéresse" not in page


def test_ones_own_no_is_shown_on_the_pair_which_leaves_the_list(client, pair):
    own, other = pair
    InterestFactory(organisation=own, other=other, answer="no")
    listed, page = pages(sign_in(client, own), own, other)

    assert "Les organisations que vous avez mises de côté" in listed
    assert "Vous avez répondu" in page
    assert "Cela nous intéresse" not in page


def test_a_pair_in_touch_leads_to_its_introduction(client, pair):
    own, other = pair
    introduction = introduce(own, other)
    address = f"/organisations/{own.public_id}/relations/{introduction.public_id}/"
    for page in pages(sign_in(client, own), own, other):
        assert address in page


def test_the_buttons_of_a_card_post_to_its_organisation(client, pair):
    own, other = pair
    page = pages(sign_in(client, own), own, other)[0]
    address = f"/organisations/{own.public_id}/reponses/{other.public_id}/?type="

    assert page.count('id="reponses"') == 1
    assert f'formaction="{address}' in page


def test_whoever_is_not_proposed_can_be_answered_too(client, pair):
    own, other = pair
    Exclusion.objects.create(organisation=other, other=own)
    page = pages(sign_in(client, own), own, other)[1]

    assert "n’est pas dans les propositions" in page
    assert "Cela nous intéresse" in page


def test_a_longer_list_of_answers_costs_no_more_queries(
    client, pair, django_assert_max_num_queries
):
    own, other = pair
    sign_in(client, own)
    with django_assert_max_num_queries(52) as first:
        client.get(f"/propositions/{own.public_id}/")
    without = len(first)
    InterestFactory(organisation=own, other=other, answer=Interest.Answer.YES)
    introduce(own, other, days_ago=400, closed_days_ago=300)

    with django_assert_max_num_queries(without):
        client.get(f"/propositions/{own.public_id}/")
