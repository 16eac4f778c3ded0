import pytest
from django.urls import reverse

from territories.models import FormerCode
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_territory_is_described_by_its_reference(client):
    TerritoryFactory(code="44109", name="Nantes", postal_codes=["44000", "44100"])

    response = client.get(reverse("api:territory-detail", args=["COM-44109"]))

    assert response.json() == {
        "reference": "COM-44109",
        "kind": "commune",
        "code": "44109",
        "name": "Nantes",
        "population": 1_000,
        "latitude_deg": 47.0,
        "longitude_deg": -1.5,
        "postal_codes": ["44000", "44100"],
        "valid_from": "2026-01-01",
        "valid_until": None,
    }


def test_a_former_code_answers_its_successor(client):
    nantes = TerritoryFactory(code="44109")
    FormerCode.objects.create(code="44998", kind="former", territory=nantes)

    response = client.get(reverse("api:territory-detail", args=["COM-44998"]))

    assert response.json()["reference"] == "COM-44109"


@pytest.mark.parametrize("reference", ["COM-00000", "XX", "COM-٤٤١٠٩", "a" * 70])
def test_an_unknown_reference_answers_404_in_plain_words(client, reference):
    response = client.get(reverse("api:territory-detail", args=[reference]))

    assert response.status_code == 404
    assert response.json()["detail"]


def test_the_list_is_filtered_by_kind_name_postal_code_and_container(client):
    nantes = TerritoryFactory(code="44109", name="Nantes", postal_codes=["44000"])
    reze = TerritoryFactory(code="44143", name="Rezé", postal_codes=["44400"])
    TerritoryFactory(code="35238", name="Rennes", postal_codes=["35000"])
    metropole = TerritoryFactory(epci=True, name="Métropole", communes=[nantes, reze])

    def names(**query):
        rows = client.get(reverse("api:territory-list"), query).json()["results"]
        return [row["name"] for row in rows]

    assert names(kind="epci") == ["Métropole"]
    assert names(name="REZE") == ["Rezé"]
    assert names(postal_code="35000") == ["Rennes"]
    assert names(within=metropole.reference) == ["Nantes", "Rezé"]


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "planet"},
        {"within": "COM-00000"},
        {"postal_code": "٤٤١٠٩"},
        {"name": "x" * 101},
        {"page": "0"},
    ],
)
def test_a_wrong_parameter_is_refused_without_breaking(client, query):
    response = client.get(reverse("api:territory-list"), query)

    assert response.status_code in (400, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_costs_no_more_queries(client, django_assert_num_queries, count):
    TerritoryFactory.create_batch(count)

    with django_assert_num_queries(2):  # the count, the page
        client.get(reverse("api:territory-list"))
