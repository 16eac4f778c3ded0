"""A person who is erased leaves a team, which is told what depended on them."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.services.erasure import Origin, erase
from alliances.enums import MembershipRole
from alliances.models import Membership
from notifications.letters import part, sentence_of, subject_of
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

CONTRIBUTOR, REFERENT, SIGNATORY = MembershipRole
NAME = "Zoé Qanari"


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Roue libre")


@pytest.fixture
def leaving():
    return UserFactory(name=NAME, email="zqanari@exemple.test", phone="06 98 76 54 32")


def belongs(organisation, role, user=None, *, days_ago=1, **fields):
    made = MembershipFactory(
        organisation=organisation, role=role, user=user or UserFactory(), **fields
    )
    joined = timezone.now() - dt.timedelta(days=days_ago)
    Membership.objects.filter(pk=made.pk).update(created_at=joined)
    return made.user


def told():
    """Return what was written down for each person, with the words of the page."""
    rows = Notification.objects.filter(kind="member_erased").order_by("user")
    return {row.user_id: row for row in rows}


def words(news):
    """Return all that the page and the letter say of it."""
    parts = (
        subject_of(news.kind, news.context),
        sentence_of(news.kind, news.context),
        part(news.kind, "body", news.context),
    )
    return "\n".join(parts)


def states():
    return {
        pk: (row.context["decides"], row.context["signs"], row.context["lead"])
        for pk, row in told().items()
    }


def test_who_decides_is_told_that_an_account_is_gone(organisation, leaving):
    rose = belongs(organisation, REFERENT, is_lead=True)
    belongs(organisation, CONTRIBUTOR)
    belongs(OrganisationFactory(), REFERENT)
    belongs(organisation, CONTRIBUTOR, leaving)

    erase(leaving.pk, Origin.PERSON)

    assert states() == {rose.pk: ("yes", "", "")}
    assert told()[rose.pk].path == f"/organisations/{organisation.public_id}/equipe/"


def test_the_oldest_who_decides_leads_and_is_told_so(organisation, leaving):
    recent = belongs(organisation, REFERENT, days_ago=2)
    oldest = belongs(organisation, SIGNATORY, days_ago=9)
    belongs(organisation, REFERENT, leaving, is_lead=True)

    erase(leaving.pk, Origin.PERSON)

    assert states() == {
        recent.pk: ("yes", "", "other"),
        oldest.pk: ("yes", "", "you"),
    }
    lead = Membership.objects.get(organisation=organisation, is_lead=True)
    assert lead.user == oldest


def test_the_loss_of_the_only_signatory_is_said(organisation, leaving):
    rose = belongs(organisation, REFERENT, is_lead=True)
    belongs(organisation, SIGNATORY, leaving)

    erase(leaving.pk, Origin.PERSON)

    assert states() == {rose.pk: ("yes", "nobody", "")}


def test_where_nobody_decides_any_more_the_others_are_told(organisation, leaving):
    colin = belongs(organisation, CONTRIBUTOR)
    belongs(organisation, REFERENT, leaving, is_lead=True)

    erase(leaving.pk, Origin.INACTIVITY)

    assert states() == {colin.pk: ("nobody", "", "")}
    assert "plus personne n’y décide" in words(told()[colin.pk])


def test_an_archived_organisation_is_left_without_a_word(organisation, leaving):
    belongs(organisation, REFERENT)
    belongs(organisation, REFERENT, leaving)
    organisation.archived_at = timezone.now()
    organisation.save()

    erase(leaving.pk, Origin.PERSON)

    assert told() == {}
    assert not Membership.objects.filter(user=leaving).exists()


def test_two_accounts_erased_are_two_pieces_of_news_and_twice_one_is_one(
    organisation, leaving
):
    rose = belongs(organisation, REFERENT)
    second = belongs(organisation, CONTRIBUTOR)
    belongs(organisation, CONTRIBUTOR, leaving)

    for key in (leaving.pk, second.pk, leaving.pk):
        erase(key, Origin.PERSON)

    assert Notification.objects.filter(kind="member_erased", user=rose).count() == 2


@pytest.mark.parametrize("role", [REFERENT, SIGNATORY])
@pytest.mark.parametrize("is_lead", [True, False])
def test_nothing_that_is_kept_or_sent_says_who_it_was(leaving, role, is_lead):
    organisation = OrganisationFactory(name=f"L’atelier de {NAME}")
    rose = belongs(organisation, REFERENT)
    belongs(organisation, role, leaving, is_lead=is_lead)
    public_id, pk = leaving.public_id, leaving.pk

    erase(pk, Origin.PERSON)

    news = told()[rose.pk]
    kept = f"{news.key} {news.context} {news.path} {words(news)}"
    for trace in (NAME, "zqanari", "98 76 54 32", public_id, "Zoé"):
        assert trace not in kept
    assert news.context["organisation"] == "L’atelier de Personne effacée"
