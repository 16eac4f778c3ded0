"""No address of ours sends anybody to a site that somebody else wrote in the link."""

from itertools import cycle, product
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

NAMES = ("next", "url", "return", "return_to", "redirect", "redirect_to", "retour")
PAYLOADS = (
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/.//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example#testserver",
    "https://evil.example\\@testserver/",
    "//evil.example:443/%2e%2e",
    "//evil。example",
    "http://[::1]/",
    "javascript:alert(1)",
    "data:text/html,a",
    "ftp://evil.example/",
    "mailto:a@evil.example",
    "/\r\nLocation: https://evil.example",
)
OURS = {"", "testserver"}
FORM = "application/x-www-form-urlencoded"


def leads_away(response) -> bool:
    """Read what leads elsewhere as a browser does: a backslash is a slash."""
    targets = [response.headers.get(name) for name in ("Location", "HX-Redirect")]
    targets += [response.headers.get(name) for name in ("HX-Location", "HX-Push-Url")]
    for target in filter(None, targets):
        read = target.replace("\\", "/").replace("\t", "")
        parts = urlsplit(urljoin("https://testserver/", read))
        if parts.netloc not in OURS or parts.scheme not in {"http", "https"}:
            return True
    return False


def answers_of(client, page: str, payload: str):
    fields = urlencode(dict.fromkeys(NAMES, payload))
    yield client.get(page, QUERY_STRING=fields)
    yield client.generic("POST", page, fields, FORM)


def each_with_one(pages, payloads):
    """For the gate: each page with one of the payloads, the next page with the next."""
    return zip(pages, cycle(payloads), strict=False)


def led_away(persona: str, payloads, *, pairs=product) -> list[tuple[str, str]]:
    world = build()
    client = world.client(persona)
    pages = {
        path_of(Attempt(persona, address, "A", "GET", 0), world)
        for address in addresses()
        if address.name != "account_logout"
    }
    return [
        (page, payload)
        for page, payload in pairs(sorted(pages), payloads)
        if any(map(leads_away, answers_of(client, page, payload)))
    ]


@pytest.mark.parametrize("persona", ["visitor", "referent_a"])
def test_no_parameter_leads_to_another_site(persona):
    assert led_away(persona, PAYLOADS[:3], pairs=each_with_one) == []


@pytest.mark.slow
@pytest.mark.parametrize("persona", ["visitor", "referent_a", "administrator"])
def test_no_parameter_at_all_leads_to_another_site(persona):
    assert led_away(persona, PAYLOADS) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_leaving_does_not_either(payload):
    world = build()
    answer = world.client("referent_a").post("/compte/deconnexion/", {"next": payload})

    assert answer.status_code == 302
    assert not leads_away(answer)
