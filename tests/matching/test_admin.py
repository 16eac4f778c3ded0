import pytest
from django.urls import reverse

from matching.models import Run
from matching.services.runs import request_run
from tests.factories.elevation import elevated_administrator
from tests.factories.matching import compute, worked_pair
from tests.factories.territories import TerritoryFactory

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


def act(client, action, *runs):
    """Choose runs in the list and ask for an action; return the page that follows."""
    client.force_login(elevated_administrator())
    chosen = {"action": action, "_selected_action": [run.pk for run in runs]}
    address = reverse("admin:matching_run_changelist")
    return client.post(address, chosen, follow=True).content.decode()


def test_staff_stop_what_is_being_computed_and_nothing_else(client):
    worked_pair()
    done, waiting = compute(), request_run()

    page = act(client, "stop", done, waiting)

    assert "1 calcul arrêté." in page
    states = [Run.objects.get(pk=run.pk).state for run in (done, waiting)]
    assert states == [Run.State.DONE, Run.State.STOPPED]


def test_staff_ask_again_for_a_computation_once_for_each_scope(client):
    worked_pair()
    place = TerritoryFactory()
    runs = [compute(), compute(), compute(place)]

    page = act(client, "ask_again", *runs)

    assert "2 calculs demandés." in page
    waiting = Run.objects.active().order_by("territory__pk")
    assert {run.territory for run in waiting} == {None, place}


def test_the_list_of_computations_says_how_far_they_are(client):
    worked_pair()
    run = compute()
    client.force_login(elevated_administrator())

    page = client.get(reverse("admin:matching_run_changelist")).content.decode()

    assert f"{run.parts_done}/{run.parts_total}" in page
