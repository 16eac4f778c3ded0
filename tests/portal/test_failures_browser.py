"""What a page says when what it sends by itself is not done."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from alliances.description.steps import Step
from alliances.models import Message
from tests.browser import fits, sign_in, violations
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.conversations import Pair

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 1440]
WRITTEN = "Pouvons-nous passer mardi ?"


@pytest.fixture
def page(chromium):
    """A phone whose console may say what failed."""
    page = chromium.new_page(viewport={"width": 360, "height": 740}, locale="fr-FR")
    yield page
    page.close()


@pytest.fixture
def pair():
    return Pair()


@pytest.fixture
def conversation(page, client, live_server, pair):
    """The page of an introduction, with a message that is about to be sent."""
    client.force_login(pair.camille)
    sign_in(page, client, live_server)
    url = reverse("alliances:introduction_detail", args=pair.keys())
    page.goto(live_server.url + url)
    page.wait_for_load_state("load")
    page.locator("[name=body]").fill(WRITTEN)
    return page


def answer(page, status, **fields):
    page.route(
        "**/messages/", lambda route: route.fulfill(status=status, body="", **fields)
    )


def send(page):
    page.get_by_role("button", name="Envoyer").click()


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (429, {"Retry-After": "150"}, "recommencez dans 3 min."),
        (403, {}, "vos droits ont changé"),
        (404, {}, "ne vous est plus ouvert"),
        (413, {}, "allégez les pièces jointes"),
        (500, {}, "Le site n’a pas pu répondre."),
        (502, {}, "Le site n’a pas pu répondre."),
        (400, {}, "Le site n’a pas accepté cette demande"),
    ],
)
def test_a_refusal_says_what_happened_and_what_to_do(
    conversation, status, headers, sentence
):
    answer(conversation, status, headers=headers)

    send(conversation)

    alert = conversation.get_by_role("alert").filter(has_text="Non fait")
    expect(alert).to_contain_text(sentence)
    expect(conversation.locator("[name=body]")).to_have_value(WRITTEN)


def test_a_lost_connection_is_told_until_it_comes_back(conversation):
    conversation.context.set_offline(True)
    send(conversation)
    alert = conversation.locator("#failures")
    expect(alert).to_contain_text("La connexion est coupée")

    conversation.context.set_offline(False)
    send(conversation)

    expect(alert).to_be_empty()
    expect(conversation.get_by_text("Votre message est parti.")).to_be_visible()
    assert Message.objects.get().body == WRITTEN


def test_a_session_that_ended_leaves_the_message_on_the_page(conversation):
    Session.objects.all().delete()

    send(conversation)

    expect(conversation.locator("#failures")).to_contain_text(
        "Votre session a pris fin"
    )
    expect(conversation.locator("[name=body]")).to_have_value(WRITTEN)
    assert not Message.objects.exists()


def test_a_session_that_ended_is_told_to_whoever_describes(page, client, live_server):
    organisation = IntentionFactory().organisation
    client.force_login(MembershipFactory(organisation=organisation).user)
    sign_in(page, client, live_server)
    step = [organisation.public_id, Step.IDENTITY]
    page.goto(live_server.url + reverse("alliances:organisation_step", args=step))
    page.wait_for_load_state("load")
    Session.objects.all().delete()

    page.locator("[name=summary]").fill("Nous réparons des vélos.")
    page.locator("[name=summary]").press("Tab")

    expect(page.locator("#failures")).to_contain_text("Votre session a pris fin")
    expect(page.locator("#save-status")).to_have_text(
        "Pas enregistré. Ce que vous écrivez reste ici\u202f; enregistrez dès que possible."
    )


def test_what_cannot_be_stored_is_said_in_the_words_of_the_site(conversation):
    conversation.locator("[name=body]").fill("a")
    conversation.route(
        "**/messages/",
        lambda route: route.continue_(
            post_data=route.request.post_data_buffer.replace(
                b"\r\na\r\n", b"\r\n\0\r\n"
            )
        ),
    )

    send(conversation)

    expect(conversation.locator("#failures")).to_contain_text(
        "Ce texte contient des caractères invisibles"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_said_is_closed_by_keyboard_and_hides_nothing(conversation, width):
    conversation.set_viewport_size({"width": width, "height": 740})
    answer(conversation, 503)
    send(conversation)
    close = conversation.get_by_role("button", name="Fermer")
    expect(close).to_be_visible()

    assert fits(conversation)
    assert violations(conversation) == []
    close.press("Enter")

    expect(conversation.locator("#failures")).to_be_empty()
