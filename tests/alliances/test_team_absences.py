"""Who is away, as the team alone reads it."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Absence
from alliances.enums import MembershipRole
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.conversations import introduce

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)
TODAY = NOW.date()
CONTRIBUTOR, REFERENT, _ = MembershipRole
LINE = re.compile(r'<p class="al-team-absence">(.*?)</p>', re.DOTALL)
STATE = re.compile(r"al-status-mark.*?</span>(.*?)</div>", re.DOTALL)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Roue libre")


@pytest.fixture
def rose(organisation):
    return member(organisation, "Rose", role=REFERENT, is_lead=True)


def member(organisation, name, **fields):
    made = MembershipFactory(organisation=organisation, user__name=name, **fields)
    return made.user


def away(person, first, last):
    """Write an absence, its days counted from today."""
    return Absence.objects.create(
        user=person,
        starts_on=TODAY + dt.timedelta(days=first),
        ends_on=TODAY + dt.timedelta(days=last),
    )


def read(client, reader, organisation):
    client.force_login(reader)
    url = reverse("alliances:team_detail", args=[organisation.public_id])
    return client.get(url).content.decode()


def told(page, pattern=LINE):
    plain = (re.sub(r"<[^>]+>", " ", text) for text in pattern.findall(page))
    return [" ".join(text.split()) for text in plain]


def test_the_team_reads_until_when_a_colleague_is_away(client, organisation, rose):
    colin = member(organisation, "Colin", role=CONTRIBUTOR)
    away(colin, -2, 20)

    page = read(client, rose, organisation)

    assert told(page) == [
        "Absence jusqu’au 11 décembre 2026 compris : aucune relance d’ici là."
    ]
    assert told(page, STATE) == []


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([(-9, -1)], []),
        ([(0, 0)], ["Absence jusqu’au 21 novembre 2026 compris"]),
        ([(-1, 3), (0, 5)], ["Absence jusqu’au 26 novembre 2026 compris"]),
        ([(30, 32)], ["Absence prévue du 21 décembre 2026 au 23 décembre 2026."]),
        ([(31, 32)], []),
        ([(10, 12), (2, 3)], ["Absence prévue du 23 novembre 2026 au 24 novembre"]),
        ([(-1, 1), (5, 6)], ["Absence jusqu’au 22 novembre 2026 compris"]),
    ],
)
def test_what_is_told_is_the_absence_of_now_or_the_next_of_the_month(
    client, organisation, rose, periods, expected
):
    colin = member(organisation, "Colin", role=CONTRIBUTOR)
    for period in periods:
        away(colin, *period)

    lines = told(read(client, rose, organisation))

    assert len(lines) == len(expected)
    assert all(a.startswith(b) for a, b in zip(lines, expected, strict=True))


def test_when_the_lead_is_away_who_decides_learns_what_to_do(
    client, organisation, rose
):
    second = member(organisation, "Réda", role=REFERENT)
    colin = member(organisation, "Colin", role=CONTRIBUTOR)
    away(rose, 0, 6)

    decides, reads = (read(client, one, organisation) for one in (second, colin))

    state = "Le contact principal s’absente jusqu’au 27 novembre 2026"
    assert [told(page, STATE)[0].startswith(state) for page in (decides, reads)] == [
        True,
        True,
    ]
    assert "Vous pouvez confier ce rôle" in decides
    assert "Vous pouvez confier ce rôle" not in reads
    assert "signataire peut confier ce rôle" in reads


def test_an_absence_to_come_of_the_lead_asks_for_nothing(client, organisation, rose):
    away(rose, 3, 6)

    assert told(read(client, rose, organisation), STATE) == []


def test_one_changes_one_s_own_absences_from_there(client, organisation, rose):
    away(rose, 0, 6)

    own = read(client, rose, organisation)
    other = read(client, member(organisation, "Réda", role=REFERENT), organisation)

    assert "Changer mes absences" in own
    assert "Changer mes absences" not in other


def test_partners_and_others_read_nothing_of_absences(client, organisation, rose):
    away(rose, 0, 6)
    partner = OrganisationFactory()
    introduction = introduce(organisation, partner)
    addresses = [
        reverse("alliances:organisation_detail", args=[organisation.public_id]),
        reverse(
            "alliances:introduction_detail",
            args=[partner.public_id, introduction.public_id],
        ),
        reverse("alliances:team_detail", args=[organisation.public_id]),
    ]
    client.force_login(member(partner, "Pat", role=REFERENT))
    pages = [client.get(address) for address in addresses]
    client.force_login(UserFactory())
    pages += [client.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200, 200, 404, 200, 404, 404]
    texts = [page.content.decode() for page in pages]
    assert not [
        text for text in texts if "bsence" in text or "27 novembre 2026" in text
    ]
