import pytest
from django.urls import reverse

from matching import kernel
from matching.models import Configuration
from matching.selectors.configurations import versions
from matching.services.configuration import activate_configuration
from matching.services.runs import active_configuration

pytestmark = pytest.mark.django_db

ADDRESS = reverse("matching:configuration_list")


def activate(version, *, reason, **values):
    content = kernel.default_configuration().to_mapping()
    content["version"] = version
    for name, value in values.items():
        content["settings"][name.replace("__", ".")]["value"] = value
    return activate_configuration(content, reason=reason)


def two_versions():
    active_configuration()
    activate(
        "2027.1",
        reason="Les besoins <comptent> plus.",
        weight__needs=0.345,
        weight__objectives=0.205,
        territory__half_distance_km=30,
    )


def test_the_log_says_what_changed_and_why():
    two_versions()

    latest, first = versions(Configuration.objects.order_by("pk"))

    assert (latest.name, latest.is_active, first.is_active) == ("2027.1", True, False)
    assert {
        weight.component: (weight.former_pct, weight.pct)
        for weight in latest.weights
        if weight.is_changed
    } == {"objectives": (25.0, 20.5), "needs": (30.0, 34.5)}
    assert latest.others == ["territory.half_distance_km"]
    assert [weight.former_pct for weight in first.weights] == [None] * 5
    assert first.others == []


def test_everybody_reads_the_log(client):
    two_versions()

    page = client.get(ADDRESS).content.decode()

    assert page.index("Version 2027.1") < page.index("Version 2026.1")
    assert page.count("en vigueur") == 1
    assert "Les besoins &lt;comptent&gt; plus." in page
    assert "<strong>34,5 %</strong>" in page
    assert "A changé aussi : l’effet de la distance." in page


def test_before_the_first_computation_the_published_weights_are_said_to_apply(client):
    page = client.get(ADDRESS).content.decode()

    assert "Aucune version enregistrée" in page


def test_the_page_asks_as_many_queries_however_many_versions(
    client, django_assert_num_queries
):
    two_versions()
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    for number in range(5):
        activate(f"2028.{number}", reason="Encore.", weight__needs=0.3)
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_the_method_leads_to_the_log(client):
    assert ADDRESS in client.get(reverse("portal:method")).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_log_is_only_read(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405
