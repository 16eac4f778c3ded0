"""How long a host waits on the day: 500 people, 50 absent after round 3, to published.

From rows to rows: the whole of what a press costs, besides waiting for a worker. Both
steps are told in seconds of this process, and of the clock: the rest is the database.
"""

import time

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.enums import ActorKind, MandateRole
from alliances.models import Intention, Mandate, Organisation
from benchmarks.figures import Figure
from rendezvous.models import (
    Attendee,
    Capacity,
    Computation,
    KindPair,
    LeftOver,
    Registration,
    Schedule,
    Session,
)
from rendezvous.scheduling.solve import warm_up
from rendezvous.services import attendance, computing, replanning, schedules
from rendezvous.services import live as clock
from territories.models import Territory

NEEDS_DATABASE = True
SIZES = {"association": 220, "company": 180, "local_authority": 100}
ROUNDS, TABLES, BEGUN, ABSENT = 15, 200, 3, 50
REPEATS = 5
COMPUTE_GOAL_S, APPLY_GOAL_S = 5, 2


class _Work:
    """A job that nobody watches."""

    def progress(self, done, total, label=""):
        pass

    def completing(self):
        return transaction.atomic()


def figures() -> list[Figure]:
    """Publish a programme of 500 people, then lose a tenth of them after round 3."""
    warm_up()
    host, session = _prepared()
    asked = Computation.objects.create(session=session, by=host, seconds_max=20)
    computing.compute_schedule(asked.pk, _Work())
    schedules.publish(session, session.schedules.get())
    session.refresh_from_db()
    _begin(session, host)
    people = Attendee.objects.filter(registration__session=session).order_by("pk")
    for one in people[: 10 * ABSENT : 10]:
        attendance.mark_absent(session, one, by=host)
    computed, found = _measured(lambda: _computed(session, host))
    applied, _ = _measured(lambda: replanning.apply_replanning(session, found.schedule))
    kept = 100 * found.kept / found.surviving
    schedule = Schedule.objects.get(pk=found.schedule.pk)
    alone = LeftOver.objects.filter(schedule=schedule).count()
    told = f"{ABSENT} of 500 absent after round {BEGUN}; {alone} proposals"
    pages = [
        Figure(f"room.{name}_ms", 1000 * seconds, "ms", None, "lower", "500 people")
        for name, seconds in _pages(host, session).items()
    ]
    total = computed.clock_s + applied.clock_s
    return [
        Figure("room.replan_s", total, "s", 10, "lower", "by the clock, to published"),
        _figure("room.replan_compute_s", computed, COMPUTE_GOAL_S, told),
        _figure("room.replan_apply_s", applied, APPLY_GOAL_S, "checked, published"),
        Figure("room.replan_kept_pct", kept, "%", 99, "higher", "of what survives"),
        *pages,
    ]


def _computed(session, host):
    replanning.compute_replanning(session.pk, host.pk, _Work())
    return replanning.proposed(session)


@dataclass(frozen=True)
class _Spent:
    """Seconds of the processor, in this process, and of the clock."""

    processor_s: float
    clock_s: float


def _measured(run):
    start, clock_start = time.process_time(), time.perf_counter()
    found = run()
    clock_s = time.perf_counter() - clock_start
    return _Spent(time.process_time() - start, clock_s), found


def _figure(name, spent, goal, told) -> Figure:
    note = f"processor; {spent.clock_s:.1f} s by the clock; {told}"
    return Figure(name, spent.processor_s, "s", goal, "lower", note)


def _timed(run):
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def _pages(host, session):
    """The median of some requests of each page, once warm."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(host)
    found = {}
    for name in ("room_board", "room_waiting", "replanning_detail"):
        path = reverse(f"rendezvous:{name}", args=[session.public_id])
        assert client.get(path).status_code == 200
        times = sorted(_timed(lambda p=path: client.get(p))[0] for _ in range(REPEATS))
        found[name.partition("_")[2]] = times[REPEATS // 2]
    return found


def _prepared():
    place = Territory.objects.filter(kind=Territory.Kind.EPCI).order_by("pk").first()
    host = User.objects.create_user(email="accueil@exemple.test", password=None)
    Authenticator.objects.create(user=host, type="totp", data={"secret": ""})
    Mandate.objects.create(
        user=host,
        territory=place,
        role=MandateRole.CATALYST,
        starts_on=timezone.localdate(),
    )
    begins = timezone.now() - dt.timedelta(minutes=20)
    session = Session.objects.create(
        territory=place,
        title="Cinq cents",
        place="Gymnase",
        begins_at=begins,
        ends_at=begins + dt.timedelta(hours=4),
        rules_text="Règles",
        tables=TABLES,
        rounds=ROUNDS,
        meetings_min=4,
        meetings_max=ROUNDS,
        state="open",
    )
    for kind, size in SIZES.items():
        Capacity.objects.create(session=session, kind=kind, places=size)
        _register(session, kind, size)
    for low, high in (
        ("association", "company"),
        ("association", "local_authority"),
        ("company", "local_authority"),
    ):
        KindPair.objects.create(session=session, low=low, high=high)
    return host, session


def _register(session, kind, size):
    rows = Organisation.objects.active().filter(kind=ActorKind(kind)).order_by("pk")
    own = {
        one.organisation_id: one
        for one in Intention.objects.filter(
            is_default=True, organisation__in=list(rows[:size])
        )
    }
    places = Registration.objects.bulk_create(
        Registration(
            session=session,
            organisation=one,
            intention=own.get(one.pk),
            kind=kind,
            state="confirmed",
            accepted_rules=1,
            queued_at=timezone.now(),
        )
        for one in rows[:size]
    )
    Attendee.objects.bulk_create(
        Attendee(
            registration=one, position=1, name=f"Personne {one.pk}", until_round=ROUNDS
        )
        for one in places
    )


def _begin(session, host):
    """Be in the round after which people turn out to be missing."""
    step = dt.timedelta(minutes=session.round_minutes + session.break_minutes)
    since = timezone.now() - (BEGUN - 1) * step - dt.timedelta(minutes=1)
    seen = clock.Seen(revision=0, step=0)
    clock.act(session, clock.Action.GO_ON, seen=seen, by=host, now=since)
