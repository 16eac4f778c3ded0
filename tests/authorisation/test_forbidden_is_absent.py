"""What is another's answers as what does not exist: status, page and headers."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from tests.authorisation.attempts import identifier_of
from tests.authorisation.inventory import addresses, some_addresses
from tests.authorisation.tally import COUNTS
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

# Who asks, and whose objects they ask for, from the pages of their own organisation.
ASKERS = {"signatory_b": "B", "contributor_c": "C", "account_without_organisation": ""}
VICTIM = "A"
METHODS = ("GET", "POST")
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"')
# Said of each answer, and different for each.
OWN_HEADERS = ("Content-Length", "X-Request-ID", "X-Server-Time", "ETag")
# Places and organisations are public; a link is the right of whoever holds it.
PUBLIC = (
    "territories.Territory",
    "alliances.Organisation",
    "alliances.InvitationLink",
)
ORGANISATION = "alliances.Organisation"
# An announced session is public; for one's own organisation, one may come to it, and
# then say what follows with those one met there.
OF_EVERYBODY = {
    f"rendezvous:{name}"
    for name in (
        *("session_detail", "session_poster", "registration_begin"),
        *("registration_edit", "registration_cancel", "wish_list", "programme_detail"),
        *("attendance_say", "invitation_decline"),
        *("programme_sheet", "programme_booklet", "programme_agenda"),
        *("followup_detail", "feedback_give", "progress_say"),
        *("card_find", "card_write", "card_sign"),
        *("live_state", "programme_worker"),
        *("process_detail", "process_restitution"),
    )
}


def is_somebodys(address):
    """An address of an object that is not public."""
    return address.name not in OF_EVERYBODY and any(
        "." in model and model not in PUBLIC for _, model in address.row.objects
    )


def path_to(address, world, *, own, relation):
    """The address with the asker's own organisation in it, then an object of another."""
    bound = dict(address.row.objects)
    values = {}
    for name in address.parameters:
        model = bound.get(name, "")
        whose = own if model == ORGANISATION and own else relation
        values[name] = identifier_of(model, whose, world)
    return reverse(address.name, kwargs=values), set(values.values())


def answer(client, method, path, identifiers):
    """Everything that comes out, less the identifiers that were asked."""
    with transaction.atomic():
        response = client.generic(
            method, path, data="", content_type="application/x-www-form-urlencoded"
        )
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    text = CHANGING.sub("", body.decode(errors="replace"))
    headers = {k: v for k, v in response.headers.items() if k not in OWN_HEADERS}
    told = f"{headers} {sorted(response.cookies)} {text}"
    for identifier in sorted(identifiers, key=len, reverse=True):
        told = told.replace(identifier, "IDENTIFIER")
    return response.status_code, told


def differences(world, chosen):
    found = []
    for asker, own in ASKERS.items():
        client = world.client(asker)
        for address in filter(is_somebodys, chosen):
            for method in METHODS:
                theirs, absent = (
                    answer(
                        client, method, *path_to(address, world, own=own, relation=r)
                    )
                    for r in (VICTIM, "random")
                )
                COUNTS["forbidden and absent"] += 1
                if theirs != absent:
                    statuses = f"{theirs[0]}, absent {absent[0]}"
                    found.append(f"{asker} {method} {address.name}: {statuses}")
    return found


def test_what_is_anothers_answers_as_what_does_not_exist():
    assert differences(build(), some_addresses("forbidden is absent")) == []


@pytest.mark.slow
def test_what_is_anothers_answers_as_what_does_not_exist_at_every_address():
    assert differences(build(), addresses()) == []


def test_an_answer_that_tells_is_seen(monkeypatch):
    """The control: with every row visible, the other's object no longer is absent."""
    world = build()
    monkeypatch.setattr("accounts.policy._rows", AllRows())
    named = [a for a in addresses() if a.name == "accounts:token_revoke"]

    assert differences(world, named) != []


class AllRows(dict):
    def get(self, model, default=None):
        return lambda person, queryset: queryset
