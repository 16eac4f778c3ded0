"""Runs that are killed, that meet, that are read while they write."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from jobs.models import Job
from jobs.services import run_job
from matching.models import ChangedIntention, Proposal, Run, RunBlock
from matching.services import computing
from matching.services.locking import writing
from matching.services.runs import job_of, request_run
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
def test_a_run_done_twice_stores_the_same():
    population(15)
    run = compute()
    before = stored()
    Job.objects.update(done_at=None, claimed_at=None)

    run_job(job_of(run).pk)

    assert stored() == before


@pytest.mark.django_db
def test_a_new_run_replaces_the_rows_of_the_former():
    population(15)
    first = compute()
    second = compute()

    assert set(Proposal.objects.values_list("run", flat=True)) == {second.pk}
    assert first.pk != second.pk


class KilledError(BaseException):
    """What a worker that is stopped raises."""


@in_earnest
def test_a_killed_run_resumes_where_it_stopped(monkeypatch):
    population(15)
    expected = (compute(), stored())[1]
    monkeypatch.setattr(computing, "SECONDS_PER_PROGRESS", 0.0)
    run = request_run()
    ranked = []
    genuine = computing.kernel.rank_blocks

    def stop_after_two_blocks(prepared, *, rows, **options):
        for count, block in enumerate(genuine(prepared, rows=rows, **options)):
            if count == 2 and len(ranked) == 0:
                ranked.append(rows)
                raise KilledError
            yield block
        ranked.append(rows)

    monkeypatch.setattr(computing.kernel, "rank_blocks", stop_after_two_blocks)
    with pytest.raises(KilledError):
        run_job(job_of(run).pk)

    assert stored() == expected
    assert RunBlock.objects.filter(run=run).count() == 2
    seen = Run.objects.get(pk=run.pk)
    assert (seen.state, 0 < seen.done_count < 15) == (Run.State.RUNNING, True)

    run_job(job_of(run).pk)

    assert len(ranked[1]) == 15 - seen.done_count
    assert Run.objects.get(pk=run.pk).state == Run.State.DONE
    assert (stored(), RunBlock.objects.count()) == (expected, 0)


@in_earnest
def test_readers_see_all_the_old_or_all_the_new(monkeypatch):
    population(15)
    first = compute()
    expected = Proposal.objects.count()
    seen = []
    genuine = computing.store

    def read_from_elsewhere():
        try:
            seen.append(sorted(set(Proposal.objects.values_list("run", flat=True))))
            seen.append(Proposal.objects.count())
        finally:
            connection.close()

    def store_while_somebody_reads(*arguments):
        genuine(*arguments)
        reader = threading.Thread(target=read_from_elsewhere)
        reader.start()
        reader.join()

    monkeypatch.setattr(computing, "store", store_while_somebody_reads)
    second = compute()

    assert seen == [[first.pk], expected]
    assert set(Proposal.objects.values_list("run", flat=True)) == {second.pk}


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
def test_two_runs_at_once_follow_each_other():
    population(15)
    seat = TerritoryFactory()
    jobs = [job_of(request_run()).pk, job_of(request_run(seat)).pk]

    def work(job_id):
        try:
            run_job(job_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(pk,)) for pk in jobs]
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
    genuine = computing.load

    def edit_once_loaded(run):
        loaded = genuine(run)
        ChangedIntention.objects.create(intention_id=association.pk)
        return loaded

    ChangedIntention.objects.create(intention_id=association.pk)
    monkeypatch.setattr(computing, "load", edit_once_loaded)
    compute()

    assert ChangedIntention.objects.count() == 1
