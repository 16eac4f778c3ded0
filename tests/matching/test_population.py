import datetime as dt

import numpy as np
import pytest

from alliances.enums import ActorKind, Part
from alliances.models import Establishment, Exclusion, Intention, Need, Organisation
from matching import kernel, models
from matching.selectors.population import (
    Audience,
    matchable_population,
    population_of,
)
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.matching import population
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 21)


def alone(intention, audience=Audience.PARTNERS):
    return population_of(Intention.objects.filter(pk=intention.pk), audience)


def communes_of(found):
    profiles = found.profiles
    start, stop = profiles.perimeters.offsets[profiles.perimeter[0] :][:2]
    return profiles.population[profiles.perimeters.members[start:stop]].tolist()


def test_the_types_are_in_the_order_of_the_kernel():
    assert models.TYPES == kernel.TYPES
    assert models.COMPONENTS == kernel.COMPONENTS


def test_a_perimeter_is_the_union_of_the_communes_of_its_territories():
    one, two, three = (TerritoryFactory(population=n) for n in (10, 20, 30))
    department = TerritoryFactory(department=True, communes=[one, two])
    intention = IntentionFactory(perimeter=[department, two, three])

    assert communes_of(alone(intention)) == [10, 20, 30]


def test_an_empty_perimeter_is_the_commune_of_the_seat_and_is_said_so():
    seat = TerritoryFactory(population=77)
    intention = IntentionFactory(organisation__seat=seat)

    found = alone(intention)

    assert (communes_of(found), found.only_seat.tolist()) == ([77], [True])


def test_the_whole_country_is_never_enumerated():
    country = TerritoryFactory(country=True)
    intention = IntentionFactory(perimeter=[country])

    profiles = alone(intention).profiles

    assert profiles.perimeter[0] == profiles.everywhere


def test_a_territory_without_commune_does_not_stop_the_computation():
    empty = TerritoryFactory(department=True)
    seat = TerritoryFactory(population=77)
    intention = IntentionFactory(organisation__seat=seat, perimeter=[empty])
    Need.objects.create(intention=intention, means="loan", territory=empty)

    found = alone(intention)

    assert communes_of(found) == [77]
    assert found.profiles.needs[0].sum() == 1
    assert len(found.profiles.need_entries) == 0


def test_points_are_the_seat_and_the_establishments_that_are_on_the_map():
    seat = TerritoryFactory(latitude_deg=47.5, longitude_deg=-1.0)
    intention = IntentionFactory(organisation__seat=seat)
    for latitude_deg, longitude_deg in ((48.0, 2.0), (None, None)):
        Establishment.objects.create(
            organisation=intention.organisation,
            commune=TerritoryFactory(
                latitude_deg=latitude_deg, longitude_deg=longitude_deg
            ),
        )

    assert alone(intention).profiles.points_deg.tolist() == [[47.5, -1.0], [48.0, 2.0]]


def test_members_of_a_network_are_linked_with_its_head_and_with_each_other():
    head, one, two, other = (IntentionFactory() for _ in range(4))
    for member in (one, two):
        Organisation.objects.filter(pk=member.organisation_id).update(
            network_head=head.organisation
        )

    found = matchable_population(DAY)

    prepared = kernel.prepare(found.profiles, kernel.default_configuration())
    linked = {divmod(int(key), 4) for key in prepared.linked}
    assert linked == {(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)}
    assert found.row[other.pk] == 3


def test_exclusions_of_a_sector_cover_its_divisions_and_its_spellings():
    refusing = IntentionFactory()
    for sector in ("B", "Services à la personne"):
        Exclusion.objects.create(organisation=refusing.organisation, sector=sector)
    for sectors in (["05"], ["services à la Personne"], ["10"]):
        IntentionFactory(
            organisation=OrganisationFactory(kind=ActorKind.COMPANY, sectors=sectors)
        )

    found = matchable_population(DAY)

    prepared = kernel.prepare(found.profiles, kernel.default_configuration())
    refused = [
        any(o.rule.id == "R04_sector" for o in kernel.obstacles(prepared, 0, row))
        for row in (1, 2, 3)
    ]
    assert refused == [True, True, False]


def test_a_hidden_part_enters_no_score_told_to_others():
    organisation = OrganisationFactory(
        hidden_parts=[Part.SQUARE, Part.PLACES], values=["sobriété"], size="sme"
    )
    intention = IntentionFactory(organisation=organisation)

    profiles = alone(intention).profiles

    assert np.isnan(profiles.square).all()
    assert (profiles.perimeter[0], len(profiles.points_deg)) == (kernel.UNKNOWN, 0)
    assert profiles.size[0] == kernel.SIZES.index("sme")


def test_the_public_reads_neither_square_nor_size_nor_values_nor_maturity():
    organisation = OrganisationFactory(values=["sobriété"], size="sme", maturity=2)
    intention = IntentionFactory(organisation=organisation, phase="r_and_d")

    profiles = alone(intention, Audience.PUBLIC).profiles

    assert np.isnan(profiles.square).all()
    unknown = [profiles.size[0], profiles.maturity[0], profiles.phase[0]]
    assert unknown == [kernel.UNKNOWN] * 3
    assert profiles.values.lengths[profiles.value_set[0]] == 0
    assert profiles.needs[0].any()


@pytest.mark.parametrize("count", [1, 30])
def test_loading_costs_the_same_number_of_queries(django_assert_num_queries, count):
    population(count)
    matchable_population(DAY)

    with django_assert_num_queries(9):
        assert len(matchable_population(DAY)) == count


def test_the_fingerprint_follows_what_the_kernel_reads():
    intention = IntentionFactory()
    before = alone(intention).fingerprint
    same = alone(intention).fingerprint
    Need.objects.create(intention=intention, means="loan")

    assert (same == before, alone(intention).fingerprint == before) == (True, False)
