"""How far two organisations go: asked on some days, told in one tap, added up."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Introduction
from matching.models import Signal
from notifications.models import Notification
from rendezvous.enums import Stage
from rendezvous.models import Checkpoint, Feedback, FollowUp
from rendezvous.services.following.forgetting import FORGOTTEN_PROMISE, forget_followups
from rendezvous.services.following.learning import keep_met
from rendezvous.services.following.progress import (
    ask_due,
    nudge,
    say_progress,
    write_note,
)
from tests.factories.followups import (
    Side,
    both_say_yes,
    card_of,
    met,
    past_session,
    say,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def session():
    return past_session()


@pytest.fixture
def wheels(session):
    return Side(session)


@pytest.fixture
def works(session, wheels):
    works = Side(session, "Usine", ActorKind.COMPANY)
    met(session, wheels, works)
    return works


@pytest.fixture
def followup(wheels, works):
    return both_say_yes(wheels, works)


def tell(followup, side, stage, **values):
    say_progress(followup, side.registration, stage=stage, by=side.user, **values)
    followup.refresh_from_db()


def asked(side):
    rows = Notification.objects.filter(user=side.user, kind="progress_asked")
    return rows.count()


def waiting(side):
    rows = Notification.objects.filter(user=side.user, kind="progress_asked")
    return rows.filter(answered_at=None).count()


def test_both_are_asked_after_7_30_90_and_365_days_once_each(followup, wheels, works):
    begun = timezone.now()
    counts = []
    with time_machine.travel(begun, tick=False) as clock:
        for days in (6, 7, 8, 30, 90, 364, 365, 500):
            clock.move_to(begun + days * DAY)
            ask_due(timezone.now())
            ask_due(timezone.now())
            counts.append((asked(wheels), asked(works)))

    assert counts == [(n, n) for n in (0, 1, 1, 2, 3, 3, 4, 4)]
    # Each question replaces the one before: nobody is reminded of two.
    assert (waiting(wheels), waiting(works)) == (1, 1)


def test_an_answer_stops_the_reminders_of_ones_own_side(followup, wheels, works):
    with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
        ask_due(timezone.now())
        tell(followup, wheels, Stage.FIRST_MEETING)

    assert (waiting(wheels), waiting(works)) == (0, 1)


def test_who_told_before_is_not_asked(followup, wheels, works):
    tell(followup, wheels, Stage.FRAMING)
    with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
        ask_due(timezone.now())

    assert (asked(wheels), asked(works)) == (0, 1)


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ([Stage.FIRST_MEETING], "first_meeting"),
        ([Stage.AGREEMENT], "framing"),
        ([Stage.AGREEMENT, Stage.FRAMING], "framing"),
        ([Stage.EXECUTED, Stage.AGREEMENT], "agreement"),
        ([Stage.NOTHING, Stage.FIRST_MEETING], "first_meeting"),
    ],
    ids=str,
)
def test_what_binds_both_counts_when_both_say_it(followup, wheels, works, said, stage):
    for side, one in zip((wheels, works), said, strict=False):
        tell(followup, side, one)

    assert followup.stage == stage
    assert (followup.agreed_at is not None) == (stage == "agreement")


def test_what_was_reached_stays_when_one_stops_and_nobody_is_asked_more(
    followup, wheels, works
):
    tell(followup, wheels, Stage.FRAMING)
    tell(followup, works, Stage.STOPPED, why="no_time")

    assert (followup.stage, followup.ended_at is not None) == ("framing", True)
    with time_machine.travel(timezone.now() + 31 * DAY, tick=False):
        assert ask_due(timezone.now()) == 0


def test_an_introduction_that_is_closed_ends_what_follows(followup):
    Introduction.objects.update(
        state=Introduction.State.DECLINED, closed_at=timezone.now()
    )

    with time_machine.travel(timezone.now() + 8 * DAY, tick=False):
        assert ask_due(timezone.now()) == 0

    followup.refresh_from_db()
    assert followup.ended_at is not None


def test_a_late_yes_is_not_asked_about_days_that_are_past(wheels, works):
    with time_machine.travel(timezone.now() + 20 * DAY, tick=False):
        followup = both_say_yes(wheels, works)

    days = followup.checkpoints.filter(registration=wheels.registration)
    assert list(days.order_by("days").values_list("days", flat=True)) == [30, 90, 365]


def test_one_answers_in_one_tap_and_the_other_reads_nothing_of_it(
    client, followup, wheels, works
):
    where = {
        side: [
            side.registration.session.public_id,
            side.organisation.public_id,
            other.registration.public_id,
        ]
        for side, other in ((wheels, works), (works, wheels))
    }
    client.force_login(works.user)
    page = reverse("rendezvous:followup_detail", args=where[works])
    before = client.get(page).content.decode().count("aria-pressed")
    client.force_login(wheels.user)
    client.post(
        reverse("rendezvous:progress_say", args=where[wheels]), {"etape": "agreement"}
    )
    client.force_login(works.user)

    assert client.get(page).content.decode().count("aria-pressed") == before
    assert Checkpoint.objects.exclude(stage="").get().by == wheels.user


@pytest.mark.parametrize("stage", ["", "done", "x" * 500])
def test_what_is_not_a_stage_is_not_there(client, followup, wheels, works, stage):
    client.force_login(wheels.user)
    args = [
        followup.session.public_id,
        wheels.organisation.public_id,
        works.registration.public_id,
    ]

    answer = client.post(
        reverse("rendezvous:progress_say", args=args), {"etape": stage}
    )

    assert answer.status_code == 404


def test_a_catalyst_asks_again_who_is_silent_once_a_week(followup, wheels, works):
    now = timezone.now()
    tell(followup, wheels, Stage.FIRST_MEETING)

    counts = [nudge(followup, now=now + days * DAY) for days in (0, 1, 8)]

    assert counts == [1, 0, 1]
    assert (asked(wheels), asked(works)) == (0, 2)


def test_what_stayed_alone_is_deleted_and_words_are_forgotten_in_time(
    session, followup, wheels, works
):
    town = Side(session, "Mairie")
    met(session, wheels, town, version=2, state="replaced")
    Feedback.objects.create(
        registration=town.registration,
        other=wheels.registration,
        answer="yes",
        track="ZQ",
        at=timezone.now(),
    )
    Feedback.objects.filter(registration=wheels.registration).update(track="ZQ")
    card_of(followup, wheels)
    write_note(followup, "ZQ", by=works.user)
    kept = []
    for days in (80, 95, 740):
        forget_followups(timezone.now() + days * DAY)
        followup.refresh_from_db()
        kept.append(
            (
                Feedback.objects.count(),
                Feedback.objects.filter(track="ZQ").count(),
                followup.note,
                followup.commitments.get().what == FORGOTTEN_PROMISE,
            )
        )

    assert kept == [(3, 2, "ZQ", False), (2, 1, "ZQ", False), (2, 0, "", True)]


def test_a_meeting_that_both_follow_is_a_signal_for_matching_once(followup):
    assert [keep_met(), keep_met()] == [1, 0]
    assert Signal.objects.get().kind == Signal.Kind.MET


def test_a_meeting_that_is_not_followed_is_no_signal(wheels, works):
    say(wheels, works)

    assert keep_met() == 0
    assert not FollowUp.objects.exists()
