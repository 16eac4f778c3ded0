"""A near miss differs from the real partner by one thing, and says as much."""

import pytest

from matching.evaluation.decoys import OF_EACH, candidates, sides_of
from matching.evaluation.places import meet
from tests.matching.evaluation.partnerships import study

TOLD = [pair for pair in study().pairs if pair.is_told]
SIDES = [True, False]


def decoys(pair, sort, *, from_association):
    found = candidates(pair, study().pairs, from_association=from_association)
    return [one for one in found if f"-{sort}-" in one.public_id]


def what(one):
    return {
        "means": (set(one.offers), set(one.needs)),
        "causes": dict(one.domains),
        "place": one.perimeter,
    }


def differences(one, other):
    return {name for name, value in what(one).items() if value != what(other)[name]}


@pytest.mark.parametrize("from_association", SIDES)
@pytest.mark.parametrize(
    ("sort", "changed"),
    [("other_means", "means"), ("other_cause", "causes"), ("elsewhere", "place")],
)
def test_a_near_miss_differs_by_one_thing(sort, changed, from_association):
    for pair in TOLD:
        _, partner = sides_of(pair, from_association=from_association)
        for decoy in decoys(pair, sort, from_association=from_association):
            assert differences(decoy, partner) == {changed}


@pytest.mark.parametrize("from_association", SIDES)
def test_there_are_as_many_of_each_as_places_in_the_first_five(from_association):
    for pair in TOLD:
        looking, partner = sides_of(pair, from_association=from_association)
        count = {
            sort: len(decoys(pair, sort, from_association=from_association))
            for sort in ("other_means", "other_cause", "elsewhere")
        }
        assert count["other_cause"] == OF_EACH
        assert count["other_means"] == (OF_EACH if partner.offers else 0)
        is_national = "france" in looking.perimeter
        assert count["elsewhere"] == (1 if is_national else OF_EACH)


@pytest.mark.parametrize("from_association", SIDES)
def test_what_is_changed_has_nothing_of_what_it_was(from_association):
    for pair in TOLD:
        looking, partner = sides_of(pair, from_association=from_association)
        for decoy in decoys(pair, "other_means", from_association=from_association):
            assert set(decoy.offers).isdisjoint(partner.offers)
        for decoy in decoys(pair, "other_cause", from_association=from_association):
            assert looking.domains.keys().isdisjoint(decoy.domains)
        for decoy in decoys(pair, "elsewhere", from_association=from_association):
            assert not meet(looking.perimeter, decoy.perimeter)


@pytest.mark.parametrize("from_association", SIDES)
def test_nobody_among_the_decoys_is_silent_or_a_real_partner(from_association):
    for pair in TOLD:
        looking, partner = sides_of(pair, from_association=from_association)
        partners = {
            side.organisation
            for other in study().pairs
            for side in (other.association, other.partner)
            if looking.organisation
            in (other.association.organisation, other.partner.organisation)
        }
        for one in candidates(pair, study().pairs, from_association=from_association):
            assert one.organisation not in partners
            assert (one.kind, bool(one.domains)) == (partner.kind, True)
            assert one.needs or not partner.needs
