"""The clock moves: nothing stays longer than was said."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Absence, DataExport, Purge, User
from accounts.personal_data import Purged, tables
from accounts.selectors.absences import is_absent, present
from accounts.services.retention import (
    erase_inactive,
    notice_inactive,
    overdue,
    purge_overdue,
)
from jobs.models import Job
from jobs.registry import handlers
from notifications.models import Delivery, Notification
from tests.factories.accounts import UserFactory
from tests.factories.jobs import JobFactory
from tests.factories.notifications import NotificationFactory
from tests.factories.personal import marked_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

START = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def rows_overdue(now):
    return {
        table.label: count
        for table in tables()
        if isinstance(table.retention, Purged)
        and (count := overdue(table, now).count())
    }


@pytest.mark.parametrize("days", [1, 8, 32, 100, 190, 370, 740, 1100])
def test_nothing_is_overdue_after_a_purge(days, tmp_path):
    with time_machine.travel(START, tick=False):
        marked_person("ZQCANARIP")
    with time_machine.travel(START + days * DAY, tick=False):
        now = timezone.now()
        late = rows_overdue(now)
        removed = purge_overdue(now)

        assert rows_overdue(now) == {}
        # The purges written just now are themselves rows that will be removed one day.
        assert {label: removed.get(label) for label in late} == late
        assert dict(Purge.objects.values_list("table", "removed_count")) == removed


def test_of_jobs_only_those_done_long_ago_are_overdue():
    JobFactory(done=True)
    recent = JobFactory(done_at=timezone.now())
    waiting = JobFactory(created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    aside = JobFactory(quarantined=True)

    purge_overdue(timezone.now())

    assert list(Job.objects.all()) == [recent, waiting, aside]


def test_a_session_that_is_over_is_overdue():
    now = timezone.now()
    for name, hours in (("over", -1), ("live", 1)):
        Session.objects.create(
            session_key=name, expire_date=now + dt.timedelta(hours=hours)
        )

    purge_overdue(now)

    assert [session.pk for session in Session.objects.all()] == ["live"]


def test_news_and_letters_are_kept_thirteen_months():
    recent, old = NotificationFactory.create_batch(2)
    for row, days in ((recent, 395), (old, 397)):
        at = START - days * DAY
        row.delivery = Delivery.objects.create(
            user=row.user, kind="x", key="1", message_id=str(days)
        )
        row.save()
        Delivery.objects.filter(pk=row.delivery.pk).update(created_at=at)
        Notification.objects.filter(pk=row.pk).update(created_at=at)

    purge_overdue(START)

    assert list(Notification.objects.all()) == [recent]
    assert list(Delivery.objects.all()) == [recent.delivery]


def test_the_file_of_a_copy_goes_with_it(tmp_path, django_capture_on_commit_callbacks):
    with time_machine.travel(START, tick=False):
        one = marked_person("ZQCANARIP")
    path = tmp_path / "media" / DataExport.objects.get(user=one.user).file.name
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        purge_overdue(START + 8 * DAY)

    assert not path.exists()


def test_every_rule_that_runs_by_itself_is_a_job():
    periodic = {one.kind for one in handlers() if one.every is not None}

    assert {
        "accounts.purge_overdue",
        "accounts.notice_inactive",
        "accounts.erase_inactive",
        "accounts.erase_due",
        "accounts.write_ledger",
    } <= periodic


def test_who_does_not_come_is_told_thirty_days_before_then_erased():
    with time_machine.travel(START, tick=False):
        gone = UserFactory(name="Jeanne Exemple")
    seen = []
    for days in range(695, 735):
        now = START + days * DAY
        with time_machine.travel(now, tick=False):
            UserFactory()  # somebody else comes every day
            told, erased = notice_inactive(now), erase_inactive(now)
        if told or erased:
            seen.append((days, told, erased))

    # At 730 days exactly, it is not yet two years and one instant.
    assert seen == [(701, 1, 0), (731, 0, 1)]
    gone.refresh_from_db()
    assert gone.name == "Personne effacée"
    assert Notification.objects.filter(kind="account_inactive").count() == 0  # theirs


def test_who_comes_back_after_the_notice_is_kept():
    with time_machine.travel(START, tick=False):
        back = UserFactory(name="Jeanne Exemple")
    told_at = START + 701 * DAY
    assert notice_inactive(told_at) == 1
    assert Notification.objects.get(kind="account_inactive").user == back
    User.objects.filter(pk=back.pk).update(seen_at=told_at + DAY)

    assert erase_inactive(told_at + 31 * DAY) == 0
    assert notice_inactive(told_at + 31 * DAY) == 0
    back.refresh_from_db()
    assert back.name == "Jeanne Exemple"
    # Two years later, they are told anew before anything else happens.
    later = told_at + DAY + 731 * DAY
    assert erase_inactive(later) == 0
    assert notice_inactive(later) == 1


def test_a_job_that_slept_for_months_still_leaves_thirty_days():
    with time_machine.travel(START, tick=False):
        UserFactory()
    late = START + 900 * DAY

    assert erase_inactive(late) == 0
    assert notice_inactive(late) == 1
    assert notice_inactive(late) == 0
    assert erase_inactive(late + 29 * DAY) == 0
    assert erase_inactive(late + 30 * DAY) == 1


def test_the_fictitious_people_of_the_demonstration_stay(settings):
    settings.DEMONSTRATION = True
    with time_machine.travel(START, tick=False):
        UserFactory(email="jeanne@demonstration.test")

    assert notice_inactive(START + 900 * DAY) == 0


def test_who_is_away_is_known_on_that_day_only(django_assert_num_queries):
    away, here = UserFactory(), UserFactory()
    day = dt.date(2027, 3, 10)
    Absence.objects.create(user=away, starts_on=day, ends_on=day + DAY)

    assert [is_absent(away, day + n * DAY) for n in (-1, 0, 1, 2)] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_absent(here, day)
    with django_assert_num_queries(1):
        assert present([here, away], day) == [here]
