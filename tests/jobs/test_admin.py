import pytest
from django.urls import reverse

from jobs.models import Job
from tests.factories.elevation import elevated_administrator
from tests.factories.jobs import JobFactory


@pytest.fixture
def elevated_client(client):
    client.force_login(elevated_administrator())
    return client


@pytest.mark.django_db
def test_an_administrator_sees_the_jobs_and_gives_a_second_chance(elevated_client):
    aside = JobFactory(quarantined=True)
    JobFactory(done=True)
    address = reverse("admin:jobs_job_changelist")

    page = elevated_client.get(address)
    chosen = {"action": "retry", "_selected_action": [aside.pk]}
    answer = elevated_client.post(address, chosen, follow=True)

    assert page.status_code == 200
    assert "1 travail relancé." in answer.content.decode()
    assert Job.objects.quarantined().count() == 0


@pytest.mark.django_db
def test_nobody_writes_a_job_by_hand(elevated_client):
    job = JobFactory()

    add = elevated_client.get(reverse("admin:jobs_job_add"))
    change = elevated_client.post(
        reverse("admin:jobs_job_change", args=[job.pk]), {"kind": "other"}
    )

    assert add.status_code == 403
    assert change.status_code == 302
    job.refresh_from_db()
    assert job.kind == "test"
