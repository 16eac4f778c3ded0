import pytest
from django.urls import reverse

from alliances.enums import Part
from alliances.models import Exclusion
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bicycles():
    place = TerritoryFactory(code="44184", name="Saint-Nazaire")
    organisation = OrganisationFactory(name="Vélos", seat=place, size="micro")
    IntentionFactory(organisation=organisation, title="Réparer", perimeter=[place])
    return organisation


def detail(client, organisation):
    address = reverse("api:organisation-detail", args=[organisation.public_id])
    return client.get(address)


def test_an_organisation_tells_its_public_parts(client, bicycles):
    record = detail(client, bicycles).json()

    intention = bicycles.intentions.get()
    path = reverse("alliances:organisation_detail", args=[bicycles.public_id])
    assert record == {
        "public_id": bicycles.public_id,
        "url": f"http://testserver{path}",
        "name": "Vélos",
        "kind": "association",
        "sub_kind": "",
        "summary": "",
        "website": "",
        "seat": "COM-44184",
        "establishments": [],
        "size": "micro",
        "is_fictitious": False,
        "intentions": [
            {
                "public_id": intention.public_id,
                "title": "Réparer",
                "is_default": True,
                "state": "open",
                "paused_until": None,
                "perimeter": ["COM-44184"],
                "domains": [{"domain": "mobility", "weight": 10}],
                "types": [
                    "patronage",
                    "responsible_practices",
                    "economic_cooperation",
                    "societal_innovation",
                ],
                "needs": [{"means": "donation", "note": "", "territory": None}],
                "offers": [{"means": "networks", "note": "", "territory": None}],
            }
        ],
    }


def test_what_an_organisation_hides_is_null(client, bicycles):
    bicycles.hidden_parts = [Part.PLACES, Part.MEANS, Part.SIZE, Part.DOMAINS]
    bicycles.save()

    record = detail(client, bicycles).json()

    intention = record["intentions"][0]
    assert (record["seat"], record["establishments"], record["size"]) == (None,) * 3
    assert {
        intention[name] for name in ("perimeter", "domains", "needs", "offers")
    } == {None}


def test_a_private_part_is_not_there_even_for_members(client, bicycles):
    Exclusion.objects.create(organisation=bicycles, sector="armement", reason="non")
    bicycles.values = ["sobriété"]
    bicycles.save()

    text = detail(client, bicycles).text

    assert "armement" not in text
    assert "sobriété" not in text
    assert "square" not in text


def test_the_list_has_the_filters_of_the_directory(client, bicycles):
    OrganisationFactory(name="Ailleurs", kind="company")

    def names(**query):
        rows = client.get(reverse("api:organisation-list"), query).json()["results"]
        return [row["name"] for row in rows]

    assert names() == ["Ailleurs", "Vélos"]
    assert names(nature="company") == ["Ailleurs"]
    assert names(domaine="mobility") == ["Vélos"]
    assert names(territoire="COM-44184") == ["Vélos"]


@pytest.mark.parametrize(
    "query", [{"nature": "planet"}, {"territoire": "COM-99999"}, {"rayon": "٣٥"}]
)
def test_a_wrong_filter_is_refused_with_its_sentence(client, query):
    response = client.get(reverse("api:organisation-list"), query)

    assert response.status_code == 400
    assert list(response.json()) == list(query)


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_costs_no_more_queries(client, django_assert_num_queries, count):
    IntentionFactory.create_batch(count)

    # count, page, intentions, domains, perimeters, needs, offers, establishments
    with django_assert_num_queries(8):
        client.get(reverse("api:organisation-list"))


def test_a_percent_sign_in_the_name_of_a_place_is_refused_with_its_sentence(client):
    response = client.get("/api/v1/organisations/", {"territoire": "100 %s"})

    assert response.status_code == 400
    assert "100 %s" in response.json()["territoire"][0]
