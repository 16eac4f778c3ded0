"""The menu of a person: what they look after, and how much waits there."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from alliances.enums import MandateRole, MembershipRole
from alliances.models import Mandate
from alliances.services.moderation import Complaint, report
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.conversations import Pair
from tests.factories.elevation import elevated_administrator
from tests.factories.joining import ClaimFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

PAGE = "/mentions-legales/"
SIGNED_IN = 2  # session, person
CLAIMS = reverse("alliances:claim_list")
SUGGESTIONS = reverse("alliances:suggestion_list")
SESSIONS = reverse("rendezvous:session_mine")
REPORTS = reverse("moderation:report_list")
MERGES = reverse("alliances:merge_choose")
GROUP = re.compile(r'<ul class="al-menu-group".*?</ul>', re.DOTALL)


def catalyst(*, ends_on=None):
    person = UserFactory()
    add_second_factor(person)
    commune = TerritoryFactory()
    Mandate.objects.create(
        user=person,
        territory=commune,
        role=MandateRole.CATALYST,
        starts_on="2026-01-01",
        ends_on=ends_on,
    )
    return person, commune


def menu(client, person):
    """Return what the menu offers beyond one's own: address to figure shown."""
    client.force_login(person)
    found = GROUP.search(client.get(PAGE).content.decode())
    if found is None:
        return {}
    entries = {}
    for line in found[0].split("<li>")[1:]:
        figure = re.search(r'aria-hidden="true">([0-9]+)<', line)
        entries[re.search(r'href="([^"]+)"', line)[1]] = int(figure[1]) if figure else 0
    return entries


def test_a_catalyst_is_led_to_the_requests_that_wait_on_their_territory(client):
    person, commune = catalyst()
    ClaimFactory(organisation=OrganisationFactory(seat=commune))
    ClaimFactory()  # elsewhere

    assert menu(client, person) == {CLAIMS: 1, SUGGESTIONS: 0, SESSIONS: 0}


def test_nothing_that_waits_shows_no_figure(client):
    assert menu(client, catalyst()[0]) == {CLAIMS: 0, SUGGESTIONS: 0, SESSIONS: 0}


def test_a_mandate_that_is_over_opens_nothing(client):
    assert menu(client, catalyst(ends_on=dt.date(2026, 1, 2))[0]) == {}


def test_members_have_their_own_pages_only(client):
    person = MembershipFactory(role=MembershipRole.REFERENT).user

    assert menu(client, person) == {}


def test_staff_with_an_extended_access_read_how_much_waits(client):
    pair = Pair()
    report(Complaint(pair.other, "insult", "mots"), by=pair.camille)
    ClaimFactory()

    assert menu(client, elevated_administrator()) == {CLAIMS: 1, REPORTS: 1, MERGES: 0}


def test_staff_without_it_are_led_to_ask_for_it_and_count_nothing(client):
    pair = Pair()
    report(Complaint(pair.other, "insult", "mots"), by=pair.camille)

    shown = menu(client, UserFactory(is_staff=True))

    assert shown == {REPORTS: 0, MERGES: 0}
    assert [client.get(path).headers["Location"] for path in shown] == [
        f"{reverse('elevation_request')}?next=%2Fmoderation%2F",
        f"{reverse('elevation_request')}?next=%2Ffusion%2F",
    ]


def test_who_looks_after_nobody_pays_one_query(client, django_assert_num_queries):
    client.force_login(MembershipFactory().user)

    with django_assert_num_queries(SIGNED_IN + 1):
        client.get(PAGE)


@pytest.mark.parametrize("count", [1, 6])
def test_a_catalyst_pays_one_more(client, django_assert_num_queries, count):
    person, commune = catalyst()
    for _ in range(count):
        ClaimFactory(organisation=OrganisationFactory(seat=commune))
    client.force_login(person)

    with django_assert_num_queries(SIGNED_IN + 2):
        page = client.get(PAGE)

    assert f"{count} en attente" in page.content.decode()


def test_visitors_have_no_menu(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(PAGE)

    assert "al-menu" not in page.content.decode()
