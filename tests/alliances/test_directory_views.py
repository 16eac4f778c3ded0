"""The pages of the directory and of an organisation, as people and machines get them."""

import json
import re

import pytest
from django.urls import reverse

from alliances.enums import FragilityDomain, Means, Part
from alliances.models import Establishment, Intention, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.elevation import elevated_administrator
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
LIST = "/organisations/"
POINTS = "/organisations/points.geojson"
# Count, keys, rows, intentions and their four lists, establishments and communes.
LIST_QUERIES = 10
# One for the keys; the place, the field that shows it, its perimeters and communes.
SEARCH_QUERIES = 13
DETAIL_QUERIES = 9  # whom to speak to is one


@pytest.fixture
def clisson():
    return TerritoryFactory(
        name="Clisson", code="44043", latitude_deg=47.09, longitude_deg=-1.28
    )


@pytest.fixture
def garage(clisson):
    return IntentionFactory(
        organisation__name="Garage solidaire",
        organisation__summary="Des vélos réparés pour tous.",
        organisation__size="sme",
        organisation__seat=clisson,
        organisation__staff=42,
        organisation__values=["sobriété"],
        organisation__maturity=3,
        domains=[FragilityDomain.MOBILITY],
        offers=[Means.SKILLS_VOLUNTEERING],
        needs=[Means.DONATION],
        perimeter=[clisson],
        square_hr=40,
        square_stk=30,
        square_eco=20,
        square_inn=10,
    ).organisation


def page(client, query="", **headers):
    response = client.get(f"{LIST}?{query}", headers=headers)
    assert response.status_code == 200
    return response


