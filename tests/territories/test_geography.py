"""The real files, loaded once: counts, and samples checked by hand.

The samples were looked up outside the project: decrees of creation, Journal officiel,
pages of the communes and of their groupings.
"""

import pytest
from django.db.models import Sum

from territories.models import Containment, FormerCode, Outline, Territory
from territories.selectors import (
    AmbiguousPlaceError,
    designated,
    resolve,
    resolve_many,
    search_territories,
)

pytestmark = [pytest.mark.usefixtures("geography"), pytest.mark.django_db]


def territory(reference):
    return resolve(reference).territory


def groupings_of(commune_reference):
    commune = territory(commune_reference)
    return {
        found.reference
        for found in Territory.objects.containing(commune)
        if found.kind != Territory.Kind.PROJECT
    }


def shared(reference, other_reference):
    return (
        Territory.objects.communes_of(territory(reference))
        .filter(containers__territory=territory(other_reference))
        .count()
    )


def first(text, **options):
    return search_territories(text, **options)[0].territory.reference


def test_everything_is_loaded_well_under_a_minute(geography):
    assert geography.seconds < 40


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("country", 1),
        ("region", 18),
        ("department", 101),
        ("collectivity", 8),
        ("epci", 1_255),
        ("ept", 11),
        ("commune", 34_969),
        ("project", 121),
    ],
)
def test_every_kind_is_complete(kind, count):
    assert Territory.objects.of_kind(kind).count() == count


def test_communes_are_those_of_france_and_of_the_other_collectivities():
    def count(reference_kind):
        return (
            Containment.objects.filter(territory__kind=reference_kind)
            .values("commune")
            .distinct()
            .count()
        )

    assert (count("department"), count("collectivity")) == (34_875, 94)


def test_populations_add_up_at_every_level():
    def total(kind):
        return Territory.objects.of_kind(kind).aggregate(all=Sum("population"))["all"]

    assert total("department") == total("region") == 66_165_815 + 2_184_983
    assert total("country") == total("commune")


def test_every_containment_is_counted():
    counts = dict(
        Containment.objects.values_list("territory__kind")
        .annotate(count=Sum(1))
        .order_by()
    )
    del counts["project"]

    assert counts == {
        "country": 34_969,
        "region": 34_875,
        "department": 34_875,
        "collectivity": 94,
        "epci": 34_871,
        "ept": 129,
        "commune": 34_969,
    }


@pytest.mark.parametrize(
    ("commune", "groupings"),
    [
        ("COM-75056", {"COM-75056", "EPCI-200054781", "DEP-75", "REG-11", "FR"}),
        ("COM-69123", {"COM-69123", "EPCI-200046977", "DEP-69", "REG-84", "FR"}),
        ("COM-13055", {"COM-13055", "EPCI-200054807", "DEP-13", "REG-93", "FR"}),
        # Saint-Denis de La Réunion, in the CINOR.
        ("COM-97411", {"COM-97411", "EPCI-249740119", "DEP-974", "REG-04", "FR"}),
        # Mamoudzou, in Dembéni-Mamoudzou.
        ("COM-97611", {"COM-97611", "EPCI-200060457", "DEP-976", "REG-06", "FR"}),
        # Aubervilliers: the metropolis and Plaine Commune.
        (
            "COM-93001",
            {
                "COM-93001",
                "EPT-200057867",
                "EPCI-200054781",
                "DEP-93",
                "REG-11",
                "FR",
            },
        ),
        # Ouessant belongs to no intercommunalité.
        ("COM-29155", {"COM-29155", "DEP-29", "REG-53", "FR"}),
        # Nouméa.
        ("COM-98818", {"COM-98818", "DEP-988", "FR"}),
    ],
)
def test_a_commune_belongs_to_what_it_should(commune, groupings):
    assert groupings_of(commune) == groupings


def test_an_intercommunality_over_two_regions_is_exact():
    # Aire-sur-l'Adour: 22 communes, of the Landes and of the Gers.
    epci = "EPCI-200030435"

    assert Territory.objects.communes_of(territory(epci)).count() == 22
    assert shared(epci, "DEP-40") + shared(epci, "DEP-32") == 22
    assert (shared(epci, "REG-75"), shared(epci, "REG-76")) == (
        shared(epci, "DEP-40"),
        shared(epci, "DEP-32"),
    )
    assert min(shared(epci, "DEP-40"), shared(epci, "DEP-32")) > 0


