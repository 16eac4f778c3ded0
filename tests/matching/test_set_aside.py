"""Blocks, answers, partners and past introductions: who leaves whose lists."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from alliances.models import Block, Exclusion, Interest
from alliances.selectors.aside import Cause, set_aside
from alliances.services import introductions as services
from alliances.services.conversations import block, unblock
from matching.selectors import snapshots
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db

NEUTRAL = "Cette organisation ne fait pas partie"


@pytest.fixture
def pair():
    """The association and the company of the worked pair, proposed to each other."""
    association, company = worked_pair()
    compute()
    return association.organisation, company.organisation


def member_of(client, organisation):
    user = MembershipFactory(
        organisation=organisation, role="referent", user=UserFactory()
    ).user
    client.force_login(user)
    return user


def read(client, path):
    snapshots._kept.clear()
    text = client.get(path).content.decode().replace("\u202f", " ")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def list_of(client, own):
    return read(client, f"/propositions/{own.public_id}/")


def cards(client, own):
    return list_of(client, own).count("<article")


def api(client, own):
    answer = client.get(f"/api/v1/organisations/{own.public_id}/proposals/")
    return len(answer.json()["results"])


def preview(client, own):
    return read(client, f"/propositions/{own.public_id}/apercu/")


def blocked(own, other, **introduced):
    introduction = introduce(own, other, **introduced)
    return block(introduction.pk, own, by=UserFactory(), reason="")


def test_a_partner_is_no_new_proposal_but_is_shown_as_in_touch(client, pair):
    own, other = pair
    introduction = introduce(own, other)
    member_of(client, own)

    text = list_of(client, own)

    assert text.count("<article") == 0
    assert "Déjà en relation" in text
    assert introduction.public_id in text
    assert (api(client, own), other.name in preview(client, own)) == (0, False)


@pytest.mark.parametrize("side", [0, 1])
def test_an_introduction_closed_not_long_ago_is_proposed_again_on_its_date(
    client, pair, side
):
    own, other = pair[side], pair[1 - side]
    member_of(client, own)
    introduction = introduce(own, other, days_ago=200, closed_days_ago=179)

    assert cards(client, own) == 0
    assert "Les organisations que vous avez mises de côté" in list_of(client, own)

    introduction.closed_at = timezone.now() - dt.timedelta(days=181)
    introduction.save()
    assert cards(client, own) == 1
    assert "mises de côté" not in list_of(client, own)


def test_a_no_leaves_ones_own_list_and_comes_back_when_it_is_withdrawn(client, pair):
    own, other = pair
    member_of(client, own)
    InterestFactory(organisation=own, other=other, answer=Interest.Answer.NO)

    assert cards(client, own) == 0

    services.withdraw(own, other)
    assert cards(client, own) == 1


@pytest.mark.parametrize("happens", ["a no", "an introduction", "a close"])
def test_what_ones_members_see_leave_is_the_same_for_everybody_else(
    client, pair, happens
):
    own, other = pair
    paths = [f"/propositions/{one.public_id}/" for one in pair]
    paths.append(f"{paths[0]}{other.public_id}/")
    before = [read(client, path) for path in paths]
    if happens == "a no":
        InterestFactory(organisation=own, other=other, answer=Interest.Answer.NO)
    else:
        days = 1 if happens == "a close" else None
        introduce(own, other, days_ago=3, closed_days_ago=days)

    assert [read(client, path) for path in paths] == before


def test_a_no_changes_nothing_for_the_other_side(client, pair):
    own, other = pair
    InterestFactory(organisation=own, other=other, answer=Interest.Answer.NO)
    member_of(client, other)

    assert cards(client, other) == 1


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("is_member", [True, False])
def test_a_block_keeps_both_apart_for_everybody(client, pair, side, is_member):
    own, other = pair
    blocked(own, other, days_ago=300, closed_days_ago=200)
    reader = pair[side]
    if is_member:
        member_of(client, reader)

    assert cards(client, reader) == 0
    assert api(client, reader) == 0


def test_a_blocked_pair_answers_as_one_that_is_refused(client, pair):
    """And neither says why, to the side that is kept out."""
    own, other = pair
    member_of(client, other)
    path = f"/propositions/{other.public_id}/{own.public_id}/"
    Block.objects.create(organisation=own, other=other)
    after_a_block = read(client, path)
    Block.objects.all().delete()
    Exclusion.objects.create(organisation=own, other=other)

    after_a_refusal = read(client, path)

    assert after_a_block == after_a_refusal
    assert NEUTRAL in after_a_block


def test_a_block_is_not_told_from_a_farewell_by_any_list(client, pair):
    """As long as the farewell alone keeps the pair apart."""
    own, other = pair
    introduction = introduce(own, other, days_ago=3, closed_days_ago=1)
    paths = [f"/propositions/{one.public_id}/" for one in (own, other)]
    paths += [f"{paths[1]}{own.public_id}/", f"{paths[0]}{other.public_id}/"]
    seen = []
    for _ in range(2):
        visitors = [read(client, path) for path in paths]
        member_of(client, other)
        seen.append((visitors, list_of(client, other).count("<article")))
        client.logout()
        block(introduction.pk, own, by=UserFactory(), reason="")

    assert seen[0] == seen[1]


def test_ones_own_block_is_told_to_ones_own_members_alone(client, pair):
    own, other = pair
    Block.objects.create(organisation=own, other=other)
    path = f"/propositions/{own.public_id}/{other.public_id}/"

    assert NEUTRAL in read(client, path)

    member_of(client, own)
    text = read(client, path)
    assert "Vous ne voulez plus recevoir de messages de cette organisation" in text
    assert NEUTRAL not in text


def test_a_block_that_is_lifted_gives_the_pair_back(client, pair):
    own, other = pair
    blocked(own, other, days_ago=300, closed_days_ago=200)
    unblock(own, other.pk)

    assert cards(client, own) == 1


def test_each_one_set_aside_is_listed_once_with_its_firmest_cause(client, pair):
    own, other = pair
    user = member_of(client, own)
    introduction = introduce(own, other, days_ago=5, closed_days_ago=2)
    causes = []

    def cause():
        (one,) = set_aside(own, viewer=user)
        assert one.other == other
        return one.cause

    causes.append(cause())
    InterestFactory(organisation=own, other=other, answer=Interest.Answer.NO)
    causes.append(cause())
    Exclusion.objects.create(organisation=own, other=other)
    causes.append(cause())
    block(introduction.pk, own, by=user, reason="")
    causes.append(cause())

    assert causes == [Cause.LATER, Cause.DECLINED, Cause.EXCLUDED, Cause.BLOCKED]
    assert set_aside(own, viewer=UserFactory()) == []
    assert set_aside(other, viewer=user) == []


@pytest.mark.parametrize(
    ("cause", "sentence", "way_back"),
    [
        ("a no", "Pas pour nous, jusqu’au", "Changer d’avis"),
        ("a refusal", "Vous la refusez dans votre fiche", "Changer vos refus"),
        ("a block", "Vous ne voulez plus recevoir ses messages", "lever ce blocage"),
        ("a close", "elle pourra vous être proposée de nouveau le", ""),
    ],
)
def test_the_page_of_relations_says_who_is_set_aside_and_the_way_back(
    client, pair, cause, sentence, way_back
):
    own, other = pair
    user = member_of(client, own)
    if cause == "a no":
        InterestFactory(organisation=own, other=other, answer=Interest.Answer.NO)
    elif cause == "a refusal":
        Exclusion.objects.create(organisation=own, other=other)
    else:
        introduction = introduce(own, other, days_ago=5, closed_days_ago=2)
        if cause == "a block":
            block(introduction.pk, own, by=user, reason="")

    path = f"/organisations/{own.public_id}/relations/?liste=mises-de-cote"
    text = read(client, path)

    assert sentence in text
    assert way_back in text
    assert other.name in text
