from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from jobs import views
from tests.factories.jobs import JobFactory


@pytest.fixture(autouse=True)
def _unknown_migrations():
    views._migrated.cache_clear()


def test_a_live_process_says_so_without_the_database(client):
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_a_ready_process_says_how_late_its_work_is(client):
    JobFactory(not_before=timezone.now() - timedelta(seconds=100))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": True,
        "migrations": True,
        "oldest_job_s": 100,
    }


@pytest.mark.django_db
def test_work_that_nobody_does_makes_it_unready(client, settings):
    late = timedelta(seconds=settings.JOBS_LATE_SECONDS + 1)
    JobFactory(not_before=timezone.now() - late)

    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_migration_to_come_makes_it_unready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["migrations"]) == (503, False)


@pytest.mark.django_db
def test_a_database_that_is_away_makes_it_unready(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": False})
