"""Programmes as they are read: the grid, one's own, what is published."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.enums import ScheduleState
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import (
    begun,
    registration_of,
    schedule_of,
    seat,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
COMPANY, PUBLISHED = ActorKind.COMPANY, ScheduleState.PUBLISHED


@pytest.fixture
def session():
    session = session_of(TerritoryFactory())
    session.begins_at = timezone.now() - dt.timedelta(minutes=1)
    session.save()
    begun(session)
    return session


@pytest.fixture
def membership():
    return MembershipFactory(organisation__name="Roue libre")


@pytest.fixture
def own(session, membership):
    return registration_of(
        session, membership.organisation, needs=["loan"], names=("Ana", "Bob")
    )


@pytest.fixture
def companies(session):
    return [
        registration_of(
            session, OrganisationFactory(name=name, kind=COMPANY), offers=["loan"]
        )
        for name in ("Usine", "Fabrique")
    ]


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def own_page(client, session, membership):
    client.force_login(membership.user)
    return client.get(
        url("programme_detail", session, membership.organisation.public_id)
    )


def test_one_reads_whom_one_meets_where_when_and_what_to_talk_about(
    client, session, membership, own, companies
):
    usine, fabrique = companies
    schedule_of(
        session, [(1, 3, [own, usine]), (3, 1, [own, fabrique])], state=PUBLISHED
    )

    page = text(own_page(client, session, membership))

    assert "Ana, Bob" in page
    assert page.index("Maintenant") < page.index("Table 3") < page.index("Usine")
    assert page.index("Usine") < page.index("Ensuite") < page.index("Fabrique")
    assert "Vous cherchez : prêt. Ils l’apportent." in page
    assert page.count("Pause") == 2


def test_a_draft_is_read_by_nobody_who_comes(
    client, session, membership, own, companies
):
    schedule_of(session, [(1, 1, [own, companies[0]])])

    page = text(own_page(client, session, membership))

    assert "n’est pas encore publié" in page
    assert "Usine" not in page


def test_one_does_not_read_the_tables_of_others(
    client, session, membership, own, companies
):
    other = registration_of(session, OrganisationFactory(name="Tierce"))
    schedule_of(
        session,
        [(1, 1, [own, companies[0]]), (1, 2, [other, companies[1]])],
        state=PUBLISHED,
    )

    page = text(own_page(client, session, membership))

    assert ("Usine" in page, "Tierce" in page, "Fabrique" in page) == (
        True,
        False,
        False,
    )


def test_who_does_not_come_has_no_programme(client, session):
    assert own_page(client, session, MembershipFactory()).status_code == 404


def test_the_catalyst_reads_the_whole_grid(client, session, own, companies):
    client.force_login(catalyst_of(session.territory))
    schedule = schedule_of(session, [(1, 3, [own, companies[0]])])

    page = text(client.get(url("schedule_detail", session, schedule.public_id)))

    assert "Roue libre – Usine" in page
    assert "33,3\u00a0% au plus" in page or "33,3 % au plus" in page


def test_a_version_of_another_session_is_not_there(client, session):
    client.force_login(catalyst_of(session.territory))
    other = schedule_of(session_of(session.territory), [])

    for name in ("schedule_detail", "schedule_publish"):
        path = url(name, session, other.public_id)
        answer = client.get(path) if name == "schedule_detail" else client.post(path)
        assert answer.status_code == 404


def page_read(client, session, membership, name):
    """The address of a page, read by who may read it."""
    if name == "programme_detail":
        client.force_login(membership.user)
        return url(name, session, membership.organisation.public_id)
    client.force_login(catalyst_of(session.territory))
    if name == "schedule_list":
        return url(name, session)
    return url(name, session, session.schedules.get().public_id)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "name", ["schedule_list", "schedule_detail", "programme_detail"]
)
def test_more_of_anything_costs_no_more_queries(
    client, session, membership, companies, name
):
    own = membership.organisation.registrations.get()
    schedule = schedule_of(session, [(1, 1, [own, companies[0]])], state=PUBLISHED)
    path = page_read(client, session, membership, name)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    seat(schedule, 2, 1, [own, companies[1]])
    for version in (2, 3):
        schedule_of(session, [], version=version)

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few) < 45
