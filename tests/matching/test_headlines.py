"""The first sentence of pairs, without their cards: the same as on the cards."""

import random
from itertools import permutations

import pytest

from alliances.enums import HIDEABLE_PARTS, Part
from alliances.models import Exclusion, Organisation
from matching.selectors.cards import cards
from matching.selectors.headlines import headlines_of
from matching.selectors.pair_scores import figures_of
from matching.selectors.population import Audience
from tests.factories.matching import population, worked_pair

pytestmark = pytest.mark.django_db


def on_cards(pairs):
    shown = cards(figures_of(pairs), audience=Audience.PUBLIC, type_code="")
    return {
        (one.own_intention.pk, one.intention.pk): (one.story.headline, one.type)
        for one in shown
    }


def told(pairs):
    return {pair: (one.text, one.type) for pair, one in headlines_of(pairs).items()}


@pytest.mark.parametrize("seed", range(4))
def test_a_headline_is_that_of_the_card(seed):
    chance = random.Random(seed)
    intentions = population(10, seed=seed, n_communes=8)
    for one in intentions:
        hidden = chance.sample(sorted(HIDEABLE_PARTS), chance.choice((0, 0, 3)))
        Organisation.objects.filter(pk=one.organisation_id).update(hidden_parts=hidden)
    one, other = (each.organisation for each in chance.sample(intentions, 2))
    Exclusion.objects.create(organisation=one, other=other)
    pairs = list(permutations((each.pk for each in intentions), 2))

    found = told(pairs)

    assert found == on_cards(pairs)
    assert 10 < len(found) < len(pairs)


def test_a_headline_tells_only_what_everybody_may_read():
    association, company = worked_pair()
    pair = (association.pk, company.pk)
    open_, _type = told([pair])[pair]

    Organisation.objects.filter(pk=company.organisation_id).update(
        hidden_parts=[Part.MEANS]
    )

    hidden, _type = told([pair])[pair]
    assert ("un don" in open_, "un don" in hidden) == (True, False)


def test_nothing_is_said_of_who_is_not_there():
    association, _company = worked_pair()

    assert told([]) == told([(association.pk, 0)]) == {}
    assert told([(association.pk, association.pk)]) == {}
