"""Places, phases, maturity and what is not known: from the database to the page."""

import pytest

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Establishment, Intention, Need, Organisation
from matching.models import TYPES, Proposal
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.matching import compute, worked_pair
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

INNOVATION = "societal_innovation"


def place(name, latitude_deg):
    return TerritoryFactory(name=name, latitude_deg=latitude_deg, longitude_deg=-1.0)


@pytest.fixture
def apart():
    """An association, and a company 110 km away with which it shares a subject."""
    here, there = place("Ici", 47.0), place("Là", 48.0)
    association = IntentionFactory(
        organisation=OrganisationFactory(seat=here, general_interest=True),
        needs=[Means.DONATION],
        offers=[Means.NETWORKS],
    )
    company = IntentionFactory(
        organisation=OrganisationFactory(kind=ActorKind.COMPANY, seat=there),
        needs=[Means.NETWORKS],
        offers=[Means.DONATION],
    )
    return association, company


def proposal():
    compute()
    return Proposal.objects.get()


def named():
    found = proposal()
    return TYPES[found.named_type]


def test_an_establishment_near_the_partner_counts_where_it_is(apart):
    _, company = apart
    before = proposal().territory
    near = place("Tout près", 47.1)
    Establishment.objects.create(organisation=company.organisation, commune=near)

    after = proposal().territory

    # 111.2 km, then 11.1 km: half of 2^(−d / 25).
    assert before == pytest.approx(0.5 * 2 ** (-111.195 / 25), abs=1e-3)
    assert after == pytest.approx(0.5 * 2 ** (-11.1195 / 25), abs=1e-3)


def test_a_need_counts_only_where_it_holds(apart):
    association, _ = apart
    elsewhere = place("Ailleurs", 43.0)
    assert proposal().low_needs[0] == 1.0
    Need.objects.create(
        intention=association, means=Means.PREMISES, territory=elsewhere
    )

    assert proposal().low_needs[0] == 1.0  # does not hold there: no need to cover

    there = Organisation.objects.get(kind=ActorKind.COMPANY).seat
    Need.objects.filter(means=Means.PREMISES).update(territory=there)
    assert proposal().low_needs[0] == 0.5


def test_what_is_not_known_lowers_the_confidence_and_is_said(client):
    association, _ = worked_pair()
    own = association.organisation
    client.force_login(MembershipFactory(organisation=own).user)
    full = proposal()
    # Neither a place nor a point: where it acts is not known.
    Organisation.objects.filter(pk=own.pk).update(seat=None)
    association.perimeter.add(TerritoryFactory(department=True, communes=[]))

    less = proposal()

    assert less.territory is None
    assert less.confidence == pytest.approx(full.confidence - 0.15)
    text = client.get(f"/propositions/{own.public_id}/").content.decode()
    assert "les lieux de l’un des deux" in text


@pytest.fixture
def innovators():
    association, company = worked_pair()
    for one in (association, company):
        Intention.objects.filter(pk=one.pk).update(
            square_hr=0, square_stk=0, square_eco=0, square_inn=100
        )
    assert named() == INNOVATION
    return association, company


@pytest.mark.parametrize("side", [0, 1])
def test_a_beginner_is_led_through_an_entry_door_and_told_why(innovators, client, side):
    Organisation.objects.filter(pk=innovators[side].organisation_id).update(maturity=1)

    assert named() in ("patronage", "responsible_practices")

    own, other = (one.organisation for one in innovators)
    client.force_login(MembershipFactory(organisation=own).user)
    path = f"/propositions/{own.public_id}/{other.public_id}/"
    shown = client.get(path).content.decode()
    innovation = client.get(f"{path}?type={INNOVATION}").content.decode()
    assert "n’est pas celui dont l’accord est le plus haut" in shown
    assert "demande de l’expérience des partenariats" in innovation


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        (("deployment", ""), "economic_cooperation"),
        (("", "deployment"), "economic_cooperation"),
        (("deployment", "r_and_d"), INNOVATION),
        (("r_and_d", ""), INNOVATION),
    ],
)
def test_the_phase_that_nobody_contradicts_names_the_type(innovators, phases, expected):
    for one, phase in zip(innovators, phases, strict=True):
        Intention.objects.filter(pk=one.pk).update(phase=phase)

    assert named() == expected


def test_what_visitors_read_is_not_named_from_a_phase_or_a_maturity(innovators, client):
    own, other = (one.organisation for one in innovators)
    path = f"/propositions/{own.public_id}/{other.public_id}/"
    before = client.get(path).content
    Organisation.objects.update(maturity=1)
    Intention.objects.update(phase="deployment")
    compute()

    after = client.get(path).content

    assert b"type propos" in before
    assert after == before


def test_competitors_are_proposed_and_told(client):
    commune = place("Ici", 47.0)
    own, other = (
        IntentionFactory(
            organisation=OrganisationFactory(name=name, seat=commune, sectors=["88"]),
            needs=[Means.PREMISES],
            offers=[Means.NETWORKS],
            domains={FragilityDomain.MOBILITY: 10},
        ).organisation
        for name in ("Première", "Seconde")
    )
    compute()
    client.force_login(MembershipFactory(organisation=own).user)

    text = client.get(f"/propositions/{own.public_id}/{other.public_id}/")

    assert "elles peuvent être concurrentes" in text.content.decode()
