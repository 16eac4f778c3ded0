"""The pages of a catalyst who suggests, and of the organisations that are suggested."""

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import Part
from alliances.models import Interest, Suggestion
from alliances.selectors.suggestions import MONTHLY_SUGGESTIONS
from alliances.services import introductions as services
from jobs.services import drain
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.introductions import InterestFactory
from tests.factories.suggestions import catalyst_of, suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

LIST = "/suggestions/"


@pytest.fixture
def commune():
    return TerritoryFactory(name="Ici")


@pytest.fixture
def around(commune):
    return TerritoryFactory(epci=True, name="Autour d’Ici", communes=[commune])


@pytest.fixture
def catalyst(around):
    return catalyst_of(around, name="Maëlle Rivière")


@pytest.fixture
def browser(client, catalyst):
    client.force_login(catalyst)
    return client


@pytest.fixture
def one(commune):
    return MembershipFactory(
        organisation__name="Une", organisation__seat=commune
    ).organisation


@pytest.fixture
def other(commune):
    return MembershipFactory(
        organisation__name="Autre", organisation__seat=commune
    ).organisation


@pytest.fixture
def member(client, one):
    client.force_login(one.memberships.get().user)
    return client


@pytest.fixture
def suggestion(one, other, catalyst, around):
    return suggestion_of(one, other, by=catalyst, territory=around, reason="ZQmots")


def create_url(one, other):
    return reverse("alliances:suggestion_create", args=[one.public_id, other.public_id])


def text(response):
    return response.content.decode()


def listed(browser, sort):
    return text(browser.get(LIST, {"liste": sort}))


def test_a_catalyst_goes_from_an_organisation_to_a_suggestion(browser, one, other):
    sheet = text(browser.get(f"/organisations/{one.public_id}/"))
    assert f"/suggestions/nouvelle/{one.public_id}/" in sheet
    choices = text(browser.get(f"/suggestions/nouvelle/{one.public_id}/", {"q": "Aut"}))
    assert create_url(one, other) in choices
    assert "vos mots, lus par les deux" in text(browser.get(create_url(one, other)))

    page = text(
        browser.post(
            create_url(one, other),
            {"pourquoi": "Le même quartier.", "signer": "on"},
            follow=True,
        )
    )

    assert "sera transmise à Une et à Autre" in page
    made = Suggestion.objects.get()
    assert (made.reason, made.is_signed) == ("Le même quartier.", True)
    assert "Le même quartier." in page


def test_a_suggestion_without_words_is_not_made(browser, one, other):
    response = browser.post(create_url(one, other), {"pourquoi": "  "})

    assert response.status_code == 422
    assert "Dites pourquoi en une phrase" in text(response)
    assert not Suggestion.objects.exists()


def test_the_same_pair_again_keeps_the_words_and_says_why(
    browser, one, other, suggestion
):
    response = browser.post(create_url(other, one), {"pourquoi": "Mes mots."})

    assert response.status_code == 422
    assert "déjà été suggérée" in text(response)
    assert "Mes mots." in text(response)


def test_a_month_that_is_over_says_so(browser, one, other, catalyst, around):
    for _ in range(MONTHLY_SUGGESTIONS):
        suggestion_of(
            OrganisationFactory(), OrganisationFactory(), by=catalyst, territory=around
        )

    response = browser.post(create_url(one, other), {"pourquoi": "Mes mots."})

    assert response.status_code == 422
    assert "toutes vos suggestions du mois" in text(response)
    assert "Il vous reste 0" in text(browser.get(LIST))


def test_an_organisation_of_ones_own_or_of_elsewhere_is_refused(
    browser, one, other, catalyst
):
    MembershipFactory(organisation=one, user=catalyst)
    elsewhere = OrganisationFactory(seat=TerritoryFactory())

    own = browser.post(create_url(one, other), {"pourquoi": "Mes mots."})

    assert (own.status_code, "Vous êtes membre" in text(own)) == (422, True)
    assert browser.get(create_url(one, elsewhere)).status_code == 404
    assert browser.get(create_url(one, one)).status_code == 404


def test_nobody_is_found_where_they_hide_that_they_are(browser, one, other):
    other.hidden_parts = [Part.PLACES]
    other.save()

    sheet = text(browser.get(f"/organisations/{other.public_id}/"))
    choices = text(browser.get(f"/suggestions/nouvelle/{one.public_id}/"))

    assert "/suggestions/nouvelle/" not in sheet
    assert other.public_id not in choices
    assert browser.get(create_url(one, other)).status_code == 404
    assert browser.get(create_url(other, one)).status_code == 404


def test_a_pair_of_two_mandates_is_refused_with_its_reason(client):
    here, there = TerritoryFactory(name="Ici"), TerritoryFactory(name="Là")
    client.force_login(catalyst_of(here, there))
    pair = [OrganisationFactory(seat=seat) for seat in (here, there)]

    response = client.post(create_url(*pair), {"pourquoi": "Mes mots."})

    assert response.status_code == 422
    assert "un même territoire" in text(response)


