import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.rendezvous.scheduling.test_dzn import TEXT as DAY
from tests.tree import ROOT

SESSION = {
    "rounds": 2,
    "tables": 1,
    "participants": [
        {"id": "a", "kind": "association"},
        {"id": "b", "kind": "company"},
        {"id": "c", "kind": "company", "from": 2},
    ],
    "pairs": [
        {"a": "a", "b": "b", "value": 0.5},
        {"a": "a", "b": "c", "value": 0.25},
    ],
    "kinds": [["association", "company"]],
    "min": 1,
}


def scheduled(path, *arguments):
    out = StringIO()
    call_command("schedule_session", str(path), *arguments, stdout=out)
    return out.getvalue()


def test_a_session_is_scheduled_and_described(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(SESSION))

    found = json.loads(scheduled(path, "--format", "json", "--time-limit", "60"))

    assert found.pop("seconds") >= 0
    assert found == {
        "status": "optimal",
        "value": 0.75,
        "bound": 0.75,
        "gap_pct": 0.0,
        "breaks": 0,
        "idle": 0,
        "worst": {"id": "b", "value": 0.25, "ceiling": 0.25},
        "short": [],
        "meetings": [
            {"round": 1, "table": 1, "ids": ["a", "b"]},
            {"round": 2, "table": 1, "ids": ["a", "c"]},
        ],
        "changed": [],
        "reasons": [],
    }


def test_what_is_impossible_is_told_in_french(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(SESSION | {"min": 5}))

    found = json.loads(scheduled(path, "--format", "json"))

    assert found["status"] == "infeasible"
    assert found["reasons"][0] == (
        "Avec 1 tables et 2 tours, 3 participants ne peuvent pas tous avoir "
        "5 rencontres\u202f: il faudrait 15 places, il y en a 4."
    )


def test_a_day_of_requested_meetings_prints_its_breaks(tmp_path):
    path = tmp_path / "day.dzn"
    path.write_text(DAY)

    found = json.loads(scheduled(path, "--format", "json"))

    assert (found["status"], found["breaks"], found["bound"]) == ("optimal", 1, 1)
    assert [one["round"] for one in found["meetings"]] == [2, 4]


def test_a_text_is_printed_by_default(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(SESSION))

    assert "tour 1, table 1\u202f: a – b" in scheduled(path)


def test_a_refused_file_ends_with_one_line_for_each_error(tmp_path, capsys):
    path, report = tmp_path / "session.json", tmp_path / "report"
    path.write_text(json.dumps(SESSION | {"tables": "x", "foo": 1}))

    with pytest.raises(SystemExit) as caught:
        call_command("schedule_session", str(path), "--report", str(report))

    assert caught.value.code == 1
    assert capsys.readouterr().err.splitlines() == report.read_text().splitlines()
    assert report.read_text().splitlines() == [
        "1, foo, 1, cette clé n’est pas connue",
        '1, tables, "x", un nombre entier est attendu',
    ]


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "session.json"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SystemExit):
        scheduled(path)


def test_a_missing_file_is_bad_usage(tmp_path):
    with pytest.raises(CommandError) as caught:
        scheduled(tmp_path / "nothing.json")

    assert caught.value.returncode == 2


@pytest.mark.parametrize("limit", ["0", "-1", "x", "nan", "inf"])
def test_a_limit_that_is_no_time_is_bad_usage(tmp_path, limit):
    with pytest.raises(CommandError):
        scheduled(tmp_path, "--time-limit", limit)


def test_the_command_needs_no_database(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(SESSION))
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@localhost:1/nothing"}
    nowhere["DJANGO_SETTINGS_MODULE"] = "config.settings.local"

    done = subprocess.run(
        [sys.executable, "manage.py", "schedule_session", str(path)],
        cwd=ROOT,
        env=nowhere,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
