"""Inviting from the board: once, within what each accepts, and nobody learns of a no."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.enums import Part
from alliances.models import IntentionDomain, Mandate
from alliances.selectors.solicitations import has_room_for_catalysts
from jobs.services import drain
from notifications.models import Notification
from rendezvous.models import SessionInvitation
from rendezvous.selectors.lacks import CANDIDATES, invitable, lacks_of
from rendezvous.selectors.sessions import balance_of
from rendezvous.services.invitations import (
    FOR_A_PLACE,
    decline,
    deliver_waiting_invitations,
    invite,
)
from rendezvous.services.merging import fuse_invitations
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.introductions import introduce
from tests.factories.sessions import invitation_of, registration_of, session_of
from tests.factories.suggestions import catalyst_of, suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return TerritoryFactory()


@pytest.fixture
def around(commune):
    return TerritoryFactory(epci=True, communes=[commune])


@pytest.fixture
def session(around):
    return session_of(around, capacities={"association": 3, "company": 4})


@pytest.fixture
def catalyst(around):
    return catalyst_of(around)


@pytest.fixture
def browser(catalyst):
    client = Client()
    client.force_login(catalyst)
    return client


def company(commune, name="Vélos du Loir", *, domains=("mobility",), **values):
    found = OrganisationFactory(name=name, kind="company", seat=commune, **values)
    project = IntentionFactory(organisation=found, is_default=True)
    IntentionDomain.objects.filter(intention=project).delete()
    for domain in domains:
        IntentionDomain.objects.create(intention=project, domain=domain)
    return found


def come(session, commune, kind, *domains):
    found = OrganisationFactory(kind=kind, seat=commune)
    project = IntentionFactory(organisation=found, is_default=True)
    IntentionDomain.objects.filter(intention=project).delete()
    for domain in domains:
        IntentionDomain.objects.create(intention=project, domain=domain)
    return registration_of(session, found, intention=project)


def member_of(organisation):
    user = UserFactory()
    organisation.memberships.create(user=user, role="referent", is_lead=True)
    return user


def lack_of_companies(session, viewer):
    lacks = lacks_of(session, viewer, balance_of(session), [])
    return next(one for one in lacks if one.balance.kind == "company")


def post(browser, session, **data):
    address = reverse("rendezvous:session_invite", args=[session.public_id])
    return browser.post(address, data, follow=True)


def test_companies_lack_first_on_what_the_others_who_come_work_on(
    session, commune, catalyst
):
    come(session, commune, "association", "mobility", "ageing")
    come(session, commune, "association", "mobility")
    come(session, commune, "company", "ageing")
    other = company(commune, "A", domains=["culture_leisure"])
    wanted = company(commune, "Z", domains=["mobility"])

    lack = lack_of_companies(session, catalyst)

    assert lack.balance.free == 3
    assert [(s.domain.value, s.others, s.own) for s in lack.subjects] == [
        ("mobility", 2, 0)
    ]
    assert lack.candidates == [wanted, other]


def test_what_is_hidden_orders_nothing(session, commune, catalyst):
    come(session, commune, "association", "mobility")
    hidden = company(commune, "Z", hidden_parts=[Part.DOMAINS])
    shown = company(commune, "A", domains=["culture_leisure"])

    lack = lack_of_companies(session, catalyst)

    assert (lack.subjects, lack.candidates) == ([], [shown, hidden])


def test_one_click_invites_the_whole_list_and_tells_each_lead_once(
    session, commune, browser
):
    found = [company(commune, f"Entreprise {number}") for number in range(2)]
    leads = [member_of(one) for one in found]
    ids = [one.public_id for one in found]

    for _ in range(2):
        page = post(browser, session, organisation=ids)
        drain()

    told = Notification.objects.filter(kind="session_invited")
    assert sorted(told.values_list("user", flat=True)) == sorted(u.pk for u in leads)
    assert {one.path for one in told} == {f"/rencontres/{session.public_id}/"}
    assert session.invitations.count() == 2
    assert "invitation envoyée le" in page.content.decode()


def test_one_of_the_list_may_be_invited_alone(session, commune, browser):
    first, second = company(commune, "A"), company(commune, "B")

    post(browser, session, organisation=[first.public_id], seule=second.public_id)

    assert session.invitations.get().organisation == second


def test_only_those_of_the_place_that_accept_it_and_do_not_come_are_invited(
    session, commune, browser, catalyst
):
    strangers = [
        company(TerritoryFactory()),
        company(commune, solicitation_budget=0),
        company(commune, hidden_parts=[Part.PLACES]),
        company(commune, archived_at=timezone.now()),
    ]
    registered = come(session, commune, "company").organisation
    asked = [one.public_id for one in (*strangers, registered)]

    page = post(browser, session, organisation=asked)

    assert list(invitable(session, catalyst)) == []
    assert session.invitations.count() == 0
    assert "Rien n’a été envoyé" in page.content.decode()


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
def test_nobody_is_invited_to_what_takes_no_registration(
    session, commune, catalyst, state
):
    session.state = state
    session.save()

    assert invite(session, [company(commune)], by=catalyst) == 0


def test_three_invitations_leave_for_a_place_and_no_more(around, commune, catalyst):
    session = session_of(around, capacities={"company": 1})
    found = [company(commune, f"E{number}") for number in range(FOR_A_PLACE + 2)]

    assert invite(session, found, by=catalyst) == FOR_A_PLACE
    assert invite(session, found, by=catalyst) == 0


def test_an_invitation_waits_for_room_in_the_month_then_arrives(
    session, commune, catalyst
):
    found = company(commune, solicitation_budget=1)
    member_of(found)
    introduction = introduce(found, OrganisationFactory())
    invite(session, [found], by=catalyst)
    drain()
    assert session.invitations.get().delivered_at is None

    introduction.delete()
    deliver_waiting_invitations(timezone.now())

    assert session.invitations.get().delivered_at is not None
    assert Notification.objects.filter(kind="session_invited").count() == 1


def test_an_invitation_takes_its_part_of_the_month_whatever_is_answered(
    session, commune, around
):
    found = company(commune, solicitation_budget=2)
    invitation_of(session, found, declined_at=timezone.now())
    today = timezone.localdate()
    assert has_room_for_catalysts([found], today)

    suggestion_of(found, OrganisationFactory(), by=UserFactory(), territory=around)

    assert not has_room_for_catalysts([found], today)


def test_a_mandate_that_ended_delivers_nothing(session, commune, catalyst):
    invite(session, [company(commune)], by=catalyst)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Mandate.objects.update(starts_on=yesterday, ends_on=yesterday)

    drain()

    assert session.invitations.get().delivered_at is None


def test_who_is_invited_reads_it_on_the_public_page_and_declines_in_silence(
    session, commune, browser
):
    found = company(commune)
    invitation_of(session, found)
    reader = Client()
    reader.force_login(member_of(found))
    page = reverse("rendezvous:session_detail", args=[session.public_id])
    board = reverse("rendezvous:session_board", args=[session.public_id])
    before = browser.get(board).content.decode()
    assert "est invitée" in reader.get(page).content.decode()

    answer = reverse(
        "rendezvous:invitation_decline", args=[session.public_id, found.public_id]
    )
    said = reader.post(answer, follow=True).content.decode()

    assert "Personne d’autre ne le saura" in said
    assert "est invitée" not in said
    assert without_token(browser.get(board).content.decode()) == without_token(before)
    assert decline(session, found) is False


def without_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_catalyst_reads_who_registered_after(session, commune, browser):
    came, silent = company(commune, "Vint"), company(commune, "Se tut")
    for one in (came, silent):
        invitation_of(session, one)
    registration_of(session, came)

    page = browser.get(
        reverse("rendezvous:session_board", args=[session.public_id])
    ).content.decode()

    invited = page[page.index('id="invitees"') : page.index('id="zones-blanches"')]
    assert invited.count("inscrite</span>") == 1
    assert invited.count("invitation envoyée le") == 1


def test_more_invitations_and_candidates_cost_no_more_queries(
    session, commune, browser, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("rendezvous:session_board", args=[session.public_id])
    come(session, commune, "association", "mobility")
    invitation_of(session, company(commune, "Une"))
    company(commune, "Autre")
    with django_assert_max_num_queries(45) as few:
        browser.get(address)
    for number in range(CANDIDATES):
        invitation_of(session, company(commune, f"E{number}"))
        company(commune, f"F{number}")

    with django_assert_num_queries(len(few)):
        browser.get(address)


def test_an_invitation_is_merged_with_its_organisation(session, commune):
    kept, absorbed = company(commune, "A"), company(commune, "B")
    invitation_of(session, kept, delivered=False)
    invitation_of(session, absorbed)

    fuse_invitations(kept, absorbed)

    assert SessionInvitation.objects.get().delivered_at is not None
