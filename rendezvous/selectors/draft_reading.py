"""A draft read in a fixed number of queries: its meetings, its locks, its people."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from rendezvous.models import Attendee, Lock, Schedule, Session
from rendezvous.models import Meeting as Stored
from rendezvous.scheduling.gestures import Meetings, Place
from rendezvous.scheduling.problem import Meeting
from rendezvous.selectors.faults import sentence
from rendezvous.selectors.known import Known
from rendezvous.selectors.live import hours_of
from rendezvous.selectors.planned import planned

Option = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """A table in a round; ``people``: who sits there, by programme."""

    round: int
    table: int
    people: list[Option] = field(default_factory=list)
    is_locked: bool = False
    is_selected: bool = False

    @property
    def code(self) -> str:
        return f"{self.round}-{self.table}"

    @property
    def names(self) -> list[str]:
        return [name for _pk, name in self.people]


class Reading:
    """What the page of a draft is made of, in a fixed number of queries."""

    def __init__(self, session: Session, schedule: Schedule, viewer: Person) -> None:
        self.session, self.schedule = session, schedule
        self.hours = hours_of(session, timezone.now())
        self.known = Known(session, schedule)
        self.names = names_of(session, viewer)
        self.meetings = _meetings(schedule, viewer)
        self.locks = list(
            Lock.objects.filter(schedule=schedule).order_by(
                "round", "table", "attendee"
            )
        )
        self.by_place = {(one.round, one.table): one for one in self.meetings}
        self.ids = set(self.known.frame.problem.by_id)

    def cell(self, place: Place, selected: Place | None) -> Cell:
        one = self.by_place.get(place)
        people = [(name, self.names.get(name, "")) for name in one.ids] if one else []
        return Cell(
            *place,
            sorted(people, key=lambda each: each[1]),
            is_locked=self.is_locked(place, one),
            is_selected=place == selected,
        )

    def is_locked(self, place: Place, one: Meeting | None) -> bool:
        ids = set(one.ids) if one else set()
        return any(
            (lock.round, lock.table) == place
            if lock.is_meeting
            else lock.round == place[0]
            or lock.table == place[1]
            or str(lock.attendee_id) in ids
            for lock in self.locks
        )

    def troubles(self, gesture: Callable[[Meetings], Meetings]) -> list[str]:
        """Return what would go wrong."""
        found = self.known.new_faults(self.meetings, gesture(self.meetings))
        return list(dict.fromkeys(sentence(one, self.names) for one in found))

    def round_label(self, number: int, troubles: Sequence[str]) -> str:
        hour = date_format(self.hours[number - 1].begins_at, "TIME_FORMAT")
        label = _("tour %(number)d, %(hour)s") % {"number": number, "hour": hour}
        return f"{label} – {troubles[0]}" if troubles else label


def names_of(session: Session, viewer: Person) -> dict[str, str]:
    """Name each programme: its organisation, its person too when there are several."""
    leads = Attendee.objects.filter(registration__session=session, shares_with=None)
    rows = visible(viewer, leads).select_related("registration__organisation")
    found = list(rows.defer("registration__organisation__search_vector"))
    several: dict[int, int] = defaultdict(int)
    for one in found:
        several[one.registration_id] += 1
    return {
        str(one.pk): _name(one, is_alone=several[one.registration_id] == 1)
        for one in found
    }


def _name(attendee: Attendee, *, is_alone: bool) -> str:
    name: str = attendee.registration.organisation.name
    return name if is_alone else f"{name} ({attendee.name})"


def _meetings(schedule: Schedule, viewer: Person) -> Meetings:
    return tuple(planned(visible(viewer, Stored.objects.filter(schedule=schedule))))
