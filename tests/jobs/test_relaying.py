import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from jobs import wakeup
from jobs.models import Job, Period
from jobs.registry import handler
from jobs.services import (
    drain,
    enqueue,
    forget_periods,
    relay,
    retry,
    start_periods,
    sweep,
)
from jobs.worker import Worker
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


def test_a_due_job_is_published_once_until_it_goes_unheard():
    job = JobFactory()
    JobFactory(not_before=timezone.now() + timedelta(days=1))
    JobFactory(done=True)
    JobFactory(quarantined=True)

    assert (relay(), relay()) == (1, 0)
    Job.objects.filter(pk=job.pk).update(relayed_until=timezone.now())
    assert relay() == 1


def test_a_broker_that_does_not_answer_costs_nothing_to_who_queues(use_broker):
    use_broker("redis://127.0.0.1:1/0")  # where nothing listens
    wakeup.wake([0])  # the first one imports the transport
    started = time.monotonic()

    published = [wakeup.wake([n]) for n in range(50)]

    assert published == [0] * 50
    assert time.monotonic() - started < 0.5


def test_a_periodic_job_starts_once_per_period():
    @handler("hourly", every=timedelta(hours=1))
    def do_nothing(payload):
        pass

    sweep()
    sweep()

    assert Job.objects.filter(kind="hourly").count() == 1
    drain()
    sweep()
    assert Job.objects.filter(kind="hourly").count() == 1
    Period.objects.filter(kind="hourly").update(number=1)  # that was long ago
    sweep()
    assert Job.objects.filter(kind="hourly").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_start_each_period_once():
    barrier = threading.Barrier(4)

    def beat() -> None:
        barrier.wait()
        start_periods()
        connection.close()

    threads = [threading.Thread(target=beat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kinds = sorted(Job.objects.values_list("kind", flat=True))
    assert kinds == sorted(set(kinds))
    assert {"jobs.forget_periods", "accounts.purge_overdue"} <= set(kinds)


def test_periods_of_long_ago_are_forgotten_and_not_the_present_one():
    start_periods()
    present = set(Period.objects.values_list("pk", flat=True))
    Period.objects.create(kind="jobs.forget_periods", number=1)

    forget_periods()

    assert set(Period.objects.values_list("pk", flat=True)) == present


def test_a_job_set_aside_gets_a_second_chance():
    aside = JobFactory(quarantined=True, key="a")
    done = JobFactory(done=True)
    JobFactory(key="a")  # the same work, asked again meanwhile

    assert retry(Job.objects.all()) == 1

    aside.refresh_from_db()
    done.refresh_from_db()
    assert (aside.is_quarantined, aside.attempts, aside.error) == (False, 0, "boom")
    assert done.attempts == 0
    assert aside in Job.objects.due(timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_worker_thread_does_what_is_queued_and_stops_quickly():
    done = threading.Event()

    @handler("test")
    def signal(payload):
        done.set()

    worker = Worker()
    worker.start()
    try:
        started = time.monotonic()
        enqueue("test")
        assert done.wait(5)
        assert time.monotonic() - started < 1
    finally:
        stopping = time.monotonic()
        assert worker.stop()
    assert time.monotonic() - stopping < 1
