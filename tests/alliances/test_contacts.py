"""Who reads the name, the address and the number of whom, and when no longer."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Absence, Consent
from accounts.services.consents import answer
from alliances.enums import MembershipRole
from alliances.models import Introduction
from alliances.selectors.contacts import Contact, contacts_of
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NAME, CONTACT = Consent.Purpose.PUBLISH_NAME, Consent.Purpose.SHARE_CONTACT
NOBODY = AnonymousUser()
FULL = Contact(
    name="Jeanne Exemple",
    email="jeanne@exemple.test",
    phone="01 99 00 11 22",
    is_lead=True,
)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def lead(organisation):
    user = UserFactory(
        name="Jeanne Exemple", email="jeanne@exemple.test", phone="01 99 00 11 22"
    )
    MembershipFactory(user=user, organisation=organisation, is_lead=True)
    return user


@pytest.fixture
def partner(organisation):
    return _partner_of(organisation)


def _partner_of(organisation):
    member = MembershipFactory(role=MembershipRole.CONTRIBUTOR)
    low, high = sorted((organisation, member.organisation), key=lambda row: row.pk)
    Introduction.objects.create(low=low, high=high, opened_at=timezone.now())
    return member.user


def test_without_consent_nobody_outside_reads_anything(organisation, lead, partner):
    assert contacts_of(organisation, NOBODY) == []
    assert contacts_of(organisation, partner) == []
    assert contacts_of(organisation, UserFactory()) == []


def test_a_name_published_is_a_name_alone(organisation, lead, partner):
    answer(lead, {(NAME, organisation.public_id): True})

    assert contacts_of(organisation, NOBODY) == [Contact(name="Jeanne Exemple")]
    assert contacts_of(organisation, partner) == [Contact(name="Jeanne Exemple")]


def test_an_address_shared_is_for_partners_alone(organisation, lead, partner):
    answer(lead, {(CONTACT, ""): True})

    assert contacts_of(organisation, NOBODY) == []
    assert contacts_of(organisation, MembershipFactory().user) == []
    assert contacts_of(organisation, partner) == [FULL]


def test_an_address_of_somebody_who_is_not_the_lead_is_not_told(organisation, partner):
    other = MembershipFactory(organisation=organisation).user
    answer(other, {(CONTACT, ""): True})

    assert contacts_of(organisation, partner) == []


def test_an_introduction_that_ended_shares_nothing(organisation, lead, partner):
    answer(lead, {(CONTACT, ""): True})
    Introduction.objects.update(
        state=Introduction.State.ENDED, closed_at=timezone.now()
    )

    assert contacts_of(organisation, partner) == []


def test_a_consent_withdrawn_no_longer_counts_at_the_next_request(
    client, organisation, lead
):
    path = f"/organisations/{organisation.public_id}/"
    answer(lead, {(NAME, ""): True})
    assert "Jeanne Exemple" in client.get(path).content.decode()

    answer(lead, {(NAME, ""): False})
    assert "Jeanne Exemple" not in client.get(path).content.decode()


def test_an_answer_for_one_organisation_prevails_there(organisation, lead):
    elsewhere = MembershipFactory(user=lead).organisation
    answer(lead, {(NAME, ""): True, (NAME, organisation.public_id): False})

    assert contacts_of(organisation, NOBODY) == []
    assert contacts_of(elsewhere, NOBODY) == [Contact(name="Jeanne Exemple")]


def test_the_team_knows_each_other_and_who_is_away(organisation, lead):
    member = MembershipFactory(
        organisation=organisation,
        user=UserFactory(name="Paul", email="paul@exemple.test"),
        role=MembershipRole.CONTRIBUTOR,
    )
    today = timezone.localdate()
    until = today + dt.timedelta(days=3)
    Absence.objects.create(user=lead, starts_on=today, ends_on=until)

    assert contacts_of(organisation, member.user) == [
        Contact(
            name="Jeanne Exemple",
            role="Personne référente",
            email="jeanne@exemple.test",
            phone="01 99 00 11 22",
            is_lead=True,
            away_until=until,
        ),
        Contact(name="Paul", role="Membre", email="paul@exemple.test"),
    ]


def test_who_cannot_sign_in_any_more_is_not_shown(organisation, lead, partner):
    answer(lead, {(NAME, ""): True, (CONTACT, ""): True})
    lead.is_active = False
    lead.save()

    assert contacts_of(organisation, NOBODY) == []
    assert contacts_of(organisation, partner) == []


@pytest.mark.parametrize("count", [1, 5])
def test_any_number_of_members_costs_as_many_queries(
    organisation, partner, django_assert_num_queries, count
):
    for _ in range(count):
        member = MembershipFactory(organisation=organisation)
        answer(member.user, {(NAME, ""): True})
    with django_assert_num_queries(4):
        assert len(contacts_of(organisation, partner)) == count
