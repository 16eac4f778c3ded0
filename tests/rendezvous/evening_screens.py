"""What the screens of an evening say, and what they must all say at the same time."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Locator, Page

from rendezvous.enums import ScheduleState
from rendezvous.models import Seat, Session
from tests.rendezvous.evening_site import PATIENCE_SECONDS

PATIENCE_MS = 1000 * PATIENCE_SECONDS
PAUSE = "Pause : pas de rencontre à ce tour."
# Round and organisation: its table, and whom it meets there.
Programme = dict[tuple[int, str], tuple[int, frozenset[str]]]

# The same form sent twice at the same instant, as by a nervous finger.
TWICE = """async (button) => {
    const { form } = button;
    const body = new URLSearchParams(new FormData(form, button));
    const post = () => fetch(form.getAttribute("action"), { method: "POST", body });
    const answers = await Promise.all([post(), post()]);
    return answers.map((answer) => answer.status);
}"""
SLOTS = """(slots) => slots.map((slot) => [
    slot.dataset.liveSlot, slot.querySelector("[data-live-what] > p").textContent,
])"""
LINES = """(lines) => lines.map((line) => [
    line.querySelector(".al-room-table").textContent,
    line.querySelector(".al-room-name").textContent,
])"""


def followed(session: Session) -> Programme:
    """Where each organisation sits, as the published version says."""
    rows = Seat.objects.filter(
        schedule__session=session, schedule__state=ScheduleState.PUBLISHED
    ).values_list(
        "round", "meeting__table", "attendee__registration__organisation__name"
    )
    tables = defaultdict(set)
    for number, table, name in rows:
        tables[number, table].add(name)
    return {
        (number, name): (table, frozenset(names - {name}))
        for (number, table), names in tables.items()
        for name in names
    }


def pairs_in(programme: Programme, number: int) -> set[frozenset[str]]:
    """Return who sits together in a round."""
    return {
        frozenset({name, *others})
        for (round_, name), (_table, others) in programme.items()
        if round_ == number
    }


def sent_twice(button: Locator) -> list[int]:
    """Send the form of a button twice at once; return what came back."""
    button.wait_for()
    return button.evaluate(TWICE)


def soon(page: Page, read: Callable[[Page], Any], expected: Any) -> None:
    """Wait until a screen reads as it must; fail with what it reads instead."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := _read(page, read)) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert found == expected


def _read(page: Page, read: Callable[[Page], Any]) -> Any:
    try:
        return read(page)
    except Error:  # between two pages there is nothing to read
        return None


def phase(page: Page) -> str:
    return plain(" ".join(page.locator(".al-clock-phase:visible").all_inner_texts()))


def hour(page: Page) -> str:
    return plain(" ".join(page.locator(".al-clock-hour:visible").all_inner_texts()))


def own_programme(page: Page) -> dict[int, str]:
    """Return what a phone says of each round: the table, and whom one meets there."""
    slots = page.locator(".al-programme > li").evaluate_all(SLOTS)
    return {int(number): plain(text) for number, text in slots}


def own_present(page: Page) -> str:
    """Return what a phone says of the round under way, at its top."""
    texts = page.locator("[data-live-now]:visible [data-live-copy] > p:first-child")
    return plain(" ".join(texts.all_inner_texts()))


def room_tables(number: int) -> Callable[[Page], dict[str, set[str]]]:
    """Return what reads, on the screen of the room, who sits at each table of a round."""

    def read(page: Page) -> dict[str, set[str]]:
        section = page.locator(f"[data-room-round='{number}']:visible")
        lines = section.locator(".al-room-tables > li").evaluate_all(LINES)
        return {plain(table): set(plain(names).split(" – ")) for table, names in lines}

    return read


def room_places(number: int) -> Callable[[Page], dict[str, str]]:
    """Return what reads, on the screen of the room, where each organisation goes."""

    def read(page: Page) -> dict[str, str]:
        section = page.locator(f"[data-room-round='{number}']:visible")
        lists = section.locator(".al-room-list:not(.al-room-tables) > li")
        return {plain(n): plain(t) for t, n in lists.evaluate_all(LINES)}

    return read


def plain(text: str) -> str:
    return " ".join(text.split())


def _line(place: tuple[int, frozenset[str]] | None) -> str:
    if place is None:
        return plain(PAUSE)
    table, others = place
    return f"Table {table} – {', '.join(sorted(others))}"


@dataclass
class Screens:
    """The screens of an evening that follow it: the host's, the room's, the phones."""

    session: Session
    names: frozenset[str]
    host: Page
    room: Page
    phones: dict[str, Page] = field(default_factory=dict)

    def agree(self, number: int, *, without: str = "") -> None:
        """Wait until all of them tell the same round, tables and people; or fail."""
        programme = followed(self.session)
        self.say(f"Tour {number} sur {self.session.rounds}", without=without)
        self._room_agrees(programme, number)
        for name, phone in self.phones.items():
            if name != without:
                expected = self.written(programme, name)
                soon(phone, own_programme, expected)
                soon(phone, own_present, expected[number])

    def say(self, expected: str, *, without: str = "") -> None:
        """Wait until all of them say the same phase, and the same hour; or fail."""
        pages = [self.host, self.room]
        pages += [page for name, page in self.phones.items() if name != without]
        for page in pages:
            soon(page, phase, expected)
        # Minutes pass between two readings: they agree once they are read in the same.
        soon(self.room, lambda _room: len({hour(page) for page in pages}), 1)

    def written(self, programme: Programme, name: str) -> dict[int, str]:
        """What the phone of an organisation must say of each round."""
        rounds = range(1, self.session.rounds + 1)
        return {number: _line(programme.get((number, name))) for number in rounds}

    def _room_agrees(self, programme: Mapping[Any, Any], number: int) -> None:
        tables = {
            f"table {table}": {name, *others}
            for (round_, name), (table, others) in programme.items()
            if round_ == number
        }
        places = {name: programme.get((number, name)) for name in self.names}
        soon(self.room, room_tables(number), tables)
        soon(
            self.room,
            room_places(number),
            {name: f"table {p[0]}" if p else "pause" for name, p in places.items()},
        )
