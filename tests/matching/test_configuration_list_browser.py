"""The log of the weights in a real browser, on a phone and on a desk."""

import pytest
from django.urls import reverse

from tests.browser import fits, violations
from tests.matching.test_configuration_list import two_versions

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1440])
def test_the_log_holds_on_the_screen(live_server, browser_page, width):
    two_versions()
    browser_page.set_viewport_size({"width": width, "height": 900})

    browser_page.goto(live_server.url + reverse("matching:configuration_list"))

    assert fits(browser_page)
    assert violations(browser_page) == []
