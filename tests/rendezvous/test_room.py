"""The host's screen: find, tap, undo; with two hosts, on any phone, without JavaScript."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import Organisation
from rendezvous.enums import Presence
from rendezvous.models import Attendance, Attendee
from rendezvous.selectors.arrivals import arrival_address, arrival_code
from rendezvous.services import attendance
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.room import crowd_of, running_session
from tests.factories.sessions import session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def host(territory):
    return catalyst_of(territory)


@pytest.fixture
def browser(client, host):
    client.force_login(host)
    return client


def first(registration):
    return registration.attendees.get(position=1)


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def state(attendee):
    return Attendance.objects.values_list("state", flat=True).get(attendee=attendee)


def test_a_name_and_enter_and_they_are_there(browser, territory):
    session, everybody = running_session(territory)

    page = browser.post(url("room_find", session), {"q": "ana 2"}, follow=True)

    assert state(first(everybody[1])) == Presence.ARRIVED
    assert "<strong>Ana 2</strong> (Vélos 2) – arrivée à" in text(page)


def test_a_name_with_a_slip_shows_who_it_may_be(browser, territory):
    session, _everybody = running_session(territory)

    page = text(browser.post(url("room_find", session), {"q": "atelirs"}, follow=True))

    assert not Attendance.objects.exists()
    assert {f"Bob {n}" for n in range(1, 5)} <= set(re.findall(r"Bob \d", page))
    assert "Ana 1" not in page


def test_one_tap_is_an_arrival_and_another_takes_it_back(browser, territory):
    session, everybody = running_session(territory)
    ana = first(everybody[0])

    for _ in range(2):  # a double tap
        answer = browser.post(url("room_mark", session), {"arrivee": ana.pk, "q": "an"})
    there = state(ana)
    browser.post(url("room_mark", session), {"attendue": ana.pk})

    assert answer["Location"] == f"{url('room_board', session)}?q=an#p-{ana.pk}"
    assert (there, state(ana)) == (Presence.ARRIVED, Presence.EXPECTED)


def test_the_keys_of_a_long_lived_site_are_sent_back_as_they_are(browser, territory):
    session, everybody = running_session(territory)
    Attendee.objects.create(
        pk=1_234_567, registration=everybody[0], position=2, name="Cléo", until_round=4
    )

    page = text(browser.get(url("room_board", session)))

    assert 'name="arrivee" value="1234567"' in page


def test_the_others_are_absent_at_once_and_expected_again_at_once(browser, territory):
    session, everybody = running_session(territory)
    browser.post(url("room_mark", session), {"arrivee": first(everybody[0]).pk})

    page = browser.post(url("room_mark", session), {"tous": "absents"}, follow=True)
    absent = Attendance.objects.filter(state=Presence.ABSENT).count()
    stamp = re.search(r'name="reprendre"\s+value="([^"]+)"', page.content.decode())[1]
    browser.post(url("room_mark", session), {"reprendre": stamp})

    assert absent == 7
    assert not Attendance.objects.filter(state=Presence.ABSENT).exists()
    assert state(first(everybody[0])) == Presence.ARRIVED


def test_counts_are_told_by_kind(browser, territory):
    session, everybody = running_session(territory)
    browser.post(url("room_mark", session), {"arrivee": first(everybody[0]).pk})
    browser.post(url("room_mark", session), {"absente": first(everybody[4]).pk})

    page = text(browser.get(url("room_board", session)))

    assert "Association : 1 sur 4" in page
    assert "Entreprise : 0 sur 4, 1 absente" in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"arrivee": "9" * 30},
        {"arrivee": "٣"},
        {"arrivee": "-1"},
        {"inconnue": "1"},
    ],
)
def test_what_no_page_sends_is_not_found(browser, territory, data):
    session, _everybody = running_session(territory)

    assert browser.post(url("room_mark", session), data).status_code == 404


@pytest.mark.parametrize("stamp", ["", "hier", "2026-13-45T00:00", "2026-01-01T00:00"])
def test_a_strange_moment_takes_nothing_back(browser, territory, stamp):
    session, _everybody = running_session(territory)
    browser.post(url("room_mark", session), {"tous": "absents"})

    browser.post(url("room_mark", session), {"reprendre": stamp})

    assert Attendance.objects.filter(state=Presence.ABSENT).count() == 8


def test_people_of_another_session_are_not_found(browser, territory):
    session, _everybody = running_session(territory)
    _other, elsewhere = running_session(TerritoryFactory())

    answer = browser.post(
        url("room_mark", session), {"arrivee": first(elsewhere[0]).pk}
    )

    assert answer.status_code == 404


def test_a_scanned_code_shows_the_person_then_confirms(browser, territory):
    session, everybody = running_session(territory)
    ana = first(everybody[0])
    address = arrival_address(session, ana)
    path = url("checkin_confirm", session, arrival_code(session, ana))
    assert address.endswith(path)

    seen = text(browser.get(path))
    was_written = Attendance.objects.exists()
    done = text(browser.post(path, follow=True))

    assert "<h1>Ana 1</h1>" in seen
    assert not was_written
    assert "Son arrivée est notée." in done
    assert state(ana) == Presence.ARRIVED


def test_a_code_of_another_session_or_a_made_up_one_opens_nothing(browser, territory):
    session, everybody = running_session(territory)
    other = session_of(territory)
    ana, bob = first(everybody[0]), first(everybody[4])
    seal = arrival_code(session, ana).partition("-")[2]

    for where, code in (
        (other, arrival_code(session, ana)),
        (session, arrival_code(other, ana)),
        (session, f"{bob.pk}-{seal}"),
        (session, str(ana.pk)),
        (session, f"{ana.pk}-{'0' * 24}"),
    ):
        assert browser.get(url("checkin_confirm", where, code)).status_code == 404


def test_a_participant_opens_nothing_with_their_own_code(client, territory):
    session, everybody = running_session(territory)
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)
    code = arrival_code(session, first(everybody[0]))

    assert client.get(url("checkin_confirm", session, code)).status_code == 404
    assert client.get(url("room_board", session)).status_code == 404


def test_somebody_is_added_at_the_door(browser, territory):
    session, everybody = running_session(territory)
    here = url("room_add", session)
    known = everybody[0].organisation
    new = OrganisationFactory(name="Roue libre")

    found = text(browser.get(here, {"chercher": "velos 1", "nom": "Cléo"}))
    listed = text(browser.get(here, {"chercher": "roue"}))
    refused = browser.post(
        here, {"chercher": "roue", "nom": "", "organisation": new.public_id}
    )
    done = browser.post(
        here,
        {
            "chercher": "roue lib",
            "nom": "Dan",
            "organisation": new.public_id,
            "regles": "on",
        },
        follow=True,
    )

    assert known.public_id in found
    assert 'value="Cléo"' in found
    assert new.public_id in listed
    assert refused.status_code == 422
    assert "Écrivez le nom de la personne." in refused.content.decode()
    assert "<strong>Dan</strong> (Roue libre) – arrivée à" in text(done)


def test_an_organisation_that_was_not_listed_is_not_added(browser, territory):
    session, _everybody = running_session(territory)
    hidden = OrganisationFactory(name="Autre nom", kind="foundation")
    data = {
        "chercher": "autre",
        "nom": "Dan",
        "organisation": hidden.public_id,
        "regles": "on",
    }

    assert browser.post(url("room_add", session), data).status_code == 422
    assert not Attendee.objects.filter(name="Dan").exists()


def test_a_table_is_lost_and_used_again(browser, territory):
    session, _everybody = running_session(territory)

    lost = text(browser.post(url("room_table", session), {"table": "2"}, follow=True))
    wrong = text(browser.post(url("room_table", session), {"table": "77"}, follow=True))
    found = text(
        browser.post(
            url("room_table", session), {"table": "2", "retrouvee": "1"}, follow=True
        )
    )

    assert "Table 2 : ne sert plus depuis le tour 1" in lost
    assert "ne peut pas être retirée" in wrong
    assert "La table 2 peut servir de nouveau." in found


def test_who_sits_alone_is_listed_with_something_to_propose(browser, territory, host):
    session, everybody = running_session(territory, side=3, rounds=1, begun=1)
    for one in (everybody[0], everybody[3]):
        attendance.mark_absent(session, first(one), by=host)

    board = text(browser.get(url("room_board", session)))
    page = text(browser.get(url("room_waiting", session)))

    assert "Sans table au tour 1" in board
    alone = set(re.findall(r"(?:Ana|Bob) \d – ", page))
    assert len(alone) == 2
    assert page.count("est libre aussi à ce tour") == 2
    assert "<p></p>" not in page


def test_one_says_oneself_that_one_is_late_does_not_come_or_leaves(client, territory):
    session, everybody = running_session(territory, begun=1)
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)
    ana = first(everybody[0])
    path = url("attendance_say", session, member.organisation.public_id)

    def say(**data):
        return text(client.post(path, {"personne": ana.pk, **data}, follow=True))

    assert "attendue au tour 3" in say(dire="retard", tour="3")
    assert "– absente" in say(dire="absent")
    assert "– attendue " in say(dire="vient")
    attendance.arrive(session, ana, by=member.user)
    assert "repart avant le tour 4" in say(dire="part", tour="4")
    assert "repart avant" not in say(dire="reste")
    assert "rien n’a changé" in say(dire="part", tour="1")


def test_who_has_arrived_neither_comes_late_nor_stays_away(client, territory, host):
    session, everybody = running_session(territory, begun=2)
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)
    ana = first(everybody[0])
    attendance.arrive(session, ana, by=host)
    path = url("attendance_say", session, member.organisation.public_id)

    for data in ({"dire": "absent"}, {"dire": "retard", "tour": "4"}):
        page = text(client.post(path, {"personne": ana.pk, **data}, follow=True))
        assert "rien n’a changé" in page
        assert "C’est noté" not in page
    assert state(ana) == Presence.ARRIVED


def test_once_the_day_is_over_nobody_says_that_they_were_not_there(client, territory):
    session, everybody = running_session(territory, begun=4)
    session.ends_at = timezone.now() - dt.timedelta(minutes=1)
    session.save()
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)
    path = url("attendance_say", session, member.organisation.public_id)
    said = {"personne": first(everybody[0]).pk, "dire": "absent"}

    page = text(client.post(path, said, follow=True))

    assert "rien n’a changé" in page
    assert not Attendance.objects.exists()


def test_an_organisation_that_nobody_knows_is_added_at_the_door_once(
    browser, territory
):
    session, _everybody = running_session(territory)
    asked = text(browser.get(url("room_add", session), {"chercher": "Les Inconnus"}))
    key = re.search(r'name="nouvelle-cle" value="(\w+)"', asked)[1]
    data = {
        "nouvelle-organisation": "Les Inconnus",
        "nouvelle-nature": "company",
        "nouvelle-nom": "Dan",
        "nouvelle-regles": "on",
        "nouvelle-cle": key,
    }

    for _ in range(2):  # a double tap
        page = browser.post(url("room_create", session), data, follow=True)

    created = Organisation.objects.get(name="Les Inconnus")
    assert "<strong>Dan</strong> (Les Inconnus) – arrivée à" in text(page)
    assert (created.kind, created.memberships.count()) == ("company", 0)
    assert created.intentions.get().is_default
    assert Attendee.objects.filter(registration__organisation=created).count() == 1


def test_who_resembles_an_organisation_of_the_directory_is_asked_about(
    browser, territory
):
    session, _everybody = running_session(territory)
    OrganisationFactory(name="Les Jardins partagés", kind="foundation")
    data = {
        "nouvelle-organisation": "Les Jardins partages",
        "nouvelle-nature": "association",
        "nouvelle-nom": "Dan",
        "nouvelle-regles": "on",
        "nouvelle-cle": "abc",
    }

    asked = browser.post(url("room_create", session), data)
    before = Organisation.objects.count()
    browser.post(url("room_create", session), {**data, "confirme": "1"})

    assert asked.status_code == 422
    assert "Est-ce l’une de celles-ci" in text(asked)
    assert "Les Jardins partagés</a>" in text(asked)
    assert Organisation.objects.count() == before + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nouvelle-organisation": ""}, "Écrivez le nom de l’organisation."),
        ({"nouvelle-organisation": "x" * 201}, "200"),
        ({"nouvelle-nature": "foundation"}, "Choisissez une nature que la session"),
        ({"nouvelle-nom": ""}, "Écrivez le nom de la personne."),
        ({"nouvelle-regles": ""}, "Les règles du jeu s’acceptent"),
    ],
    ids=str,
)
def test_what_is_wrong_at_the_door_is_said_at_its_field(
    browser, territory, wrong, said
):
    session, _everybody = running_session(territory)
    data = {
        "nouvelle-organisation": "Les Inconnus",
        "nouvelle-nature": "company",
        "nouvelle-nom": "Dan",
        "nouvelle-regles": "on",
        "nouvelle-cle": "abc",
    }

    answer = browser.post(url("room_create", session), {**data, **wrong})

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Organisation.objects.filter(name="Les Inconnus").exists()


def test_one_says_nothing_of_people_of_others(client, territory):
    session, everybody = running_session(territory)
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)
    path = url("attendance_say", session, member.organisation.public_id)

    for who in (first(everybody[1]).pk, "x", "9" * 30):
        answer = client.post(path, {"personne": who, "dire": "absent"})
        assert answer.status_code == 404
    ana = first(everybody[0]).pk
    for data in ({"dire": "part"}, {"dire": "?"}, {"dire": "retard", "tour": "٣"}):
        assert client.post(path, {"personne": ana, **data}).status_code == 404
    assert not Attendance.objects.exists()


def test_each_has_a_code_on_their_programme(client, territory):
    session, everybody = running_session(territory)
    member = MembershipFactory(organisation=everybody[0].organisation)
    client.force_login(member.user)

    page = text(
        client.get(url("programme_detail", session, member.organisation.public_id))
    )

    assert "Code d’entrée – Ana 1" in page
    assert "Bob 1" not in page


@pytest.mark.parametrize("name", ["room_board", "room_waiting", "replanning_detail"])
def test_pages_cost_the_same_whoever_comes(
    browser, territory, host, name, django_assert_max_num_queries
):
    session, everybody = running_session(territory, side=3, begun=1)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    crowd_of(session, 20)
    browser.get(url(name, session))

    with django_assert_max_num_queries(45):
        browser.get(url(name, session))