def text_of(response) -> str:
    """The words of a page, spaces gathered."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare).replace(" ;", " ;")


def test_a_visitor_finds_who_helps_near_a_place_and_why(client, garage):
    text = text_of(page(client, "q=mobilite&territoire=COM-44043&rayon=20"))

    assert "1 organisation trouvée" in text
    assert "Garage solidaire" in text
    assert "agit sur : mobilité, transports · siège à Clisson" in text
    assert "À moins de 20 km de Clisson" in text


def test_the_reason_quotes_what_is_offered(client, garage):
    text = text_of(page(client, "offre=skills_volunteering"))

    assert "propose : bénévolat de compétences" in text


@pytest.mark.parametrize("part", [Part.DOMAINS, Part.MEANS, Part.PLACES, Part.SIZE])
def test_a_line_says_nothing_of_a_hidden_part(client, garage, part):
    told = {
        Part.DOMAINS: "Mobilité, transports",
        Part.MEANS: "Bénévolat de compétences",
        Part.PLACES: "Clisson",
        Part.SIZE: "petite ou moyenne",
    }[part]
    shown = results(page(client, "q=garage"))
    Organisation.objects.update(hidden_parts=[part])

    assert told in shown
    assert told not in results(page(client, "q=garage"))
    assert told not in results(page(client, "q=velos"))


def results(response) -> str:
    html = response.content.decode()
    return html[html.index('<ol class="al-list"') : html.index("</ol>")]


def test_the_fragment_is_what_the_page_holds(client, garage):
    query = "q=velo&territoire=COM-44043"

    fragment = page(client, query, hx_request="true")
    whole = page(client, query).content.decode()

    assert fragment.content.decode().strip() in whole
    assert fragment.headers["HX-Push-Url"] == f"{LIST}?{query}"


def test_going_back_gets_the_whole_page(client, garage):
    headers = {"hx_request": "true", "hx_history_restore_request": "true"}

    assert "<html" in page(client, "q=velo", **headers).content.decode()


def test_the_address_keeps_only_what_is_valid(client, garage):
    query = "q=velo&territoire=Clisson&rayon=&domaine=faux&nature=&autre=1"

    fragment = page(client, query, hx_request="true")

    assert fragment.headers["HX-Push-Url"] == f"{LIST}?q=velo&territoire=COM-44043"


def test_chips_remove_one_filter_each(client, garage):
    response = page(client, "q=velo&territoire=COM-44043&rayon=20&domaine=mobility")

    chips = response.context["chips"]
    assert [(chip.label, chip.remove_url) for chip in chips] == [
        ("« velo »", f"{LIST}?territoire=COM-44043&rayon=20&domaine=mobility"),
        ("À moins de 20 km de Clisson", f"{LIST}?q=velo&domaine=mobility"),
        (
            "Domaines : Mobilité, transports",
            f"{LIST}?q=velo&territoire=COM-44043&rayon=20",
        ),
    ]


def test_wrong_values_are_said_at_their_field_and_ignored(client, garage):
    response = page(client, "domaine=faux&rayon=9999&tri=hasard&territoire=Xyzzy")

    assert set(response.context["form"].errors) == {
        "domaine",
        "rayon",
        "tri",
        "territoire",
    }
    assert "Garage solidaire" in text_of(response)


def test_an_empty_answer_proposes_what_to_widen(client, garage):
    response = page(client, "q=garage&domaine=health")

    assert [link.label for link in response.context["widenings"]] == [
        "1 résultat sans le filtre « domaines »"
    ]
    assert "Aucune organisation trouvée" in text_of(response)


def test_a_commune_typed_among_the_words_is_understood(client, garage):
    response = page(client, "q=mobilité+à+Clisson")

    assert [(link.label, link.url) for link in response.context["widenings"]] == [
        (
            "1 résultat à moins de 20 km de Clisson",
            f"{LIST}?q=mobilite&rayon=20&territoire=COM-44043",
        )
    ]


def test_an_empty_directory_says_so(client):
    assert "L’annuaire est encore vide" in text_of(page(client))


HOSTILE = (
    "٣",
    "-1",
    "9" * 5_000,
    "'\"><script>",
    "{{7*7}}",
    "../../etc/passwd",
    "\u202e\u200f",
    "😀",
    "a" * 10_000,
    "\r\nX: 1",
    "& | ! :* <->",
    "FR-FR",
    "COM-٤٤",
    "(COM-44043)",
)


@pytest.mark.parametrize("address", [LIST, POINTS])
@pytest.mark.parametrize(
    "name",
    [
        *("q", "territoire", "rayon", "niveau", "nature", "domaine", "type", "offre"),
        *("besoin", "taille", "tri", "page", "name__startswith", "staff__gt"),
    ],
)
def test_hostile_values_never_break_a_page(client, garage, address, name):
    answers = [client.get(address, {name: text}).status_code for text in HOSTILE]

    assert answers == [200] * len(HOSTILE)


@pytest.mark.parametrize(("text", "status"), [("a%00b", 400), ("%ED%A0%80", 200)])
def test_texts_that_cannot_be_stored_are_refused_or_replaced(client, text, status):
    assert client.get(f"{LIST}?q={text}").status_code == status


@pytest.mark.parametrize(
    "lookup",
    [
        "staff=42",
        "staff__gt=1",
        "values__contains=sobri%C3%A9t%C3%A9",
        "memberships__user__email__startswith=a",
        "exclusions__reason__icontains=x",
        "hidden_parts=means",
        "siren__regex=.",
        "order_by=staff",
        "ordering=-maturity",
    ],
)
def test_parameters_that_are_not_listed_change_nothing(client, garage, lookup):
    OrganisationFactory(name="Autre")

    whole, tried = page(client), page(client, lookup)

    assert results(tried) == results(whole)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_a_fixed_number_of_queries(
    client, django_assert_num_queries, clisson, count
):
    many_organisations(count, clisson)

    with django_assert_num_queries(LIST_QUERIES):
        page(client)


@pytest.mark.parametrize("count", [10, 100])
def test_a_search_costs_a_fixed_number_of_queries(
    client, django_assert_num_queries, clisson, count
):
    many_organisations(count, clisson)

    with django_assert_num_queries(SEARCH_QUERIES):
        page(client, "q=nom&territoire=COM-44043")


def many_organisations(count, place) -> list[Organisation]:
    made = []
    for rank in range(count):
        intention = IntentionFactory(
            organisation__name=f"Nom {rank}", organisation__seat=place
        )
        intention.perimeter.add(place)
        Establishment.objects.create(organisation=intention.organisation, commune=place)
        made.append(intention.organisation)
    return made


def test_points_are_grouped_by_commune_and_leave_out_hidden_places(client, clisson):
    for hidden in ([], [], [Part.PLACES]):
        OrganisationFactory(seat=clisson, hidden_parts=hidden)
    alone = OrganisationFactory(name="Seule", seat__name="Vertou")

    collection = json.loads(client.get(POINTS).content)

    assert collection["truncated"] is False
    assert [feature["properties"] for feature in collection["features"]] == [
        {
            "name": "Clisson : 2 organisations",
            "url": f"{LIST}?niveau=dans&territoire=COM-44043",
            "kind": "",
            "count": 2,
        },
        {
            "name": "Seule – Vertou",
            "url": f"{LIST}{alone.public_id}/",
            "kind": "association",
            "count": 1,
        },
    ]


def test_points_are_cut_and_say_so(client, monkeypatch):
    monkeypatch.setattr("alliances.selectors.points.MAX_POINTS", 1)
    OrganisationFactory.create_batch(2)

    collection = json.loads(client.get(POINTS).content)

    assert (len(collection["features"]), collection["truncated"]) == (1, True)


def detail(client, organisation):
    return client.get(
        reverse("alliances:organisation_detail", args=[organisation.public_id])
    )


def test_a_visitor_reads_the_public_parts_alone(client, garage):
    text = text_of(detail(client, garage))

    for public in (
        "Garage solidaire",
        "Mobilité, transports",
        "Bénévolat de compétences",
        "Siège : Clisson",
        "petite ou moyenne",
    ):
        assert public in text
    for withheld in ("sobriété", "Partenariats stratégiques", "priorité", "42"):
        assert withheld not in text.replace("44042", "")
    assert "se découvrent entre partenaires" in text


def test_a_member_reads_every_part_and_may_edit(client, garage):
    user = UserFactory()
    MembershipFactory(user=user, organisation=garage)
    client.force_login(user)

    response = detail(client, garage)

    text = text_of(response)
    for private in ("sobriété", "Partenariats stratégiques", "Effectif salarié 42"):
        assert private in text
    assert response.context["profile"].projects[0].square == (40, 30, 20, 10)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (Part.DOMAINS, "Mobilité, transports"),
        (Part.MEANS, "Bénévolat de compétences"),
        (Part.TYPES, "Coopération économique"),
        (Part.PLACES, "Clisson"),
        (Part.SIZE, "petite ou moyenne"),
    ],
)
def test_a_hidden_part_is_not_on_the_page_nor_on_its_map(client, garage, part, told):
    address = reverse("alliances:organisation_places", args=[garage.public_id])
    shown = text_of(detail(client, garage)), client.get(address).content.decode()
    Organisation.objects.update(hidden_parts=[part])

    hidden = text_of(detail(client, garage)), client.get(address).content.decode()

    assert told in "".join(shown)
    assert told not in "".join(hidden)


def test_drafts_are_shown_to_members_alone(client, garage):
    IntentionFactory(
        organisation=garage, is_default=False, title="Secret", state="draft"
    )
    before = text_of(detail(client, garage))
    user = UserFactory()
    MembershipFactory(user=user, organisation=garage)
    client.force_login(user)

    assert ["Secret" in before, "Secret" in text_of(detail(client, garage))] == [
        False,
        True,
    ]


def test_an_archived_organisation_has_no_page_for_anybody(client, garage):
    Organisation.objects.update(archived_at="2026-01-01T00:00Z")

    statuses = [detail(client, garage).status_code]
    client.force_login(elevated_administrator())
    statuses.append(detail(client, garage).status_code)
    statuses.append(client.get(f"{LIST}inconnue/").status_code)

    assert statuses == [404, 404, 404]


def test_an_organisation_that_says_nothing_has_a_page(client):
    text = text_of(detail(client, OrganisationFactory(seat=None)))

    assert "Rien n’est encore demandé ni proposé" in text
    assert "ne s’est pas encore présentée" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_a_fixed_number_of_queries(
    client, django_assert_num_queries, garage, clisson, count
):
    for rank in range(count):
        IntentionFactory(
            organisation=garage, is_default=False, perimeter=[clisson], title=str(rank)
        )
        Establishment.objects.create(organisation=garage, commune=clisson)

    with django_assert_num_queries(DETAIL_QUERIES):
        detail(client, garage)


def test_a_website_that_is_not_one_is_never_a_link(client, garage):
    Organisation.objects.update(website="javascript:alert(1)")

    assert 'href="javascript' not in detail(client, garage).content.decode()


def test_a_fictitious_organisation_says_so_everywhere(client, garage):
    Organisation.objects.update(is_fictitious=True)

    assert "fictive" in results(page(client))
    assert "Fictive – démonstration" in text_of(detail(client, garage))
    assert Intention.objects.count() == 1
