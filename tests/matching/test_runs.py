"""Runs that are killed, that meet, that are read while they write."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from alliances.models import Intention
from jobs.models import Job
from jobs.registry import handler_of
from jobs.services import drain, next_due, run_job
from matching.models import (
    ChangedIntention,
    Proposal,
    Run,
    RunBlock,
    RunLists,
    RunPicture,
)
from matching.selectors import blocks
from matching.services import computing, pictures
from matching.services.following import follow
from matching.services.locking import writing
from matching.services.runs import (
    KINDS,
    RANK_JOB,
    SHOW_JOB,
    STORE_JOB,
    request_run,
    stop_run,
)
from tests.factories.matching import compute, population, stored, worked_pair
from tests.factories.territories import TerritoryFactory

in_earnest = pytest.mark.django_db(transaction=True)


@pytest.mark.django_db
def test_one_run_at_a_time_for_the_same_scope():
    worked_pair()
    department = TerritoryFactory(department=True)

    runs = [
        request_run(),
        request_run(),
        request_run(department),
        request_run(department),
    ]

    assert [run.pk == runs[0].pk for run in runs] == [True, True, False, False]
    assert runs[2] == runs[3]
    assert Job.objects.filter(kind="matching.run").count() == 2


@pytest.mark.django_db
def test_a_run_set_aside_does_not_prevent_the_next_one():
    worked_pair()
    first = request_run()
    Job.objects.update(quarantined_at=timezone.now(), error="plus de mémoire")

    second = request_run()

    first.refresh_from_db()
    assert (first.state, first.error) == (Run.State.FAILED, "plus de mémoire")
    assert second.state == Run.State.QUEUED


@pytest.mark.django_db
def test_a_run_one_of_whose_jobs_failed_too_often_is_ended_at_once(monkeypatch):
    population(15)
    before = (compute(), stored())[1]

    def fail(*arguments):
        raise MemoryError("plus de mémoire")

    monkeypatch.setattr(computing, "store", fail)
    run = request_run()
    while Run.objects.active().exists():
        Job.objects.open().update(not_before=timezone.now())
        drain()

    run.refresh_from_db()
    assert (run.state, "plus de mémoire" in run.error) == (Run.State.FAILED, True)
    assert nothing_is_left()
    assert stored() == before


def nothing_is_left():
    """Tell whether runs left anything that nobody reads, once they were cleared."""
    drain()
    work = (RunBlock, RunLists, RunPicture)
    unread = Proposal.written.exclude(run__is_shown=True)
    return not unread.exists() and not any(model.objects.exists() for model in work)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_job_done_twice_stores_the_same(kind):
    population(15)
    expected = (compute(), stored())[1]
    request_run()
    work_until(kind)
    Job.objects.filter(kind=kind).update(done_at=None, attempts=0, claimed_at=None)

    drain()
    Job.objects.filter(kind=kind).update(done_at=None, attempts=0, claimed_at=None)
    drain()

    assert not Job.objects.open().filter(kind__in=KINDS).exists()
    assert stored() == expected
    assert Proposal.written.count() == len(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 4, 7, 1000])
def test_blocks_of_any_size_give_the_same_proposals(rows, monkeypatch):
    population(15)
    expected = (compute(), stored())[1]
    monkeypatch.setattr(blocks, "BLOCK_ROWS", rows)

    run = compute()

    assert stored() == expected
    assert (run.done_count, run.total_count) == (15, 15)
    assert run.parts_done == run.parts_total
    assert run.proposal_count == len(expected)


@pytest.mark.django_db
def test_a_country_without_anybody_is_computed_too():
    run = compute()

    assert (run.state, run.proposal_count) == (Run.State.DONE, 0)


@pytest.mark.django_db
def test_a_new_run_replaces_the_rows_of_the_former():
    population(15)
    first = compute()
    second = compute()

    assert set(Proposal.objects.values_list("run", flat=True)) == {second.pk}
    assert first.pk != second.pk


def close(intention):
    """Make the next computation give something else, unannounced."""
    Intention.objects.filter(pk=intention.pk).update(state="closed")


def work_until(kind):
    """Do what is queued, one job after the other, until one of this kind is next."""
    while not Job.objects.open().filter(kind=kind).exists():
        run_job(next_due(*KINDS))


class KilledError(BaseException):
    """What a worker that is stopped raises."""


@in_earnest
@pytest.mark.parametrize("kind", [RANK_JOB, STORE_JOB, SHOW_JOB])
def test_a_killed_run_resumes_where_it_stopped(kind, monkeypatch):
    population(15)
    expected = (compute(), stored())[1]
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    run = request_run()
    done = []
    genuine = computing._claimed if kind != SHOW_JOB else computing._close

    def stop_at_the_second(*arguments, **options):
        done.append(arguments)
        if len(done) == (1 if kind == SHOW_JOB else 2):
            raise KilledError
        return genuine(*arguments, **options)

    work_until(kind)
    monkeypatch.setattr(computing, genuine.__name__, stop_at_the_second)
    with pytest.raises(KilledError):
        drain()

    assert stored() == expected
    seen, made = Run.objects.get(pk=run.pk), len(done)
    left = 1 if kind == SHOW_JOB else seen.parts_total - seen.parts_done
    assert (seen.state, seen.parts_done > 0) == (Run.State.RUNNING, True)

    follow(run)

    assert run.state == Run.State.DONE
    assert len(done) - made == left  # the one that was killed, and none before it
    assert (stored(), nothing_is_left()) == (expected, True)


@in_earnest
def test_blocks_are_computed_from_the_state_that_was_read_first(monkeypatch):
    """An edit during a run changes no block: its own job comes after."""
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    intentions = population(15)
    expected = (compute(), stored())[1]
    run = request_run()
    work_until(STORE_JOB)
    close(intentions[0])

    follow(run)

    assert stored() == expected


@in_earnest
def test_two_workers_share_the_blocks_of_one_run(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 2)
    population(30)
    expected = (compute(), stored())[1]
    run = request_run()
    run_job(next_due())
    meeting = threading.Barrier(2)
    at_once = []
    genuine = computing.kernel.rank_blocks

    def rank_together(*arguments, **options):
        if not at_once:
            meeting.wait(10)  # breaks unless both are ranking
            at_once.append(True)
        yield from genuine(*arguments, **options)

    monkeypatch.setattr(computing.kernel, "rank_blocks", rank_together)

    def work():
        try:
            follow(Run.objects.get(pk=run.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    drain()
    assert at_once
    assert stored() == expected
    assert Proposal.written.count() == len(expected)


@in_earnest
def test_readers_see_all_the_old_or_all_the_new(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    population(15)
    first = compute()
    expected = Proposal.objects.count()
    seen = []

    def read_from_elsewhere():
        try:
            seen.append(set(Proposal.objects.values_list("run", flat=True)))
            seen.append(Proposal.objects.count())
        finally:
            connection.close()

    def read_after(genuine):
        def write_then_read(*arguments, **options):
            found = genuine(*arguments, **options)
            reader = threading.Thread(target=read_from_elsewhere)
            reader.start()
            reader.join()
            return found

        return write_then_read

    for name in ("store", "_advance", "_close"):
        monkeypatch.setattr(computing, name, read_after(getattr(computing, name)))
    second = compute()

    assert len(seen) == 2 * (second.parts_total + second.parts_total // 2 + 1)
    assert seen[::2] == [{first.pk}] * (len(seen) // 2)
    assert set(seen[1::2]) == {expected}
    assert set(Proposal.objects.values_list("run", flat=True)) == {second.pk}
    assert Proposal.written.count() == expected


@in_earnest
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_is_stopped_leaves_what_was_stored_before(kind, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    intentions = population(15)
    before = (compute(), stored())[1]
    close(intentions[0])
    run = request_run()
    work_until(kind)

    stopped = [stop_run(run), stop_run(run)]
    drain()

    run.refresh_from_db()
    assert stopped == [True, False]
    assert run.state == Run.State.STOPPED
    assert (stored(), nothing_is_left()) == (before, True)
    assert not Job.objects.open().filter(kind__in=KINDS).exists()


@in_earnest
@pytest.mark.parametrize("name", ["rank_blocks", "score_pairs"])
def test_a_run_stopped_while_a_block_is_computed_writes_nothing_more(name, monkeypatch):
    intentions = population(15)
    before = (compute(), stored())[1]
    close(intentions[0])
    monkeypatch.setattr(computing, "SECONDS_PER_PROGRESS", 0.0)
    genuine = getattr(computing.kernel, name)
    run = request_run()

    def stop_from_elsewhere():
        try:
            stop_run(run)
        finally:
            connection.close()

    def stopped_meanwhile(*arguments, **options):
        somebody = threading.Thread(target=stop_from_elsewhere)
        somebody.start()
        somebody.join()
        return genuine(*arguments, **options)

    monkeypatch.setattr(computing.kernel, name, stopped_meanwhile)
    follow(run)

    assert run.state == Run.State.STOPPED
    assert (stored(), nothing_is_left()) == (before, True)


@in_earnest
def test_a_refresh_leaves_the_place_to_a_run_and_comes_back():
    association, _company = worked_pair()
    compute()
    held, done = threading.Event(), threading.Event()

    def compute_elsewhere():
        try:
            with writing(wait=True):
                held.set()
                done.wait(10)
        finally:
            connection.close()

    run = threading.Thread(target=compute_elsewhere)
    run.start()
    held.wait(10)
    ChangedIntention.objects.create(intention_id=association.pk)
    job = Job.objects.create(kind="matching.refresh_intentions", key="changed")
    run_job(job.pk)
    done.set()
    run.join()

    job.refresh_from_db()
    assert job.is_done
    assert ChangedIntention.objects.count() == 1
    again = Job.objects.waiting().get(kind="matching.refresh_intentions")
    assert again.not_before > timezone.now()


@in_earnest
def test_a_refresh_waits_until_the_blocks_of_a_run_are_shown(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 4)
    intentions = population(15)
    compute()
    request_run()
    run_job(next_due())
    ChangedIntention.objects.create(intention_id=intentions[0].pk)
    job = Job.objects.create(kind="matching.refresh_intentions", key="changed")

    run_job(job.pk)

    assert ChangedIntention.objects.count() == 1
    assert Job.objects.waiting().filter(kind="matching.refresh_intentions").exists()


@in_earnest
def test_two_runs_at_once_follow_each_other():
    population(15)
    seat = TerritoryFactory()
    runs = [request_run(), request_run(seat)]

    def work(run):
        try:
            follow(run)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(Run.objects.values_list("state", flat=True)) == {Run.State.DONE}
    both = stored()
    compute()
    assert stored() == both


@in_earnest
def test_an_edit_made_during_a_run_is_computed_afterwards(monkeypatch):
    association, _company = worked_pair()
    genuine = pictures.take

    def edit_once_loaded():
        picture = genuine()
        ChangedIntention.objects.create(intention_id=association.pk)
        return picture

    ChangedIntention.objects.create(intention_id=association.pk)
    monkeypatch.setattr(pictures, "take", edit_once_loaded)
    compute()

    assert ChangedIntention.objects.count() == 1


def test_the_jobs_of_a_run_say_how_they_end():
    assert all(handler_of(kind).set_aside is not None for kind in KINDS)
