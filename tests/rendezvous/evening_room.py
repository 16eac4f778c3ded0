"""What is done in the room: at the door before the first round, and when people leave."""

from playwright.sync_api import Page

from rendezvous.models import Attendee
from rendezvous.selectors.arrivals import arrival_address
from tests.rendezvous.evening_plot import PHONE, Evening, person, table_to_lose


def the_door_is_held(evening: Evening) -> None:
    """By name with the keyboard, by the code of a phone, by a tap; one is absent."""
    cast = evening.cast
    evening.door = door = evening.as_host("accueil/", PHONE)
    door.locator("#id_q:focus").wait_for()
    door.keyboard.type(person(cast.one))
    door.keyboard.press("Enter")
    door.get_by_role("status").get_by_text(person(cast.one)).wait_for()
    attendee = Attendee.objects.get(name=person(cast.other))
    door.goto(arrival_address(evening.session, attendee))
    door.get_by_role("button", name="Cette personne est arrivée").click()
    door.get_by_text("Son arrivée est notée.").wait_for()
    door.get_by_role("link", name="La liste").click()
    for name in sorted(set(evening.members) - {cast.one, cast.other, cast.absent}):
        evening.line(name).get_by_role("button", name="Arrivée").click()
        evening.line(name).get_by_text("arrivée à").wait_for()
    evening.line(cast.absent).get_by_role("button", name="Absente").click()
    evening.line(cast.absent).get_by_text("– absente").wait_for()
    evening.gone[cast.absent] = 1
    door.reload()
    alone = door.locator("#sans-table + ul > li")
    alone.get_by_text(f"{person(cast.alone)} ({cast.alone}) – seule à la").wait_for()


def two_leave_and_a_table_is_lost(evening: Evening) -> None:
    """One says so on their phone, the other at the door."""
    cast, door = evening.cast, evening.door
    phone = evening.screens.phones[cast.leaver]
    phone.reload()
    phone.locator("summary", has_text="Retard, absence, départ").click()
    phone.get_by_role("button", name="Je pars").click()
    phone.get_by_text("l’équipe d’accueil le voit").wait_for()
    door.reload()
    evening.line(cast.leaver).get_by_text("repart avant le tour 3").wait_for()
    evening.line(cast.called_away).get_by_role("button", name="Repart").click()
    evening.line(cast.called_away).get_by_text("repart avant le tour 3").wait_for()
    evening.gone |= {cast.leaver: 3, cast.called_away: 3}
    door.get_by_label("Une table ne peut plus servir").fill(str(table_to_lose(evening)))
    door.get_by_role("button", name="La retirer").click()
    door.get_by_text("ne sert plus, dès le prochain tour").wait_for()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
