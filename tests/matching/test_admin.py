import pytest
from django.urls import reverse

from tests.factories.elevation import elevated_administrator
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["run", "configuration"])
def test_staff_read_what_services_wrote_and_change_nothing(client, name):
    worked_pair()
    run = compute()
    target = {"run": run.pk, "configuration": run.configuration_id}[name]
    client.force_login(elevated_administrator())

    pages = [
        client.get(reverse(f"admin:matching_{name}_changelist")),
        client.get(reverse(f"admin:matching_{name}_change", args=[target])),
        client.get(reverse(f"admin:matching_{name}_add")),
        client.post(reverse(f"admin:matching_{name}_delete", args=[target])),
    ]

    assert [page.status_code for page in pages] == [200, 200, 403, 403]
