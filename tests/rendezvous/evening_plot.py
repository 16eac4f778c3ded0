"""An evening of fourteen people: who plays which part, what was done, what the base says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from accounts.models import User
from alliances.models import Membership
from jobs.models import Job
from notifications.models import Delivery, Notification
from rendezvous.models import (
    Attendance,
    Encounter,
    Feedback,
    LeftOver,
    Schedule,
    Session,
)
from tests.factories.alliances import MembershipFactory
from tests.factories.room import crowd_of
from tests.factories.sessions import session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.rendezvous.evening_screens import (
    PATIENCE_MS,
    Programme,
    Screens,
    followed,
    pairs_in,
)
from tests.rendezvous.evening_site import Site

SIDE, ROUNDS = 7, 4
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
WALL = {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class Cast:
    """The organisations that play a part, from the tables of the first round.

    ``one`` and ``other`` will go on together; ``alone`` waits for ``absent``;
    ``leaver`` says so on their phone, ``called_away`` at the door.
    """

    one: str
    other: str
    alone: str
    absent: str
    leaver: str
    called_away: str


@dataclass
class Evening:
    """The session, its site and its screens, and what is done, as it is done.

    ``gone``: the first round without them; ``played``: who met, in the rounds held; ``preview``:
    what the host read before applying another programme.
    """

    session: Session
    catalyst: User
    members: dict[str, Membership]
    site: Site
    open_as: Callable[..., Page]
    gone: dict[str, int] = field(default_factory=dict)
    played: set[frozenset[str]] = field(default_factory=set)
    preview: str = ""
    cast: Cast = field(init=False)
    screens: Screens = field(init=False)
    door: Page = field(init=False)

    def as_host(self, path: str, size: dict[str, int] | None = None) -> Page:
        return self._open(self.catalyst, path, size or DESK)

    def phone_of(self, name: str) -> Page:
        member = self.members[name]
        path = f"programme/{member.organisation.public_id}/"
        return self._open(member.user, path, PHONE)

    def _open(self, person: User, path: str, size: dict[str, int]) -> Page:
        address = f"/rencontres/{self.session.public_id}/{path}"
        page = self.open_as(person, address, **size)
        page.set_default_timeout(PATIENCE_MS)
        return page

    def line(self, name: str) -> Locator:
        """The line of somebody at the door."""
        return self.door.locator("li.al-door-line", has_text=person(name))

    def play(self, number: int, *, without: str = "") -> None:
        """See a round on every screen, and write down who meets whom in it."""
        self.screens.agree(number, without=without)
        self.played |= {
            pair
            for pair in pairs_in(followed(self.session), number)
            if all(number < self.gone.get(name, ROUNDS + 1) for name in pair)
        }


def person(name: str) -> str:
    """Who comes for an organisation."""
    return name.replace("Vélos", "Ana").replace("Ateliers", "Bob")


def evening_of(site: Site, open_as: Callable[..., Page]) -> Evening:
    """Everybody has a place and an account; nothing is computed yet."""
    around = TerritoryFactory(epci=True, communes=[TerritoryFactory(name="Clisson")])
    session = session_of(
        around, days=0, tables=SIDE, rounds=ROUNDS, title="Rencontres du soir"
    )
    members = {
        one.organisation.name: MembershipFactory(
            organisation=one.organisation, is_lead=True
        )
        for one in crowd_of(session, SIDE)
    }
    return Evening(session, catalyst_of(around), members, site, open_as)


def cast_of(session: Session) -> Cast:
    """Choose from the first tables of the first round."""
    seats = followed(session).items()
    (one, other), (alone, absent), (leaver, _), (_, called_away) = [
        (name, *others)
        for (number, name), (_table, others) in sorted(seats, key=lambda kv: kv[1][0])
        if number == 1 and name.startswith("Vélos")
    ][:4]
    return Cast(one, other, alone, absent, leaver, called_away)


def job_of(kind: str) -> Job:
    """Return the only job of a kind."""
    return Job.objects.get(kind=kind)


def versions(evening: Evening) -> list[tuple[int, str]]:
    rows = Schedule.objects.filter(session=evening.session).order_by("version")
    return list(rows.values_list("version", "state"))


def told(evening: Evening, kind: str) -> dict[str, int]:
    """Return how often each organisation was told of something."""
    names = {member.user_id: name for name, member in evening.members.items()}
    rows = Notification.objects.filter(kind=kind).values_list("user", flat=True)
    return dict(Counter(names[user] for user in rows))


def remembered(evening: Evening) -> set[frozenset[str]]:
    """Return who met, as it is kept."""
    rows = Encounter.objects.filter(session=evening.session)
    return {frozenset(pair) for pair in rows.values_list("low__name", "high__name")}


def presences(evening: Evening) -> dict[str, tuple[str, int | None]]:
    """Return where each stands, and before which round they left."""
    name = "attendee__registration__organisation__name"
    rows = Attendance.objects.filter(attendee__registration__session=evening.session)
    found = rows.values_list(name, "state", "left_from")
    return {name: (state, left) for name, state, left in found}


def answers(evening: Evening) -> set[tuple[str, ...]]:
    """Return what each said of whom, and what came of it."""
    rows = Feedback.objects.filter(registration__session=evening.session)
    sides = ("registration__organisation__name", "other__organisation__name")
    return set(rows.values_list(*sides, "answer", "outcome"))


def letters_in_the_log() -> Counter[tuple[str, str]]:
    """Count the letters that left, as the log says."""
    sent = Delivery.objects.filter(state=Delivery.State.SENT)
    return Counter(sent.values_list("user__email", "message_id"))


def table_to_lose(evening: Evening) -> int:
    """Return a table where a meeting of round 3 would have been held."""
    return min(
        table
        for (number, name), (table, others) in followed(evening.session).items()
        if number == 3 and not {name, *others} & set(evening.gone)
    )


def until_round(last: int, programme: Programme) -> Programme:
    """Keep what a programme says of the first rounds."""
    return {key: place for key, place in programme.items() if key[0] <= last}


def left_over(evening: Evening) -> list[tuple[str, int]]:
    """Return who has nobody to meet any more, and in which round, in version 2."""
    rows = LeftOver.objects.filter(schedule__session=evening.session)
    name = "attendee__registration__organisation__name"
    return list(
        rows.filter(schedule__version=2).order_by("round").values_list(name, "round")
    )
