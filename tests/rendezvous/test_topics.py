"""What to talk about at a table: told to those who sit there, and to nobody else."""

import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain, Part
from alliances.models import Exclusion, Organisation
from rendezvous.enums import ScheduleState
from rendezvous.models import Schedule
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.sessions import registration_of, schedule_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
PUBLISHED = ScheduleState.PUBLISHED


@pytest.fixture
def session():
    return session_of(TerritoryFactory())


def comes(session, name, kind, means, domain):
    """An organisation that seeks some means, and a member who reads its programme."""
    organisation = OrganisationFactory(name=name, kind=kind)
    intention = IntentionFactory(
        organisation=organisation, needs=[means], offers=[], domains=[domain]
    )
    place = registration_of(session, organisation, intention=intention)
    place.reader = MembershipFactory(organisation=organisation).user
    return place


@pytest.fixture
def everybody(session):
    domains = FragilityDomain
    said = [
        ("Vélos", ActorKind.ASSOCIATION, "donation", domains.MOBILITY),
        ("Jardins", ActorKind.ASSOCIATION, "premises", domains.POOR_HOUSING),
        ("Usine", ActorKind.COMPANY, "networks", domains.MOBILITY),
        ("Fabrique", ActorKind.COMPANY, "credibility", domains.POOR_HOUSING),
    ]
    return [comes(session, *one) for one in said]


def page_of(client, place):
    client.force_login(place.reader)
    ids = [place.session.public_id, place.organisation.public_id]
    answer = client.get(reverse("rendezvous:programme_detail", args=ids))
    return " ".join(answer.content.decode().split())


def sentence(place):
    """How the domain that brings two of them together is told."""
    one = place.intention.domains.get()
    return (
        "tous deux agissent sur "
        + {
            FragilityDomain.MOBILITY: "la mobilité",
            FragilityDomain.POOR_HOUSING: "le mal-logement",
        }[FragilityDomain(one.domain)]
    )


def test_each_reads_why_it_meets_those_it_meets_and_nothing_of_others(
    client, session, everybody
):
    velos, jardins, usine, fabrique = everybody
    schedule_of(
        session,
        [(1, 1, [velos, usine]), (1, 2, [jardins, fabrique])],
        state=PUBLISHED,
    )

    pages = [page_of(client, place) for place in (velos, jardins, velos)]

    assert [(sentence(velos) in p, sentence(jardins) in p) for p in pages] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert [("Usine" in p, "Fabrique" in p) for p in pages] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_a_new_version_tells_of_those_one_meets_now(client, session, everybody):
    velos, _jardins, usine, fabrique = everybody
    schedule_of(session, [(1, 1, [velos, usine])], state=PUBLISHED)
    before = page_of(client, velos)

    Schedule.objects.update(state=ScheduleState.REPLACED)
    schedule_of(session, [(1, 1, [velos, fabrique])], state=PUBLISHED, version=2)
    after = page_of(client, velos)

    assert ("Usine" in before, "Fabrique" in before) == (True, False)
    assert ("Usine" in after, "Fabrique" in after) == (False, True)
    assert (sentence(velos) in before, sentence(velos) in after) == (True, False)


@pytest.mark.parametrize("since", ["hidden", "refused"])
def test_what_is_hidden_or_refused_meanwhile_is_told_no_more(
    client, session, everybody, since
):
    velos, _jardins, usine, _fabrique = everybody
    schedule_of(session, [(1, 1, [velos, usine])], state=PUBLISHED)
    assert sentence(velos) in page_of(client, velos)

    if since == "hidden":
        Organisation.objects.filter(pk=usine.organisation_id).update(
            hidden_parts=[Part.DOMAINS]
        )
    else:
        Exclusion.objects.create(
            organisation=usine.organisation, other=velos.organisation
        )

    assert sentence(velos) not in page_of(client, velos)
