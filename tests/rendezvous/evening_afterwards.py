"""After an evening: two go on and sign, somebody hesitates, the host reads the figures."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import Page

from tests.rendezvous.evening_plot import Evening
from tests.rendezvous.evening_screens import sent_twice

ONCE = [200, 200]  # what two equal forms are answered: no error page


def two_go_on_and_sign(evening: Evening) -> None:
    """Each answer, card and signature is sent twice; somebody else says maybe."""
    cast, phones = evening.cast, evening.screens.phones
    one, other = phones[cast.one], phones[cast.other]
    answer(one, 1, "Je veux continuer")
    one.get_by_text("Vous seuls la lisez").first.wait_for()
    answer(other, 1, "Je veux continuer")
    answer(phones[cast.alone], 2, "Peut-être")
    write_the_card(other, caller=cast.one)
    sign_the_card(one)


def answer(phone: Page, number: int, words: str) -> None:
    """Say, twice at once, what one wants after the meeting of a round."""
    slot = phone.locator(f".al-programme > li[data-live-slot='{number}']")
    assert sent_twice(slot.get_by_role("button", name=words)) == ONCE
    phone.reload()


def write_the_card(phone: Page, *, caller: str) -> None:
    """Write it, and send it twice at once."""
    phone.get_by_role("link", name="La fiche d’engagement et la suite").click()
    phone.get_by_label(caller, exact=True).check()
    due_on = timezone.localdate() + dt.timedelta(days=5)
    phone.get_by_label("Avant le").fill(due_on.isoformat())
    phone.get_by_label("Pour quoi faire").fill("Visiter l’atelier")
    assert sent_twice(phone.get_by_role("button", name="Enregistrer et signer")) == ONCE
    phone.reload()
    phone.get_by_text("Signée par vous").wait_for()


def sign_the_card(phone: Page) -> None:
    """Sign it in two tabs, the second of which does not know that it is signed."""
    phone.reload()
    phone.get_by_role("link", name="La fiche d’engagement et la suite").click()
    phone.get_by_role("button", name="Signer la fiche").wait_for()
    other_tab = phone.context.new_page()
    other_tab.goto(phone.url)
    other_tab.get_by_role("button", name="Signer la fiche").wait_for()
    for tab in (phone, other_tab):
        tab.get_by_role("button", name="Signer la fiche").click()
        tab.get_by_text("Signée des deux côtés").wait_for()


def figures_on(page: Page) -> dict[str, str]:
    """Return the figures of the report, as one reads them."""
    lines = page.locator(".al-funnel").first.locator("li p").all_inner_texts()
    facts = zip(
        page.locator(".al-session-facts dt").all_inner_texts(),
        page.locator(".al-session-facts dd").all_inner_texts(),
        strict=True,
    )
    read = dict(line.strip().rsplit(maxsplit=1) for line in lines)
    return read | {term.strip(): value.strip() for term, value in facts}
