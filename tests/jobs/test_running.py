import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection
from django.utils import timezone

from jobs.models import Job
from jobs.registry import handler, long_handler
from jobs.services import (
    QuarantinedError,
    drain,
    enqueue,
    run_job,
    wait_for,
)
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


def effects() -> list[str]:
    return list(Group.objects.order_by("name").values_list("name", flat=True))


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now(), lease_until=None)


def test_a_job_is_done_once_with_its_effect():
    @handler("test")
    def write(payload):
        Group.objects.create(name=payload["name"])

    job = enqueue("test", {"name": "effect"})

    assert (run_job(job.pk), run_job(job.pk)) == (True, False)
    job.refresh_from_db()
    assert (job.is_done, job.attempts, job.lease_until) == (True, 1, None)
    assert effects() == ["effect"]


def test_a_job_that_fails_leaves_nothing_and_is_tried_later():
    @handler("test")
    def fail(payload):
        Group.objects.create(name="effect")
        raise ValueError("no\0way")

    job = enqueue("test")
    run_job(job.pk)

    job.refresh_from_db()
    assert effects() == []
    assert job.error.endswith("ValueError: noway\n")
    assert job.not_before > timezone.now() + timedelta(seconds=1)
    assert run_job(job.pk) is False


def test_a_job_that_breaks_its_transaction_is_only_a_failed_job():
    Group.objects.create(name="twice")

    @handler("test")
    def break_transaction(payload):
        try:
            Group.objects.create(name="twice")
        except IntegrityError:
            Group.objects.count()

    job = enqueue("test")
    run_job(job.pk)

    job.refresh_from_db()
    assert "TransactionManagementError" in job.error


def test_a_poison_job_is_set_aside_and_the_others_go_on():
    @handler("poison", attempts_max=3)
    def fail(payload):
        raise ValueError

    @handler("test")
    def write(payload):
        Group.objects.create(name="effect")

    poison = enqueue("poison")
    for _ in range(5):
        make_due(poison)
        drain()
    enqueue("test")
    drain()

    poison.refresh_from_db()
    assert (poison.is_quarantined, poison.attempts) == (True, 3)
    assert effects() == ["effect"]


def test_a_job_that_kills_its_workers_is_set_aside():
    @handler("test", attempts_max=2)
    def never_reached(payload):
        Group.objects.create(name="effect")

    past = timezone.now() - timedelta(minutes=1)
    job = JobFactory(attempts=2, claimed_at=past, lease_until=past)

    assert drain() == 0
    job.refresh_from_db()
    assert job.is_quarantined
    assert effects() == []


def told_when_set_aside(told):
    @long_handler("test", attempts_max=1, set_aside=lambda *what: told.append(what))
    def fail(payload, work):
        raise ValueError("no way")


def test_who_counts_on_a_long_job_is_told_that_it_was_set_aside():
    told = []
    told_when_set_aside(told)

    run_job(enqueue("test", {"n": 1}).pk)

    ((payload, error),) = told
    assert (payload, error.endswith("ValueError: no way\n")) == ({"n": 1}, True)


def test_who_counts_on_a_job_that_kills_its_workers_is_told_too():
    told = []
    told_when_set_aside(told)
    past = timezone.now() - timedelta(minutes=1)
    JobFactory(attempts=1, claimed_at=past, lease_until=past, payload={"n": 1})

    drain()

    assert [payload for payload, _ in told] == [{"n": 1}]


def test_a_kind_that_nobody_knows_is_tried_later():
    job = enqueue("from a newer version")
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.is_done, job.is_quarantined) == (False, False)
    assert "UnknownKindError" in job.error


def test_asked_to_stop_the_worker_gives_the_job_back():
    @handler("test")
    def interrupted(payload):
        Group.objects.create(name="effect")
        raise KeyboardInterrupt

    job = enqueue("test")
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)

    job.refresh_from_db()
    assert (job.attempts, job.lease_until, effects()) == (0, None, [])


def test_draining_does_what_the_jobs_queue_in_turn():
    @handler("first")
    def chain(payload):
        enqueue("second", {"name": "effect"})

    @handler("second")
    def write(payload):
        Group.objects.create(name=payload["name"])

    enqueue("first")

    assert drain() == 2
    assert effects() == ["effect"]


def test_a_job_of_tomorrow_is_not_done_today():
    enqueue("test", not_before=timezone.now() + timedelta(days=1))

    assert drain() == 0


def test_a_long_job_shows_where_it_is_and_ends_with_its_effect():
    @long_handler("test")
    def compute(payload, work):
        work.progress(1, 2, "première moitié")
        work.progress(2, 2, "seconde moitié")
        with work.completing():
            Group.objects.create(name="effect")

    seen: list[tuple[int, int, str, bool]] = []
    job = enqueue("test")
    run_job(
        job.pk,
        lambda job: seen.append(
            (job.progress_done, job.progress_total, job.progress_label, job.is_done)
        ),
    )

    assert seen == [
        (1, 2, "première moitié", False),
        (2, 2, "seconde moitié", False),
        (2, 2, "seconde moitié", True),
    ]
    assert effects() == ["effect"]


def test_a_long_job_without_a_final_effect_is_done_when_it_returns():
    @long_handler("test")
    def compute(payload, work):
        work.progress(1, 1)

    job = enqueue("test")
    run_job(job.pk)

    job.refresh_from_db()
    assert job.is_done


@pytest.mark.parametrize("step", ["progress", "completing"])
def test_a_worker_thought_dead_writes_nothing_when_it_comes_back(step):
    @long_handler("test")
    def overtaken(payload, work):
        Job.objects.update(attempts=2)  # another worker has claimed it meanwhile
        if step == "progress":
            work.progress(1, 1)
        with work.completing():
            Group.objects.create(name="effect")

    job = enqueue("test")
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.is_done, job.attempts, effects()) == (False, 2, [])


def test_who_waits_does_the_work_when_there_is_no_redis():
    @handler("test")
    def write(payload):
        Group.objects.create(name="effect")

    wait_for(enqueue("test"))

    assert effects() == ["effect"]


def test_who_waits_for_a_job_that_was_set_aside_is_told_why():
    with pytest.raises(QuarantinedError, match="boom"):
        wait_for(JobFactory(quarantined=True))


@pytest.mark.django_db(transaction=True)
def test_eight_workers_on_the_same_job_do_it_once():
    @handler("test")
    def write(payload):
        enqueue("effect", not_before=timezone.now() + timedelta(days=1))

    job = enqueue("test")
    barrier = threading.Barrier(8)
    tried: list[bool] = []

    def work() -> None:
        barrier.wait()
        tried.append(run_job(job.pk))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(tried) == [False] * 7 + [True]
    assert Job.objects.filter(kind="effect").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_long_silent_job_stays_reserved_while_its_worker_lives(settings):
    settings.JOBS_LEASE_SECONDS = 0.3
    others: list[int] = []

    @long_handler("test")
    def silent(payload, work):
        threading.Event().wait(0.8)
        others.append(Job.objects.due(timezone.now()).count())

    job = enqueue("test")
    run_job(job.pk)

    job.refresh_from_db()
    assert others == [0]
    assert job.is_done
