import contextlib
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs.models import Job
from jobs.registry import handler
from jobs.services import enqueue, next_due, run_job

pytestmark = pytest.mark.django_db


class RolledBackError(Exception):
    pass


def queued() -> list[tuple[str, str]]:
    return list(Job.objects.open().values_list("kind", "key"))


def test_a_job_exists_only_if_its_transaction_commits():
    with contextlib.suppress(RolledBackError), transaction.atomic():
        enqueue("test")
        raise RolledBackError

    assert queued() == []


def test_the_same_work_asked_twice_waits_once():
    first = enqueue("test", {"n": 1}, "a")
    again = enqueue("test", {"n": 1}, "a")
    enqueue("test", {"n": 1}, "b")
    enqueue("other", {"n": 1}, "a")

    assert again == first
    assert queued() == [("test", "a"), ("test", "b"), ("other", "a")]


def test_work_without_a_key_is_never_joined():
    enqueue("test")
    enqueue("test")

    assert queued() == [("test", ""), ("test", "")]


def test_an_earlier_date_asked_for_the_same_work_wins():
    now = timezone.now()
    enqueue("test", key="a", not_before=now + timedelta(hours=2))

    job = enqueue("test", key="a", not_before=now + timedelta(hours=1))

    job.refresh_from_db()
    assert job.not_before == now + timedelta(hours=1)


def test_work_asked_again_while_it_runs_is_done_again():
    asked_during: list[Job] = []

    @handler("test")
    def ask_again(payload):
        if not asked_during:
            asked_during.append(enqueue("test", key="a"))

    first = enqueue("test", key="a")
    run_job(first.pk)

    assert asked_during != [first]
    assert queued() == [("test", "a")]


def test_done_work_can_be_asked_again():
    @handler("test")
    def do_nothing(payload):
        pass

    run_job(enqueue("test", key="a").pk)
    enqueue("test", key="a")

    assert queued() == [("test", "a")]


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_the_transaction_that_joined_the_job():
    job = enqueue("test", key="a")
    seen_by_worker: list[int | None] = []

    def look() -> None:
        seen_by_worker.append(next_due())
        connection.close()

    with transaction.atomic():
        enqueue("test", key="a")
        during = threading.Thread(target=look)
        during.start()
        during.join()
    after = threading.Thread(target=look)
    after.start()
    after.join()

    assert seen_by_worker == [None, job.pk]


@pytest.mark.django_db(transaction=True)
def test_the_same_work_asked_by_two_at_once_waits_once():
    barrier = threading.Barrier(8)

    def ask() -> None:
        barrier.wait()
        enqueue("test", key="a")
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert queued() == [("test", "a")]
