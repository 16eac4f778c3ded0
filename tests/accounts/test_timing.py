"""How long an answer takes says nothing of who is here.

Measures of the different cases follow one another in turn, and are those of the work
of this process: what else the machine does in the meantime does not count.
"""

import statistics
import time
from collections import defaultdict

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.settings import base
from tests.authorisation.inventory import addresses as addresses_of_the_site
from tests.authorisation.test_forbidden_is_absent import path_to
from tests.authorisation.world import build
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.joining import InvitationFactory, link_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TIMES = 200
GAP_MS = 10
GAP_OF_OBJECTS_MS = 5
MAIN = (
    "accounts:token_revoke",
    "alliances:attachment_download",
    "alliances:claim_detail",
    "alliances:introduction_detail",
    "alliances:introduction_close",
    "alliances:invitation_reply",
    "alliances:message_report",
    "moderation:report_followup",
    "notifications:notification_open",
    "portal:copy_download",
)
PASSWORD = "une-phrase-bien-longue"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    """Passwords cost there what they cost; every question is answered here."""
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    settings.RATE_LIMITED = False
    settings.ACCOUNT_RATE_LIMITS = False


def addresses():
    """The same question about somebody, nobody, and somebody who left."""
    known, closed = UserFactory(), UserFactory(is_active=False)
    for person in (known, closed):
        person.set_password("motdepasse-de-test")
        person.save()
    return {
        "here": known.email,
        "absent": "personne-ici@exemple.test",
        "closed": closed.email,
    }


def gap(cases, ask, *, who=None):
    """The widest gap between the medians of ``cases``, in milliseconds."""
    taken = defaultdict(list)
    for _ in range(TIMES):
        for name, case in cases.items():
            cache.clear()
            client = who or Client()
            with transaction.atomic():
                began = time.process_time()
                ask(client, case)
                taken[name].append(time.process_time() - began)
                transaction.set_rollback(True)
    medians = {name: statistics.median(each) * 1_000 for name, each in taken.items()}
    return max(medians.values()) - min(medians.values())


ASKS = {
    "account_login": {"login": "{}", "password": "pas-la-bonne-phrase"},
    "account_reset_password": {"email": "{}"},
    "account_request_login_code": {"email": "{}"},
    "account_signup": {"email": "{}", "password1": PASSWORD, "name": "Camille"},
}


@pytest.mark.parametrize("name", ASKS)
def test_an_address_that_is_known_takes_no_longer(name):
    def ask(client, address):
        fields = {key: value.format(address) for key, value in ASKS[name].items()}
        client.post(reverse(name), fields)

    assert gap(addresses(), ask) <= GAP_MS


def test_inviting_somebody_who_has_an_account_takes_no_longer():
    referent = MembershipFactory()
    client = Client()
    client.force_login(referent.user)
    path = reverse(
        "alliances:invitation_create", args=[referent.organisation.public_id]
    )

    def ask(client, address):
        answer = client.post(path, {"email": address, "role": "contributor"})
        assert answer.status_code == 302

    assert gap(addresses(), ask, who=client) <= GAP_MS


def test_a_link_that_was_revoked_or_never_existed_takes_as_long():
    made = {
        state: InvitationFactory(state=state, answered_at=timezone.now())
        for state in ("revoked", "accepted", "expired")
    }
    links = {state: link_of(one) for state, one in made.items()}
    links["never existed"] = "x" * 20

    def ask(client, link):
        path = reverse("alliances:invitation_answer", args=[link])
        assert client.get(path).status_code == 404

    assert gap(links, ask) <= GAP_MS


def test_asking_to_join_takes_as_long_whoever_is_there():
    claimed = MembershipFactory().organisation
    organisations = {"claimed": claimed, "of nobody": OrganisationFactory()}
    client = Client()
    client.force_login(UserFactory())

    def ask(client, organisation):
        path = reverse("alliances:claim_create", args=[organisation.public_id])
        assert client.get(path).status_code == 200

    assert gap(organisations, ask, who=client) <= GAP_MS


def test_what_is_anothers_takes_as_long_as_what_does_not_exist():
    """The ten addresses where somebody would try identifiers first."""
    world = build()
    client = world.client("signatory_b")
    named = {address.name: address for address in addresses_of_the_site()}
    wide = {}
    for name in MAIN:
        paths = {
            relation: path_to(named[name], world, own="B", relation=relation)[0]
            for relation in ("A", "random")
        }
        wide[name] = gap(paths, lambda client, path: client.get(path), who=client)

    assert {name: ms for name, ms in wide.items() if ms > GAP_OF_OBJECTS_MS} == {}
