import re

import pytest
from django.urls import reverse

from matching.kernel import default_configuration
from matching.services.configuration import activate_configuration

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["method", "legal", "privacy", "accessibility"])
def test_a_page_of_text_is_open_to_everybody(client, name):
    response = client.get(reverse(f"portal:{name}"))

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def test_the_weights_told_are_those_of_the_configuration(client):
    page = client.get(reverse("portal:method")).content.decode()

    told_pct = sorted(
        int(figure) for figure in re.findall(r"<td>([0-9]+) %</td>", page)
    )
    assert told_pct == sorted(round(100 * w) for w in default_configuration().weights)


def test_the_weights_told_are_those_in_use(client):
    content = default_configuration().to_mapping()
    content["version"] = "2027.1"
    content["settings"]["weight.needs"]["value"] = 0.345
    activate_configuration(content, reason="Essai.")

    page = client.get(reverse("portal:method")).content.decode()

    assert "<td>34,5 %</td>" in page
