import pytest
from django.urls import reverse

from tests.factories.alliances import MembershipFactory
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    association, company = worked_pair()
    compute()
    return association.organisation, company.organisation


def proposals(client, organisation, **query):
    address = reverse("api:proposal-list", args=[organisation.public_id])
    return client.get(address, query)


def components(side):
    return {each["component"]: each["value"] for each in side["components"]}


def test_members_read_the_stored_figures(client, pair):
    association, company = pair
    client.force_login(MembershipFactory(organisation=association).user)

    answer = proposals(client, association, type="patronage").json()

    (proposal,) = answer["results"]
    assert not answer["is_public"]
    assert proposal["partner"] == {
        "public_id": company.public_id,
        "name": "Entreprise",
        "kind": "company",
    }
    assert proposal["score"] == pytest.approx(0.7693, abs=5e-5)
    assert proposal["own"]["score"] == pytest.approx(0.8070, abs=5e-5)
    assert proposal["other"]["score"] == pytest.approx(0.7333, abs=5e-5)
    assert components(proposal["own"])["objectives"] == pytest.approx(0.8667, abs=5e-5)


def test_everybody_else_reads_what_both_publish(client, pair):
    answer = proposals(client, pair[0]).json()

    (proposal,) = answer["results"]
    assert answer["is_public"]
    assert components(proposal["own"])["objectives"] is None
    assert components(proposal["other"])["objectives"] is None


def test_a_territory_and_a_limit_narrow_the_list(client, pair):
    association, company = pair
    elsewhere = proposals(client, association, territory=company.seat.reference)
    limited = proposals(client, association, limit=1)

    assert [len(r.json()["results"]) for r in (elsewhere, limited)] == [1, 1]


@pytest.mark.parametrize(
    "query", [{"type": "friendship"}, {"territory": "COM-99999"}, {"limit": "0"}]
)
def test_a_wrong_parameter_is_refused_with_its_sentence(client, pair, query):
    response = proposals(client, pair[0], **query)

    assert (response.status_code, list(response.json())) == (400, list(query))


def test_an_unknown_organisation_answers_404(client):
    address = reverse("api:proposal-list", args=["zzzzzzzzzzzz"])

    assert client.get(address).status_code == 404
