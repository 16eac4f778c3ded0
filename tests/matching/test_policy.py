import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.policy import can, visible
from matching.models import Configuration, Proposal, Run
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


def people():
    association, company = worked_pair()
    compute()
    return {
        "visitor": AnonymousUser(),
        "nobody": UserFactory(),
        "association": MembershipFactory(organisation=association.organisation).user,
        "company": MembershipFactory(organisation=company.organisation).user,
        "third": MembershipFactory(organisation=OrganisationFactory()).user,
        "staff": UserFactory(is_staff=True),
    }, association.organisation


def test_a_proposal_is_for_the_members_of_its_two_sides():
    everybody, _organisation = people()

    seen = {
        name: visible(person, Proposal.objects.all()).count()
        for name, person in everybody.items()
    }

    assert seen == {
        "visitor": 0,
        "nobody": 0,
        "association": 1,
        "company": 1,
        "third": 0,
        "staff": 0,
    }


def test_only_members_read_the_proposals_of_an_organisation_in_full():
    everybody, organisation = people()

    assert {
        name: can(person, "matching.view_proposals", organisation)
        for name, person in everybody.items()
    } == {
        "visitor": False,
        "nobody": False,
        "association": True,
        "company": False,
        "third": False,
        "staff": False,
    }


def test_runs_are_for_the_administration_and_configurations_for_all():
    everybody, _organisation = people()

    runs = {n for n, p in everybody.items() if visible(p, Run.objects.all()).exists()}
    assert runs == {"staff"}
    assert all(
        visible(person, Configuration.objects.all()).exists()
        for person in everybody.values()
    )
