import gzip
import json

import pytest
from django.urls import reverse

from territories.models import Outline
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
SEARCH = "/territoires/recherche/"
SQUARE = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'


@pytest.fixture
def clisson():
    return TerritoryFactory(code="44043", name="Clisson", postal_codes=["44190"])


def test_the_picker_gets_options_alone(client, clisson):
    response = client.get(SEARCH, {"q": "clis"}, headers={"HX-Request": "true"})

    text = response.content.decode()
    assert 'data-reference="COM-44043"' in text
    assert "<html" not in text


def test_programs_get_json(client, clisson):
    response = client.get(
        SEARCH, {"q": "44190"}, headers={"Accept": "application/json"}
    )

    assert response.json() == {
        "results": [
            {
                "reference": "COM-44043",
                "name": "Clisson",
                "kind": "commune",
                "where": "commune",
                "population": 1_000,
                "notice": "",
            }
        ]
    }


def test_without_javascript_the_search_is_a_page(client, clisson):
    response = client.get(SEARCH, {"q": "Clisson"})

    assert reverse("portal:territory_detail", args=["COM-44043"]) in (
        response.content.decode()
    )


def test_a_search_can_be_held_to_some_kinds(client, clisson):
    query = {"q": "clisson", "nature": ["epci", "n’importe"]}
    response = client.get(SEARCH, query, headers={"Accept": "application/json"})

    assert response.json() == {"results": []}


@pytest.mark.parametrize("text", ["", "%", "_", "'", "x" * 10_000, "٤٤٠٤٣", "é" * 300])
def test_hostile_searches_find_nothing_quietly(client, clisson, text):
    response = client.get(SEARCH, {"q": text})

    assert response.status_code == 200


def test_a_text_that_cannot_be_stored_is_refused(client):
    assert client.get(SEARCH, {"q": "\0"}).status_code == 400


def test_outlines_are_compressed_and_remembered(client, clisson):
    Outline.objects.create(territory=clisson, geometry=SQUARE)
    url = reverse("territories:territory_geometry", args=["COM-44043"])

    response = client.get(url, headers={"Accept-Encoding": "gzip"})
    again = client.get(url, headers={"If-None-Match": response["ETag"]})

    assert json.loads(gzip.decompress(response.content)) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": "Clisson",
                    "url": "/territoires/COM-44043/",
                    "level": 3,
                    "here": True,
                },
                "geometry": json.loads(SQUARE),
            }
        ],
    }
    assert "Accept-Encoding" in response["Vary"]
    assert "public" in response["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")


def test_a_browser_without_gzip_gets_plain_outlines(client, clisson):
    response = client.get(reverse("territories:territory_geometry", args=["COM-44043"]))

    assert response.json() == {"type": "FeatureCollection", "features": []}


def test_the_outlines_of_nothing_are_not_found(client):
    url = reverse("territories:territory_geometry", args=["COM-99999"])

    assert client.get(url).status_code == 404


def test_the_list_says_when_nothing_is_loaded(client):
    page = client.get(reverse("territories:territory_list")).content.decode()

    assert "Les territoires ne sont pas encore chargés" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_much_for_three_regions_as_for_one(
    client, django_assert_num_queries, count
):
    for number in range(count):
        commune = TerritoryFactory()
        TerritoryFactory(department=True, code=f"{number:02}", communes=[commune])
        TerritoryFactory(region=True, code=f"{number:02}", communes=[commune])

    with django_assert_num_queries(7):
        page = client.get(reverse("territories:territory_list")).content.decode()

    assert page.count("Toute la région") == count
