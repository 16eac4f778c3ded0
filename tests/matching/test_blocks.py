"""A population is cut into small blocks of neighbours, always in the same way."""

import numpy as np
import pytest
from django.utils import timezone

from alliances.models import Organisation
from matching.selectors import blocks
from matching.selectors.blocks import cuts
from matching.selectors.population import matchable_population
from matching.services import handing, pictures
from matching.services.runs import request_run
from tests.factories.alliances import IntentionFactory
from tests.factories.matching import population
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def county(code, name, count):
    """Make a département of two communes, where ``count`` organisations live."""
    communes = TerritoryFactory.create_batch(2)
    TerritoryFactory(department=True, code=code, name=name, communes=communes)
    return [
        IntentionFactory(
            organisation__seat=communes[number % 2],
            organisation__general_interest=True,
        )
        for number in range(count)
    ]


def cut():
    return cuts(matchable_population(timezone.localdate()))


def test_a_large_department_is_cut_and_small_neighbours_are_put_together(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    county("03", "Allier", 1)
    county("02", "Aisne", 3)
    county("01", "Ain", 9)
    county("04", "Alpes-de-Haute-Provence", 4)

    found = cut()

    assert [(one.label, len(one.rows)) for one in found] == [
        ("Ain (1/3)", 3),
        ("Ain (2/3)", 3),
        ("Ain (3/3)", 3),
        ("Aisne – Allier", 4),
        ("Alpes-de-Haute-Provence", 4),
    ]


def test_neighbours_of_a_commune_stay_together(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 3)
    intentions = county("01", "Ain", 6)

    first, second = cut()

    seats = [intentions[row].organisation.seat_id for row in first.rows]
    assert len(set(seats)) == 1
    assert len(second.rows) == 3


@pytest.mark.parametrize("size", [1, 3, 8, 100])
def test_everybody_is_in_one_block_no_larger_than_allowed(size, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", size)
    population(30)
    Organisation.objects.filter(key="org-3").update(seat=None)

    found = cut()

    n = len(matchable_population(timezone.localdate()))
    assert sorted(np.concatenate([one.rows for one in found])) == list(range(n))
    assert max(len(one.rows) for one in found) <= size
    assert [one.label for one in found] == [one.label for one in cut()]


def test_a_label_fits_its_column(monkeypatch):
    county("01", "A" * 120, 1)
    county("02", "B" * 120, 1)

    (found,) = cut()

    assert len(found.label) <= 200


def test_a_population_read_back_is_the_same_to_the_bit():
    population(30)
    picture = pictures.take()
    run = request_run()

    pictures.keep(run, picture)
    read = pictures.kept(run)

    assert read.population.fingerprint == picture.population.fingerprint
    assert read.population.profiles.everywhere == picture.population.profiles.everywhere
    assert read.population.only_seat.tolist() == picture.population.only_seat.tolist()
    assert read.changes == picture.changes


def test_an_empty_population_can_be_kept_too():
    run = request_run()
    pictures.keep(run, pictures.take())

    assert len(pictures.kept(run).population) == 0


def test_a_large_population_is_kept_in_pieces(monkeypatch):
    monkeypatch.setattr(pictures, "PIECE_BYTES", 1_000)
    population(30)
    run, picture = request_run(), pictures.take()

    pictures.keep(run, picture)

    assert run.pictures.count() > 2
    assert pictures.kept(run).population.fingerprint == picture.population.fingerprint


def test_a_process_keeps_the_population_of_one_run_at_a_time():
    population(10)
    runs = [request_run(), request_run(TerritoryFactory())]
    for run in runs:
        pictures.keep(run, pictures.take())

    first = handing.shard_of(runs[0])
    again = handing.shard_of(runs[0])
    handing.shard_of(runs[1])

    assert first is again
    assert list(handing._kept) == [runs[1].pk]
