"""Somebody who has never seen the site: territory, organisation, proposals, why."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import fits, sign_in, violations
from tests.e2e.world import vineyard
from tests.factories.alliances import MembershipFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
MOST_TABS = 60


@pytest.fixture
def association():
    return vineyard()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request, browser_page):
    browser_page.set_viewport_size(request.param)
    return browser_page


def check(page: Page) -> None:
    """Nothing overflows, and axe finds nothing wrong."""
    assert fits(page)
    assert violations(page) == []


def open_by_keyboard(page: Page, target: Locator) -> None:
    """Go to ``target`` with Tab alone and press Enter."""
    expect(target).to_have_count(1)
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert target.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_a_visitor_goes_from_a_territory_to_the_reasons_with_the_keyboard(
    page, live_server, association
):
    page.goto(live_server.url)
    where = page.get_by_role("combobox", name="Où")
    where.press_sequentially("cliss", delay=20)
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    where.press("ArrowDown")
    where.press("Enter")
    where.press("Enter")
    page.wait_for_url("**/territoires/COM-44043/")
    check(page)

    open_by_keyboard(
        page,
        page.get_by_role("link", name="Ses partenaires possibles : La Roue qui tourne"),
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("La Roue qui tourne")
    expect(page.get_by_role("article")).to_have_count(4)
    expect(page.get_by_text("Fonderie du Val propose un don")).to_be_visible()
    check(page)

    why = page.get_by_role(
        "link", name="Pourquoi cette proposition ? Fonderie du Val", exact=True
    )
    open_by_keyboard(page, why)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fonderie du Val")
    expect(page.get_by_role("heading", name="Quel type de partenariat")).to_be_visible()
    page.get_by_text("Comment ces nombres sont obtenus").last.click()
    expect(page.get_by_text("Les deux ensemble")).to_be_visible()
    expect(page.locator("[data-map-ready=done] canvas")).to_have_count(1)
    check(page)


def test_a_member_keeps_two_partners_and_compares_them(
    page, client, live_server, association
):
    member = MembershipFactory(organisation=association).user
    client.force_login(member)
    sign_in(page, client, live_server)

    page.goto(f"{live_server.url}/propositions/")
    page.get_by_role("checkbox", name="comparer Fonderie du Val").check()
    page.get_by_role(
        "link", name="Pourquoi cette proposition ? Ville de Clisson"
    ).click()
    expect(page.get_by_text("Les deux carrés des objectifs")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Garder pour comparer").click()
    page.get_by_role("checkbox", name="comparer Fonderie du Val").check()
    page.get_by_role("button", name="Comparer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Côte à côte")
    names = page.locator(".al-compare thead a").all_inner_texts()
    assert sorted(names) == ["Fonderie du Val", "Ville de Clisson"]
    check(page)


def test_a_type_changes_the_list_and_the_address_without_a_new_page(
    browser_page, live_server, association
):
    page = browser_page
    page.goto(f"{live_server.url}/propositions/{association.public_id}/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("link", name="Coopération économique").click()

    expect(page).to_have_url(re.compile(r"\?type=economic_cooperation$"))
    expect(page.get_by_text("Construire ensemble une offre commune")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


def test_the_same_journey_works_without_javascript(chromium, live_server, association):
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()

    page.goto(f"{live_server.url}/territoires/COM-44043/")
    page.get_by_role("link", name="La Roue qui tourne", exact=True).click()
    page.get_by_role("link", name="Voir les partenaires possibles").click()
    page.get_by_role("link", name="Mécénat").click()
    page.locator("summary", has_text="Choisir un lieu").click()
    page.get_by_label("Nature").select_option("company")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("checkbox", name="comparer Fonderie du Val").check()
    page.get_by_role("checkbox", name="comparer Transports Ménard").check()
    page.get_by_role("button", name="Comparer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Côte à côte")
    context.close()


def test_the_quieter_pages_are_accessible_too(page, live_server, association):
    for path in (
        "/propositions/",
        "/propositions/?q=roue",
        "/propositions/{own}/?nature=academic",
        "/propositions/{own}/?territoire=nulle-part&rayon=0",
        "/propositions/{own}/pourquoi/?q=fond",
        "/propositions/{own}/comparer/",
    ):
        page.goto(live_server.url + path.format(own=association.public_id))
        check(page)


def test_what_is_not_proposed_is_answered_accessibly(page, live_server, association):
    own = association.public_id
    page.goto(f"{live_server.url}/propositions/{own}/pourquoi/?q=chorale")

    page.get_by_role("link", name="Chorale des Coteaux").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "n’est pas dans les propositions"
    )
    check(page)
