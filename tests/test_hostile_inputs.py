"""Whatever is typed in any field of any address, nobody gets a page of failure."""

from urllib.parse import quote

import pytest
from django import forms
from django.test import Client
from django_filters import FilterSet

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "",
    "a\0b",
    "\ud800",
    "x" * 10_000,
    str(2**63),
    "-1",
    "٣٥",
    "\u202eabc",
    "../../etc/passwd",
    "a\r\nSet-Cookie: b=c",
    "{{7*7}}{% now 'Y' %}",
    "'\"><svg onload=alert(1)>",
    "🙂%_\\",
    "DEP-44",
    "1e400",
]
FORM = "application/x-www-form-urlencoded"
FRAMEWORK = ("django.", "rest_framework.", "allauth.")


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def parameter_names():
    """Every field of every form and filter of the project, and the usual ones."""
    names = {"page", "page_size", "next", "format", "limit", "avec", "q"}
    for form in subclasses(forms.BaseForm):
        if not form.__module__.startswith(FRAMEWORK):
            names |= set(getattr(form, "base_fields", {}))
    for filterset in subclasses(FilterSet):
        names |= set(filterset.base_filters)
    return sorted(names)


def query(payload):
    """The payload in every field, as a browser would send it, or a worse program."""
    value = quote(payload.encode("utf-8", "surrogatepass"))
    return "&".join(f"{name}={value}" for name in parameter_names())


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: ascii(text)[:24])
def test_no_address_fails_on_a_hostile_value(payload):
    world = build()
    member = Client(raise_request_exception=False)
    member.force_login(
        world.people["referent_a"], "django.contrib.auth.backends.ModelBackend"
    )
    data = query(payload)

    failures = []
    for address in addresses():
        path = path_of(Attempt("referent_a", address, "A", "GET", 0), world)
        answers = [
            member.generic("GET", path, QUERY_STRING=data),
            member.generic("POST", path, data, FORM),
        ]
        failures += [path for answer in answers if answer.status_code >= 500]

    assert failures == []


def test_no_address_fails_on_a_hostile_identifier():
    world = build()
    visitor = Client(raise_request_exception=False)
    hostile = [
        "a%00b",
        "%ED%A0%80",
        "x" * 500,
        "%D9%A3%D9%A5",
        "..%2F..",
        "%F0%9F%99%82",
    ]

    failures = []
    for address in addresses():
        path = path_of(Attempt("visitor", address, "A", "GET", 0), world)
        for identifier in (
            *(each.public_id for each in world.organisations.values()),
            *(place.reference for place in world.territories.values()),
        ):
            for text in hostile if identifier in path else ():
                response = visitor.get(path.replace(identifier, text))
                if response.status_code >= 500:
                    failures.append((path, text))

    assert failures == []
