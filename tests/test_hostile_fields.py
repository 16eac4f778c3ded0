"""Each field of each form of each page, one at a time, the others as they were shown.

A form that is refused as a whole never reaches what reads its last field: here a single
value is hostile, sent as a page and as a fragment, to where the form really goes.
"""

import random
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.utils.http import urlencode

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.tally import COUNTS
from tests.authorisation.world import build
from tests.form_reader import ReadForm, forms_of
from tests.test_hostile_inputs import FORM, PAYLOADS

pytestmark = pytest.mark.django_db

PERSONAS = ("visitor", "referent_a", "signatory_b", "catalyst_here", "administrator")
# Ends the session of who sends it: what follows would be asked by nobody.
LEAVES = ("/compte/deconnexion/",)
RELATION = {"signatory_b": "B"}
SEED = 20260101
SAMPLE = 200


def forms_shown_to(persona, world, client):
    """Each form of each page that ``persona`` may open, once, with where it goes."""
    found = {}
    for address in addresses():
        relation = RELATION.get(persona, "A")
        path = path_of(Attempt(persona, address, relation, "GET", 0), world)
        response = client.get(path)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        for form in forms_of(response.content.decode()):
            target = urlsplit(urljoin(path, form.action)).path
            found[target, form.method, tuple(sorted(form.names))] = form
    return [(target, form) for (target, _, _), form in found.items()]


@dataclass(frozen=True)
class Request:
    """One hostile value in one field."""

    target: str
    form: ReadForm
    name: str
    payload: str
    htmx: bool

    def __str__(self):
        return f"{self.target} {self.name}={self.payload!a:.30}"

    def encoded(self):
        if storable(self.payload):
            return urlencode({**self.form.data, self.name: [self.payload]}, doseq=True)
        return f"{self.name}=%ED%A0%80"

    def send(self, client):
        headers = {"HTTP_HX_REQUEST": "true"} if self.htmx else {}
        if self.form.method == "GET":
            headers["QUERY_STRING"] = self.encoded()
            return client.generic("GET", self.target, **headers)
        return client.generic("POST", self.target, self.encoded(), FORM, **headers)


def requests_to(forms):
    """Every field × payload × way of asking."""
    return [
        Request(target, form, name, payload, htmx)
        for target, form in forms
        if target not in LEAVES
        for name in sorted(form.names)
        for payload in PAYLOADS
        for htmx in (False, True)
    ]


def fails(client, request):
    with transaction.atomic():
        response = request.send(client)
        transaction.set_rollback(True)
    return response.status_code >= 500


def storable(text):
    return not any("\ud800" <= character <= "\udfff" for character in text)


def failures(persona, size):
    world = build()
    client = world.client(persona)
    asked = requests_to(forms_shown_to(persona, world, client))
    chosen = random.Random(SEED).sample(asked, min(size, len(asked)))
    COUNTS["hostile fields"] += len(chosen)
    return [str(each) for each in chosen if fails(client, each)]


def test_no_form_fails_on_one_hostile_field():
    assert failures("referent_a", SAMPLE) == []


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
def test_no_form_at_all_fails_on_one_hostile_field(persona):
    assert failures(persona, 1_000_000) == []
