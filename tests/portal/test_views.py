import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain, Part
from alliances.models import Intention
from portal.selectors import actors
from territories.models import FormerCode
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def detail(territory):
    return reverse("portal:territory_detail", args=[territory.reference])


def text(response):
    return response.content.decode()


@pytest.fixture
def clisson():
    return TerritoryFactory(code="44043", name="Clisson")


@pytest.fixture
def vineyard(clisson):
    """An intercommunalité of two communes."""
    gorges = TerritoryFactory(code="44063", name="Gorges")
    return TerritoryFactory(
        epci=True, name="CA du Vignoble", communes=[clisson, gorges]
    )


def test_home_says_what_this_is_and_asks_where(client):
    page = text(client.get("/"))

    assert "Des partenaires compatibles" in page
    assert 'name="territoire"' in page
    assert "Ce que je faisais" not in page


def test_a_place_leads_to_its_page(client, clisson):
    response = client.get("/", {"territoire": "clisson", "domaine": ""})

    assert response.headers["Location"] == detail(clisson)


def test_a_place_and_a_subject_lead_to_the_directory(client, clisson):
    response = client.get("/", {"territoire": "clisson", "domaine": "mobility"})

    assert response.headers["Location"] == (
        reverse("alliances:organisation_list")
        + "?territoire=COM-44043&domaine=mobility"
    )


def test_an_uncertain_place_asks_which(client, clisson):
    TerritoryFactory(code="99999", name="Clisson", population=5)

    page = text(client.get("/", {"territoire": "Clisson"}))

    assert "vouliez-vous dire" in page
    assert page.count('type="radio"') == 2


@pytest.mark.parametrize("value", ["", "zzzz", "%", "x" * 9_000, "٤٤٠٤٣"])
def test_a_place_that_is_none_stays_on_the_page(client, clisson, value):
    response = client.get("/", {"territoire": value, "domaine": "n’importe"})

    assert response.status_code == 200
    assert "errorlist" in text(response)


def test_a_member_finds_their_organisations_again(client):
    membership = MembershipFactory(organisation__name="Atelier vélo")
    OrganisationFactory(name="Une autre")
    client.force_login(membership.user)

    page = text(client.get("/"))

    assert "Ce que je faisais" in page
    assert "Atelier vélo" in page
    assert "Une autre" not in page


def test_a_person_without_an_organisation_is_told_what_to_do(client):
    client.force_login(UserFactory())

    assert "Vous n’agissez encore pour aucune organisation" in text(client.get("/"))


def test_a_territory_says_what_it_contains_and_what_it_is_part_of(client, vineyard):
    region = TerritoryFactory(
        region=True, name="Pays de la Loire", communes=vineyard_communes(vineyard)
    )

    page = text(client.get(detail(vineyard)))

    assert all(name in page for name in ("Clisson", "Gorges", region.name))
    assert "Personne ne s’est encore fait connaître ici" in page


def vineyard_communes(territory):
    return [containment.commune for containment in territory.containments.all()]


def test_a_grouping_over_the_border_is_said_to_share_some_communes(client, clisson):
    outside = TerritoryFactory(name="Ailleurs")
    department = TerritoryFactory(
        department=True, communes=[clisson, TerritoryFactory()]
    )
    TerritoryFactory(epci=True, name="CC du Bord", communes=[clisson, outside])

    page = text(client.get(detail(department)))

    assert "CC du Bord" in page
    assert "(1 communes sur 2)" in page


def test_a_former_commune_leads_to_its_successor_and_says_so(client, clisson):
    FormerCode.objects.create(
        code="44999", kind="delegated", name="Vieux-Bourg", territory=clisson
    )

    response = client.get("/territoires/COM-44999/", follow=True)

    assert response.redirect_chain == [
        ("/territoires/COM-44043/?ancien=COM-44999", 302)
    ]
    assert "Vieux-Bourg (44999) fait aujourd’hui partie" in text(response)


@pytest.mark.parametrize("former", ["COM-99999", "DEP-44", "n’importe", "%", "x" * 999])
def test_an_address_cannot_make_the_page_say_something_false(client, clisson, former):
    response = client.get(detail(clisson), {"ancien": former})

    assert response.status_code == 200
    assert "fait aujourd’hui partie" not in text(response)


@pytest.mark.parametrize(
    "reference", ["COM-99999", "COM-44043x", "XXX-1", "COM-%00", "PRJ-", "PRJ-zzz"]
)
def test_an_unknown_territory_is_not_found(client, clisson, reference):
    assert client.get(f"/territoires/{reference}/").status_code in {400, 404}


def test_who_acts_there_is_counted_by_nature_and_by_subject(client, vineyard, clisson):
    IntentionFactory(
        organisation__seat=clisson,
        organisation__kind=ActorKind.COMPANY,
        domains=[FragilityDomain.MOBILITY, FragilityDomain.HEALTH],
    )
    IntentionFactory(perimeter=[vineyard], domains=[FragilityDomain.HEALTH])
    IntentionFactory(domains=[FragilityDomain.CULTURE_LEISURE])  # elsewhere
    person = UserFactory()

    found = actors(person, vineyard)

    assert found.count == 2
    assert [(tally.code, tally.count) for tally in found.kinds] == [
        ("association", 1),
        ("company", 1),
    ]
    assert [(tally.code, tally.count) for tally in found.domains] == [
        ("health", 2),
        ("mobility", 1),
    ]


def test_every_figure_is_what_the_directory_finds(client, vineyard, clisson):
    IntentionFactory(organisation__seat=clisson, domains=[FragilityDomain.HEALTH])
    IntentionFactory(perimeter=[vineyard], domains=[FragilityDomain.HEALTH])

    page = text(client.get(detail(vineyard)))
    address = f"?territoire={vineyard.reference}&amp;domaine=health"
    listed = client.get(
        reverse("alliances:organisation_list"),
        {"territoire": vineyard.reference, "domaine": "health"},
    )

    assert address in page
    assert listed.context["answer"].count == actors(UserFactory(), vineyard).count == 2


def test_what_is_hidden_or_archived_is_not_found_out(vineyard, clisson):
    IntentionFactory(
        organisation__seat=clisson, organisation__hidden_parts=[Part.PLACES]
    )
    IntentionFactory(
        organisation__seat=clisson, organisation__hidden_parts=[Part.DOMAINS]
    )
    IntentionFactory(
        organisation__seat=clisson, organisation__archived_at="2026-01-01T00:00Z"
    )
    IntentionFactory(organisation__seat=clisson, state=Intention.State.DRAFT)

    found = actors(UserFactory(), vineyard)

    assert (found.count, found.domains) == (2, ())


@pytest.mark.parametrize("count", [1, 3])
def test_a_territory_costs_as_much_for_three_organisations_as_for_one(
    client, django_assert_num_queries, vineyard, clisson, count
):
    for _ in range(count):
        IntentionFactory(organisation__seat=clisson)

    with django_assert_num_queries(8):
        response = client.get(detail(vineyard))

    assert response.context["actors"].count == count
