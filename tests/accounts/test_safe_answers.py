"""Every answer, whoever asks and whatever it is, protects who reads it."""

import importlib
import re
import sys
from dataclasses import dataclass

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts import policy
from accounts.policy import Access, Route
from config import urls
from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import World, build
from tests.config.test_production import SECRETS

pytestmark = pytest.mark.django_db

OF_PRODUCTION = re.compile(r"SECURE_|SESSION_COOKIE_|CSRF_COOKIE_")
ENVIRONMENT = SECRETS | {"DJANGO_ALLOWED_HOSTS": "testserver"}
DIRECTIVES = {
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "script-src 'self'",
    "style-src 'self'",
}
SANDBOXED = {
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "sandbox",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
FORBIDDEN_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb")


def fail(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [*urls.urlpatterns, path("panne/", fail, name="failure")]


@pytest.fixture
def _as_in_production(settings, monkeypatch):
    """The headers and the cookies of production, in this process."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    sys.modules.pop("config.settings.production", None)
    production = importlib.import_module("config.settings.production")
    for name in filter(OF_PRODUCTION.match, dir(production)):
        setattr(settings, name, getattr(production, name))


@dataclass
class Asked:
    """An answer, with what was asked for the reader of a failure."""

    name: str
    response: HttpResponse
    signed_in: bool = False
    is_static: bool = False


def browser_of(person=None, **options) -> Client:
    browser = Client(raise_request_exception=False, **options)
    if person is not None:
        browser.force_login(person)
    return browser


def faults_of(asked: Asked) -> list[str]:
    headers = asked.response.headers
    policy_parts = set(headers.get("Content-Security-Policy", "").split("; "))
    features = headers.get("Permissions-Policy", "")
    found = [
        f"{name}: {headers.get(name)}"
        for name, value in FIXED.items()
        if headers.get(name) != value
    ]
    if policy_parts >= SANDBOXED:  # a file: it runs, draws and sends nothing at all
        policy_parts |= DIRECTIVES
    found += [f"no {part}" for part in DIRECTIVES - policy_parts]
    found += [part for part in policy_parts if "unsafe" in part or "*" in part]
    found += [name for name in FORBIDDEN_FEATURES if f"{name}=()" not in features]
    kept = headers.get("Cache-Control", "")
    if asked.signed_in and not asked.is_static and "no-store" not in kept:
        found.append(f"may be kept: {kept}")
    return [f"{asked.name}: {fault}" for fault in found + weak_cookies(asked.response)]


def weak_cookies(response: HttpResponse) -> list[str]:
    return [
        f"cookie {cookie.OutputString()}"
        for name, cookie in response.cookies.items()
        if not name.startswith("__Host-")
        or not cookie["secure"]
        or cookie["path"] != "/"
        or cookie["domain"]
        or cookie["samesite"] not in {"Lax", "Strict"}
        or (cookie.value and not cookie["httponly"])
    ]


def everything(world: World):
    """Each address, asked by three people in four ways."""
    for persona in ("visitor", "referent_a", "administrator"):
        person = None if persona == "visitor" else world.people[persona]
        browser = browser_of(person)
        for address in addresses():
            where = path_of(Attempt(persona, address, "A", "GET", 0), world)
            for method, extra in (
                ("GET", {}),
                ("GET", {"HTTP_HX_REQUEST": "true"}),
                ("POST", {}),
                ("PROPFIND", {}),
            ):
                if address.name == "account_logout" and method == "POST":
                    continue
                response = browser.generic(method, where, secure=True, **extra)
                yield Asked(
                    f"{persona} {method} {address.name}", response, person is not None
                )


@pytest.mark.usefixtures("_as_in_production")
def test_every_answer_of_every_address_protects_who_reads_it():
    asked = list(everything(build()))
    faults = [fault for each in asked for fault in faults_of(each)]

    assert faults == []
    statuses = {each.response.status_code for each in asked}
    assert statuses >= {200, 302, 404, 405}
    assert any(each.response.cookies for each in asked)


@pytest.mark.usefixtures("_as_in_production")
def test_an_answer_that_no_view_made_does_too(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(policy._routes, "failure", Route("failure", Access.PUBLIC))
    person = build().people["referent_a"]
    member, strict = browser_of(person), browser_of(person, enforce_csrf_checks=True)
    login = reverse("account_login")
    asked = {
        404: member.get("/nulle-part/", secure=True),
        400: member.get("/?q=a%00", secure=True),
        500: member.get("/panne/", secure=True),
        403: strict.post(login, secure=True),
        301: member.get("/territoires", secure=True),
    }

    assert {code: answer.status_code for code, answer in asked.items()} == {
        code: code for code in asked
    }
    faults = [faults_of(Asked(str(c), a, signed_in=True)) for c, a in asked.items()]
    assert faults == [[]] * len(asked)


@pytest.mark.usefixtures("_as_in_production")
def test_so_does_the_one_that_says_to_wait():
    visitor = browser_of()
    login = reverse("account_login")
    answers = [visitor.post(login, secure=True) for _ in range(101)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert faults_of(Asked("429", answers[-1])) == []


@pytest.mark.usefixtures("_as_in_production")
def test_a_static_file_is_protected_and_may_be_kept():
    member = browser_of(build().people["referent_a"])
    response = member.get("/static/js/menu.js", secure=True)
    response.close()

    assert response.status_code == 200
    assert faults_of(Asked("static", response, is_static=True)) == []
    assert "no-store" not in response.headers.get("Cache-Control", "")


@pytest.mark.usefixtures("_as_in_production")
def test_the_redirection_to_the_safe_address_is_protected_too():
    response = browser_of().get("/", secure=False)
    unsafe = {
        fault
        for fault in faults_of(Asked("http", response))
        if "Strict-Transport" not in fault  # no browser reads it there
    }

    assert response["Location"] == "https://testserver/"
    assert unsafe == set()


def test_leaving_empties_the_browser():
    member = browser_of(build().people["referent_a"])
    answer = member.post(reverse("account_logout"))

    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in browser_of().post(reverse("account_logout"))


def test_what_visitors_read_may_be_kept():
    answer = browser_of().get(reverse("portal:home"))

    assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_what_a_program_reads_with_a_key_is_not_kept():
    answer = browser_of().get(
        reverse("api:territory-list"), HTTP_AUTHORIZATION="Bearer x"
    )

    assert answer["Cache-Control"] == "private, no-store"