@pytest.mark.parametrize("address", [LIST, "/suggestions/nouvelle/"])
def test_whoever_is_no_catalyst_finds_no_such_page(member, one, address):
    IntentionFactory(organisation=one)
    assert member.get(address).status_code == 403
    assert "suggestions/" not in text(member.get("/organisations/miennes/"))


def test_the_list_tells_what_opened_and_nothing_of_answers(
    browser, one, other, suggestion
):
    before = listed(browser, "waiting")
    assert "ZQmots" in before
    InterestFactory(organisation=one, other=other)
    InterestFactory(organisation=other, other=one, answer=Interest.Answer.NO)
    after = listed(browser, "waiting")

    assert without_token(after) == without_token(before)

    Interest.objects.filter(organisation=other).update(answer=Interest.Answer.YES)
    services.open_waiting()
    assert "ZQmots" not in listed(browser, "waiting")
    assert "Toutes les deux ont dit oui" in listed(browser, "opened")


def without_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_catalyst_withdraws_and_both_sides_read_it_no_more(
    browser, one, other, suggestion
):
    url = reverse("alliances:suggestion_withdraw", args=[suggestion.public_id])

    assert "est retirée" in text(browser.post(url, follow=True))
    assert "n’attendait plus" in text(browser.post(url, follow=True))
    assert "Vous l’avez retirée" in listed(browser, "withdrawn")
    browser.force_login(one.memberships.get().user)
    assert "ZQmots" not in text(browser.get(received_url(one)))


def test_what_expired_is_told_as_such(browser, one, other, catalyst, around):
    suggestion_of(one, other, by=catalyst, territory=around, days_ago=91)

    assert "Éteinte sans mise en relation" in listed(browser, "expired")


def test_another_catalyst_neither_reads_nor_withdraws_it(client, suggestion, around):
    client.force_login(catalyst_of(around))
    url = reverse("alliances:suggestion_withdraw", args=[suggestion.public_id])

    assert "ZQmots" not in listed(client, "waiting")
    assert client.post(url).status_code == 404


def received_url(own):
    url = reverse("alliances:relation_list", args=[own.public_id])
    return f"{url}?liste=suggestions"


def test_the_organisation_reads_who_where_and_why_and_answers_there(
    member, one, other, suggestion
):
    page = text(member.get(received_url(one)))

    assert "Le catalyseur du territoire «\u202fAutour d’Ici\u202f»" in page
    assert "vous suggère de rencontrer Autre" in page
    assert "ZQmots" in page
    assert "Maëlle" not in page
    assert "Vous n’avez pas encore répondu à la suggestion reçue" in page
    url = reverse("alliances:interest_answer", args=[one.public_id, other.public_id])
    assert "ZQmots" in text(member.get(url))

    page = text(
        member.post(url, {"reponse": "no", "retour": received_url(one)}, follow=True)
    )

    assert "Vous avez répondu «\u202fpas pour nous\u202f»" in page
    assert "Vous avez répondu à la suggestion reçue" in page


def test_a_signed_suggestion_names_who_signed_while_they_are_there(
    member, one, suggestion, catalyst
):
    Suggestion.objects.update(is_signed=True)
    assert "Maëlle Rivière, catalyseur du territoire" in text(
        member.get(received_url(one))
    )

    catalyst.is_active = False
    catalyst.save()
    assert "Maëlle" not in text(member.get(received_url(one)))


def test_what_is_held_back_shows_nowhere(member, one, other, suggestion):
    Suggestion.objects.update(delivered_at=None)
    url = reverse("alliances:interest_answer", args=[one.public_id, other.public_id])

    assert "ZQmots" not in text(member.get(received_url(one)))
    assert "Aucune suggestion en ce moment" in text(member.get(received_url(one)))
    assert "ZQmots" not in text(member.get(url))


def more_like(suggestion, length):
    for _ in range(length):
        suggestion_of(
            suggestion.low,
            OrganisationFactory(),
            by=suggestion.by,
            territory=suggestion.territory,
        )


@pytest.mark.parametrize("length", [2, 12])
def test_a_longer_list_costs_no_more_queries(
    browser, suggestion, length, django_assert_num_queries
):
    more_like(suggestion, length)
    browser.get(LIST)

    with django_assert_num_queries(11):
        browser.get(LIST)


@pytest.mark.parametrize("length", [2, 12])
def test_more_suggestions_received_cost_no_more_queries(
    member, one, suggestion, length, django_assert_num_queries
):
    more_like(suggestion, length)
    member.get(received_url(one))

    with django_assert_num_queries(26):
        page = text(member.get(received_url(one)))
    assert f"Vous avez répondu à 0 des {length + 1} suggestions reçues" in page


def test_the_job_delivers_what_a_page_suggested(browser, one, other):
    browser.post(create_url(one, other), {"pourquoi": "Le même quartier."})
    drain()

    assert Suggestion.objects.get().delivered_at <= timezone.now()
