"""What pairs are worth, all at once: the same, to the bit, as pair by pair."""

import datetime as dt
import random
from collections import defaultdict
from itertools import combinations

import pytest
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Block, Exclusion, Introduction, Organisation
from alliances.selectors.refusals import Refusals
from matching.selectors.pair_scores import scores_with
from rendezvous.models import Arrangement, Encounter, KindPair, Wish
from rendezvous.selectors.frame import frame_of
from rendezvous.selectors.problem import problem_of
from rendezvous.worth import Known, worth
from tests.factories.alliances import IntentionFactory
from tests.factories.introductions import introduce
from tests.factories.matching import population
from tests.factories.sessions import registration_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
KINDS = (ActorKind.ASSOCIATION, ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY)
SIDE = 14


def crowd(chance):
    """A session of people who wish, refuse, block and know each other at random."""
    session = session_of(
        TerritoryFactory(),
        pairs=chance.sample([*combinations(KINDS, 2), (KINDS[1], KINDS[1])], 3),
    )
    intentions = population(SIDE, seed=chance.random(), n_communes=8)
    for one in intentions:
        Organisation.objects.filter(pk=one.organisation_id).update(
            kind=chance.choice(KINDS)
        )
    places = []
    for one in intentions:
        one.organisation.refresh_from_db()
        names = ("Ana", "Bob", "Cléo")[: chance.choice((1, 1, 2, 3))]
        intention = one if chance.random() < 0.8 else None
        places.append(
            registration_of(session, one.organisation, names=names, intention=intention)
        )
        if chance.random() < 0.5:
            places[-1].attendees.update(shares_with=None)
    places[0].attendees.all().delete()
    for own, other in combinations(places, 2):
        something_between(chance, *chance.sample((own, other), 2))
    return session


def something_between(chance, own, other):
    mine, theirs = own.organisation, other.organisation
    for answer in ("must", "like", "no"):
        if chance.random() < 0.06:
            Wish.objects.update_or_create(
                registration=own, other=other, defaults={"answer": answer}
            )
    refusal_between(chance, mine, theirs)
    if chance.random() < 0.1:
        introduce(mine, theirs, closed_days_ago=chance.choice((None, 10)))
    if chance.random() < 0.1:
        low, high = sorted((mine, theirs), key=lambda side: side.pk)
        at = timezone.now() - dt.timedelta(days=chance.choice((30, 900)))
        Encounter.objects.create(session=own.session, low=low, high=high, at=at)


def refusal_between(chance, mine, theirs):
    if chance.random() < 0.04:
        Exclusion.objects.get_or_create(organisation=mine, other=theirs)
    if chance.random() < 0.01:
        Exclusion.objects.get_or_create(organisation=mine, kind=theirs.kind)
    if chance.random() < 0.02:
        Exclusion.objects.get_or_create(organisation=mine, sector="batiment")
    if chance.random() < 0.04:
        Block.objects.create(organisation=mine, other=theirs)


def one_by_one(session):
    """The value of each pair of registrations, as a slow reader works it out."""
    everybody = frame_of(session).registrations
    refusals = Refusals({one.organisation_id for one in everybody})
    allowed = {
        frozenset(pair)
        for pair in KindPair.objects.filter(session=session).values_list("low", "high")
    }
    found = {}
    for own, other in combinations(everybody, 2):
        ids = own.organisation_id, other.organisation_id
        blocks = Block.objects.filter(organisation__in=ids, other__in=ids)
        is_kept_out = frozenset((own.kind, other.kind)) not in allowed
        if is_kept_out or refusals.between(*ids) or blocks.exists():
            continue
        value = worth(score_of(own, other), said(own, other), known(*ids))
        if value is not None:
            found[own.pk, other.pk] = value
    return found


def score_of(own, other):
    if own.intention_id is None or other.intention_id is None:
        return None
    scores = scores_with(own.intention_id, [other.intention_id])
    return scores.get(other.intention_id)


def said(own, other):
    return tuple(
        Wish.objects.filter(registration=one, other=two)
        .values_list("answer", flat=True)
        .first()
        or ""
        for one, two in ((own, other), (other, own))
    )


def known(*ids):
    both = {"low": min(ids), "high": max(ids)}
    since = timezone.now() - dt.timedelta(days=720)
    return Known(
        Introduction.objects.open().filter(**both).exists(),
        Encounter.objects.filter(**both, at__gte=since).exists(),
    )


def divided(session, values):
    """Give each pair to one programme of each side, turn by turn, the best first."""
    programmes = frame_of(session).programmes
    turns = defaultdict(int)
    found = {}
    for pair, value in sorted(values.items(), key=lambda each: (-each[1], each[0])):
        if all(programmes[one] for one in pair):
            ids = []
            for one in pair:
                people = programmes[one]
                ids.append(str(people[turns[one] % len(people)][0].pk))
                turns[one] += 1
            found[pair] = tuple(ids), value
    return found


def trios_of(session, pairs):
    """One of each of three kinds, whose three pairs agree on who sits there."""
    kind = {one.pk: one.kind for one in frame_of(session).registrations}
    found = {}
    for group in combinations(sorted(kind), 3):
        three = [pairs.get(pair) for pair in combinations(group, 2)]
        if {kind[one] for one in group} == {*KINDS} and all(three):
            ids = {name for names, _value in three for name in names}
            if len(ids) == 3:
                found[tuple(sorted(ids))] = sum(value for _names, value in three)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_pairs_are_worth_together_what_each_is_worth_alone(seed):
    session = crowd(random.Random(seed))
    pairs = divided(session, one_by_one(session))

    found = problem_of(session).candidates

    assert [(one.ids, one.value) for one in found] == list(pairs.values())
    assert len(found) > SIDE


@pytest.mark.parametrize("seed", range(3))
def test_tables_of_three_are_worth_their_three_pairs(seed):
    session = crowd(random.Random(seed))
    for low, high in combinations(KINDS, 2):
        KindPair.objects.get_or_create(session=session, low=low, high=high)
    Arrangement.objects.create(session=session, table_size=3)
    trios = trios_of(session, divided(session, one_by_one(session)))

    candidates = problem_of(session).candidates

    found = {one.ids: one.value for one in candidates if len(one.ids) == 3}
    assert found == {ids: pytest.approx(value) for ids, value in trios.items()}
    assert found


def test_more_people_cost_no_more_queries(
    django_assert_num_queries, django_assert_max_num_queries
):
    session = crowd(random.Random(1))
    problem_of(session)
    with django_assert_max_num_queries(40) as few:
        problem_of(session)
    for kind in KINDS * 3:
        one = IntentionFactory(organisation__kind=kind)
        registration_of(session, one.organisation, intention=one)
    problem_of(session)  # new places: the geography is read again, once

    with django_assert_num_queries(len(few)):
        problem_of(session)
