"""Whatever is typed in any field of any address, nobody gets a page of failure."""

from urllib.parse import quote

import pytest
from django import forms
from django.test import Client
from django_filters import FilterSet

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses, each_extent
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


@each_extent
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: ascii(text)[:24])
def test_no_address_fails_on_a_hostile_value(payload, extent):
    world = build()
    member = world.client("referent_a")
    data = query(payload)

    failures = []
    for address in extent(ascii(payload)):
        path = path_of(Attempt("referent_a", address, "A", "GET", 0), world)
        answers = [
            member.generic("GET", path, QUERY_STRING=data),
            member.generic("POST", path, data, FORM),
        ]
        failures += [path for answer in answers if answer.status_code >= 500]

    assert failures == []


def test_no_address_fails_on_a_hostile_identifier():
    world = build()
    visitor = world.client("visitor")
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


JSON = "application/json"
MULTIPART = "multipart/form-data; boundary=b"
FILE = (
    b'--b\r\nContent-Disposition: form-data; name="name"; filename="../../a\0.html"\r\n'
    b"Content-Type: text/html\r\n\r\n<script>\r\n--b--\r\n"
)
BODIES = {
    "too many fields": (b"a=1&" * 1_001, FORM),
    "a huge body": (b"name=" + b"x" * 3_000_000, FORM),
    "an object": (b'{"name": {"$gt": ""}}', JSON),
    "broken json": (b'{"a":' * 2_000, JSON),
    "a file where none is expected": (FILE, MULTIPART),
    "parts without an end": (b"--b\r\nContent-Disp", MULTIPART),
    "parts without a boundary": (b"--b--", "multipart/form-data"),
    "an unknown charset": (b"name=%ff", f"{FORM}; charset=zlib_codec"),
    "parts in an unknown charset": (FILE, f"{MULTIPART}; charset=idna"),
    "another charset": ("name=é".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "bytes that are no text": (b"name=\xff\xfe&\xc3=1", FORM),
    "no type": (b"name=a", ""),
}
HEADERS = {
    "a cookie with a NUL": {"HTTP_COOKIE": 'sessionid="aaaaaaaaaa\\000b"'},
    "a token with a NUL": {"HTTP_COOKIE": 'csrftoken="aaaaaaaaaa\\000b"'},
    "messages of nobody": {"HTTP_COOKIE": "messages=W1siX19qc29u:x:y"},
    "any language": {"HTTP_ACCEPT_LANGUAGE": "x" * 5_000 + ",\ud800;q=9"},
    "any type": {"HTTP_ACCEPT": "application/xml;q=x, */"},
    "a broken page of origin": {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": "http://[",
    },
    "a page of origin to decode": {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": "%ff%00",
        "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true",
    },
    "another method by a header": {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    "another address by a header": {"HTTP_X_ORIGINAL_URL": "/administration/"},
}


def each_path(world, chosen=None):
    for address in addresses() if chosen is None else chosen:
        yield path_of(Attempt("referent_a", address, "A", "GET", 0), world)


@each_extent
@pytest.mark.parametrize("name", BODIES)
def test_no_address_fails_on_a_hostile_body(name, extent):
    world = build()
    member = world.client("referent_a")
    body, content_type = BODIES[name]

    failures = [
        path
        for path in each_path(world, extent(name))
        for method in ("POST", "PUT")
        if member.generic(method, path, body, content_type).status_code >= 500
    ]

    assert failures == []


@each_extent
@pytest.mark.parametrize("name", HEADERS)
def test_no_address_fails_on_a_hostile_header(name, extent):
    world = build()
    visitor = world.client("visitor")

    failures = [
        path
        for path in each_path(world, extent(name))
        if visitor.get(path, **HEADERS[name]).status_code >= 500
    ]

    assert failures == []


@each_extent
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"])
def test_no_address_fails_on_another_method(method, extent):
    world = build()
    member = world.client("referent_a")

    failures = [
        path
        for path in each_path(world, extent(method))
        if member.generic(method, path).status_code >= 500
    ]

    assert failures == []


def test_what_changes_something_asks_for_the_token_of_the_form():
    world = build()
    member = world.client("referent_a")
    member.handler.enforce_csrf_checks = True

    accepted = [
        (path, method)
        for path in each_path(world)
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if member.generic(method, path, b"name=a", FORM).status_code < 400
    ]

    assert accepted == []


def test_a_sign_in_leads_to_no_other_site():
    person = build().people["referent_a"]
    person.set_password("une-phrase-bien-longue")
    person.save()
    hostile = (
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\t//evil.example",
    )
    answers = [
        Client().post(
            "/compte/connexion/",
            {
                "login": person.email,
                "password": "une-phrase-bien-longue",
                "next": next_,
            },
        )
        for next_ in hostile
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, "/") for _ in hostile
    ]


def test_a_sign_in_changes_the_session_and_a_sign_out_is_never_a_link():
    person = build().people["referent_a"]
    person.set_password("une-phrase-bien-longue")
    person.save()
    client = Client()
    client.get("/compte/connexion/")
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    credentials = {"login": person.email, "password": "une-phrase-bien-longue"}
    client.post("/compte/connexion/", credentials)
    signed_in = client.session.session_key

    assert client.session["_auth_user_id"] == str(person.pk)
    assert signed_in != planted.session_key

    client.get("/compte/deconnexion/")
    assert client.session.session_key == signed_in
    client.post("/compte/deconnexion/")
    assert "_auth_user_id" not in client.session
