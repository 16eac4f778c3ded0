"""A real Chromium for the tests marked ``needs_browser``.

``browser_page`` is a page that fails the test on a script error or a refusal of the
content security policy. ``violations`` runs axe, which finds only a part of what the
accessibility rules ask: none found is not conformity. ``fits`` looks for what overflows.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium():
    """A browser for the whole run, or a skip that gives its reason."""
    if CHROMIUM is None:
        reason = "no chromium on this machine (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs an event loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def browser_page(chromium):
    """A new page; whatever its console reports as an error fails the test."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR"
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type == "error" else None
        ),
    )
    yield page
    context.close()
    assert problems == [], problems


def sign_in(page: Page, client, live_server) -> None:
    """Give the page the session that ``client`` holds."""
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url}
            for name, cookie in client.cookies.items()
        ]
    )


def fits(page: Page) -> bool:
    """Return whether nothing overflows the window, once the page on its way is there.

    Asked of an element: between two pages there is no document to measure.
    """
    page.locator("body").wait_for()
    width = page.locator("html").evaluate("root => root.scrollWidth")
    return width <= page.viewport_size["width"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds on the page: rules, and the elements that break them."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
