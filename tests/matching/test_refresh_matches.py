import io
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jobs.models import Job
from matching.models import Proposal, Run
from matching.services import computing
from matching.services.runs import request_run, stop_run
from tests.factories.matching import worked_pair
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def refreshed(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("refresh_matches", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_without_waiting_the_computation_is_queued():
    worked_pair()

    out, err = refreshed()

    run = Run.objects.get()
    assert out == ""
    assert err == f"Calcul {run} demandé ; les travaux en attente le feront.\n"
    assert (run.state, Job.objects.get().done_at) == (Run.State.QUEUED, None)


def test_the_command_that_waits_does_the_work_itself():
    worked_pair()

    out, err = refreshed("--wait")

    assert out == ""
    assert err == "1 proposition enregistrée pour 2 intentions.\n"
    assert Proposal.objects.count() == 1


def test_a_territory_is_named_by_its_reference():
    worked_pair()
    place = TerritoryFactory(code="13055", name="Marseille")

    refreshed("--territory", "COM-13055")

    assert Run.objects.get().territory == place


def test_the_whole_country_is_everything():
    TerritoryFactory(country=True)

    refreshed("--territory", "FR")

    assert Run.objects.get().scope == Run.Scope.EVERYTHING


def test_an_unknown_territory_is_refused():
    with pytest.raises(CommandError, match="COM-99999") as refused:
        refreshed("--territory", "COM-99999")

    assert refused.value.returncode == 1
    assert Run.objects.count() == 0


def test_a_computation_that_fails_says_so_and_keeps_the_former_proposals(monkeypatch):
    worked_pair()
    refreshed("--wait")

    def fail(*arguments):
        raise MemoryError

    monkeypatch.setattr(computing, "store", fail)
    monkeypatch.setattr("jobs.services.failing.attempts_max", lambda kind: 1)
    with pytest.raises(CommandError, match="conservées") as failed:
        refreshed("--wait")

    assert failed.value.returncode == 1
    assert Proposal.objects.count() == 1


def test_the_progress_is_shown_in_parts_on_a_terminal(monkeypatch):
    worked_pair()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    _out, err = refreshed("--wait")

    assert "0/2 parties faites" in err
    assert "1/2 parties faites" in err
    assert "2/2 parties faites\n" in err


def interrupted():
    raise KeyboardInterrupt


@pytest.mark.parametrize("is_new", [True, False])
def test_leaving_a_computation_stops_it_if_it_was_asked_here(is_new, monkeypatch):
    worked_pair()
    refreshed("--wait")
    if not is_new:
        request_run()
    monkeypatch.setattr("matching.services.following._work", interrupted)

    with pytest.raises(CommandError) as left:
        refreshed("--wait")

    run = Run.objects.latest("pk")
    assert left.value.returncode == 130
    assert (run.state == Run.State.STOPPED) is is_new
    assert ("arrêté" in str(left.value)) is is_new
    assert Proposal.objects.count() == 1


def test_who_waits_for_a_computation_that_is_stopped_elsewhere_is_told(monkeypatch):
    worked_pair()
    refreshed("--wait")

    def stop():
        stop_run(Run.objects.active().get())

    monkeypatch.setattr("matching.services.following._work", stop)
    with pytest.raises(CommandError, match="a été arrêté") as told:
        refreshed("--wait")

    assert told.value.returncode == 1
    assert Proposal.objects.count() == 1


def test_starting_the_site_does_not_load_numpy():
    program = (
        "import sys, django; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "from django.core.management import get_commands, load_command_class; "
        "[load_command_class(app, name) for name, app in get_commands().items()"
        " if app == 'matching']; "
        "import matching.selectors.proposals; "
        "sys.exit('numpy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, check=False
    )

    assert done.returncode == 0
