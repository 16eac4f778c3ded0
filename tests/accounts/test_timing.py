"""How long an answer takes says nothing of who is here.

Measures of the different cases follow one another in turn, and are those of the work
done by this thread: what else the machine does in the meantime does not count.
"""

import statistics
import time
from collections import defaultdict

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.settings import base
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.joining import InvitationFactory, link_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TIMES = 200
GAP_MS = 10
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


def gaps(cases, ask):
    """The widest gap between the medians of ``cases``, in milliseconds."""
    taken, asked = defaultdict(list), {}
    for _ in range(TIMES):
        for name, case in cases.items():
            cache.clear()
            client = Client()
            with transaction.atomic(), CaptureQueriesContext(connection) as queries:
                began = time.thread_time()
                ask(client, case)
                taken[name].append(time.thread_time() - began)
                transaction.set_rollback(True)
            asked[name] = len(queries)
    medians = {name: statistics.median(each) * 1_000 for name, each in taken.items()}
    print(medians, asked)
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

    assert gaps(addresses(), ask) <= GAP_MS
