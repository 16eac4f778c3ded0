"""The interface as a whole: its schema is valid, complete, and its pages open."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from tests.authorisation.inventory import addresses


def test_the_schema_is_valid_without_a_warning(tmp_path):
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "s.yml")
    )


def test_every_route_of_the_interface_is_in_the_schema():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    routes = {
        reverse(a.name, kwargs=dict.fromkeys(a.parameters, "X"))
        for a in addresses()
        if a.name.startswith("api:")
        and a.name not in ("api:schema", "api:documentation")
    }

    documented = {
        "/".join("X" if part.startswith("{") else part for part in path.split("/"))
        for path in paths
    }
    assert documented == routes


@pytest.mark.parametrize("name", ["api:schema", "api:documentation"])
@pytest.mark.django_db
def test_the_documentation_is_open_to_everybody(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.needs_browser
@pytest.mark.django_db
def test_the_documentation_is_drawn_under_the_strict_policy(browser_page, live_server):
    browser_page.goto(live_server.url + reverse("api:documentation"))

    browser_page.get_by_text("/api/v1/territories/", exact=True).wait_for()