def test_the_metropolis_of_aix_and_marseille_crosses_three_departements():
    epci = "EPCI-200054807"

    assert [shared(epci, f"DEP-{code}") for code in ("13", "83", "84")] == [90, 1, 1]


def test_a_merged_commune_resolves_to_its_successor_with_a_notice():
    # Pierrefitte-sur-Seine joined Saint-Denis on 1 January 2025.
    resolution = resolve("COM-93059")

    assert resolution.territory.reference == "COM-93066"
    assert "Pierrefitte-sur-Seine (93059)" in resolution.notice


def test_every_former_code_leads_to_a_commune_in_force():
    assert FormerCode.objects.count() == 4_285
    assert not FormerCode.objects.exclude(
        territory__kind="commune", territory__valid_until=None
    ).exists()


def test_a_municipal_arrondissement_resolves_to_its_commune_with_a_notice():
    resolution = resolve("COM-13201")

    assert resolution.territory.reference == "COM-13055"
    assert "arrondissement municipal" in resolution.notice


def test_thousands_of_references_cost_two_queries(django_assert_num_queries):
    codes = list(
        Territory.objects.of_kind("commune").values_list("code", flat=True)[:5_000]
    )
    references = [f"COM-{code}" for code in codes] + ["COM-13201", "COM-00000"]

    with django_assert_num_queries(2):
        outcomes = resolve_many(references)

    assert sum(hasattr(outcome, "territory") for outcome in outcomes.values()) == 5_001


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("lyon", "COM-69123"),
        ("LYON", "COM-69123"),
        ("saint etienne", "COM-42218"),
        ("saint etiene", "COM-42218"),
        ("st nazaire", "COM-44184"),
        ("13001", "COM-13055"),
        ("2A004", "COM-2A004"),
        ("44", "DEP-44"),
        ("lyon 3", "COM-69123"),
        ("saint-denis 974", "COM-97411"),
        ("pays de retz", "PRJ-petr-du-pays-de-retz"),
        ("nantes métropole", "EPCI-244400404"),
        ("marseile", "COM-13055"),
        ("montpelier", "COM-34172"),
        ("bordaux", "COM-33063"),
        ("pierrefitte-sur-seine", "COM-93066"),
        ("france", "FR"),
        ("y", "COM-80829"),
        ("œuilly", "COM-51410"),
    ],
)
def test_the_likeliest_place_comes_first(text, reference):
    assert first(text) == reference


def test_lyon_comes_before_lyons_la_foret():
    names = [found.territory.name for found in search_territories("lyon")]

    assert names.index("Lyon") < names.index("Lyons-la-Forêt")


def test_namesakes_are_told_apart_by_their_departement():
    found = search_territories("saint-denis", kinds=["commune"])

    assert [(item.territory.code, item.where) for item in found[:2]] == [
        ("97411", "commune, La Réunion"),
        ("93066", "commune, Seine-Saint-Denis"),
    ]


def test_the_prefix_path_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):  # the places, the names of their départements
        search_territories("nant")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Clisson", "COM-44043"),
        ("Clisson (COM-44043)", "COM-44043"),
        ("paris", "COM-75056"),
        ("44190 ", None),
        ("Saint-Denis", None),
        ("La Réunion", None),
    ],
)
def test_a_place_is_taken_only_beyond_doubt(text, reference):
    if reference:
        assert designated(text).territory.reference == reference
    else:
        with pytest.raises(AmbiguousPlaceError):
            designated(text)


def test_communes_within_twenty_kilometres_are_near_and_sorted_by_the_caller():
    clisson = territory("COM-44043")
    near = Territory.objects.of_kind("commune").within_km(
        clisson.latitude_deg, clisson.longitude_deg, radius_km=20
    )
    codes = set(near.values_list("code", flat=True))

    assert {"44043", "44063", "85146"} <= codes
    assert "44109" not in codes  # Nantes: 25 km
    assert max(near.values_list("distance_km", flat=True)) <= 20


def test_outlines_are_those_of_the_files():
    kinds = dict(
        Outline.objects.values_list("territory__kind").annotate(count=Sum(1)).order_by()
    )

    assert kinds == {
        "region": 18,
        "department": 101,
        "epci": 1_255,
        "ept": 11,
        "commune": 34_864,
    }
