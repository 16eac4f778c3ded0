"""A second project added, described and proposed, in a real browser."""

import pytest
from playwright.sync_api import expect

from alliances.models import Intention
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1440)


def check(page):
    """Nothing overflows, narrow or wide, and axe finds nothing wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert violations(page) == []


@pytest.fixture
def own(client):
    """A member's association, and a company that suits it."""
    seat = TerritoryFactory(
        name="Clisson", code="44043", latitude_deg=47.1, longitude_deg=-1.3
    )
    TerritoryFactory(department=True, code="44", name="Loire", communes=[seat])
    membership = MembershipFactory(
        organisation__name="Vélos de la Loire",
        organisation__seat=seat,
        organisation__general_interest=True,
    )
    IntentionFactory(organisation=membership.organisation)
    IntentionFactory(
        organisation__name="Ateliers du Sillon",
        organisation__kind="company",
        organisation__seat=seat,
        offers=["donation"],
        needs=["networks"],
    )
    client.force_login(membership.user)
    return membership.organisation


def test_a_second_project_is_added_described_and_proposed(
    browser_page, live_server, client, own
):
    page = browser_page
    sign_in(page, client, live_server)
    page.goto(f"{live_server.url}/organisations/miennes/")
    check(page)
    page.get_by_role("link", name="Ajouter un autre projet").click()
    check(page)
    page.get_by_label("Comment appelez-vous ce projet").fill("Jardins partagés")
    page.get_by_role("button", name="Continuer").click()
    for title in (
        "Où ce projet se passe",
        "Les sujets de ce projet",
        "Le carré des objectifs de ce projet",
        "Ce qu’il demande, ce que vous y apportez",
        "À quoi ce projet est ouvert",
    ):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        check(page)
        page.get_by_role("button", name="Enregistrer et").click()
    expect(page.get_by_text("vous seuls le voyez")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Proposer ce projet").click()
    expect(page.get_by_text("va être proposé à des partenaires")).to_be_visible()
    page.get_by_text("Mettre en pause, clore").last.click()
    check(page)
    assert Intention.objects.filter(organisation=own, state="open").count() == 2

    compute()
    page.goto(f"{live_server.url}/propositions/{own.public_id}/")
    page.get_by_text("Choisir un projet, un lieu").click()
    check(page)
    page.get_by_label("Pour quel projet").select_option("Jardins partagés")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_text("Pour votre projet")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Pourquoi cette proposition").click()
    expect(page.get_by_role("navigation", name="Projet")).to_be_visible()
    check(page)
