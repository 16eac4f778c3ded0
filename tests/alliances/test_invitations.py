"""Invitations: a link in a letter, used once."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from accounts.sealing import unseal
from alliances.enums import MembershipRole
from alliances.models import Invitation, Membership
from alliances.services import membership as services
from alliances.services.membership import refusals
from alliances.services.membership.tokens import digest_of
from alliances.tasks import close_requests_to_join
from notifications.models import Delivery
from tests.alliances.test_team import address, joined, roles, told
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.joining import InvitationFactory, link_of

pytestmark = pytest.mark.django_db
CONTRIBUTOR, REFERENT, SIGNATORY = MembershipRole
ACCEPT, REFUSE = {"decision": "accepter"}, {"decision": "refuser"}


def path_in(letter):
    """Where the letter leads: the base holds it sealed."""
    return json.loads(unseal(letter.sealed))["path"]


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Roue libre")


@pytest.fixture
def referent(organisation):
    return joined(organisation, REFERENT, "Rose", is_lead=True).user


def path_of(invitation):
    return reverse("alliances:invitation_answer", args=[link_of(invitation)])


def invited_by(referent, organisation, client, **fields):
    client.force_login(referent)
    data = {"email": "lea@exemple.test", "role": CONTRIBUTOR} | fields
    return client.post(address("invitation_create", organisation), data)


def test_a_letter_leaves_with_a_link_that_the_base_does_not_hold(
    client, organisation, referent
):
    response = invited_by(referent, organisation, client, email="Lea@Exemple.test")

    assert told(response) == ["L’invitation part vers lea@exemple.test."]
    invitation, letter = Invitation.objects.get(), Delivery.objects.get()
    assert (letter.address, letter.kind) == ("lea@exemple.test", "invitation")
    path = path_in(letter)
    token = path.rstrip("/").rsplit("/", 1)[1]
    assert invitation.token_digest == digest_of(token)
    assert client.get(path).status_code == 200


def test_an_address_with_an_account_is_answered_like_any_other(
    client, organisation, referent
):
    UserFactory(email="lea@exemple.test")
    answers = [
        invited_by(referent, organisation, client, email=email)
        for email in ("lea@exemple.test", "zoe@exemple.test")
    ]

    said = [told(answer)[-1].replace("zoe", "lea") for answer in answers]
    assert said[0] == said[1]
    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": "pas une adresse"}, "email"),
        ({"email": "a" * 300 + "@exemple.test"}, "email"),
        ({"role": "roi"}, "role"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client, organisation, referent, data, field
):
    page = invited_by(referent, organisation, client, **data)

    assert page.status_code == 200
    assert set(page.context["form"].errors) == {field}
    assert not Invitation.objects.exists()


def test_an_address_is_invited_once(client, organisation, referent):
    invited_by(referent, organisation, client)
    page = invited_by(referent, organisation, client, email="LEA@exemple.test")

    assert "attend déjà une réponse" in page.content.decode()
    assert Invitation.objects.count() == 1


def test_a_member_is_not_invited(client, organisation, referent):
    page = invited_by(referent, organisation, client, email=referent.email)

    assert "fait déjà partie de l’équipe" in page.content.decode()


def test_twenty_invitations_wait_at_most(organisation, referent):
    for _ in range(20):
        InvitationFactory(organisation=organisation)
    with pytest.raises(refusals.TooManyInvitationsError):
        services.invite(organisation, "trop@exemple.test", CONTRIBUTOR, by=referent)


def test_a_referent_does_not_offer_to_sign_beside_a_signatory(
    client, organisation, referent
):
    joined(organisation, SIGNATORY, "Salma")
    page = invited_by(referent, organisation, client, role=SIGNATORY)

    assert set(page.context["form"].errors) == {"role"}


def test_reading_the_link_changes_nothing(client, organisation):
    invitation = InvitationFactory(organisation=organisation, invited_by__name="Rose")
    for _ in range(2):
        page = client.get(path_of(invitation)).content.decode()

    assert "Roue libre vous invite" in page
    assert "Rose vous propose" in page
    assert invitation.email not in page
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.PENDING


def test_a_visitor_signs_in_or_up_and_comes_back(client, organisation):
    invitation = InvitationFactory(organisation=organisation)
    path = path_of(invitation)
    page = client.get(path).content.decode()
    response = client.post(path, ACCEPT)

    assert f"{reverse('account_signup')}?next={path}" in page
    assert response.url == f"{reverse('account_login')}?next={path}"


def test_whoever_bears_the_address_joins_with_the_role_offered(client, organisation):
    person = UserFactory(name="Léa")
    invitation = InvitationFactory(
        organisation=organisation, email=person.email, role=SIGNATORY
    )
    client.force_login(person)
    response = client.post(path_of(invitation), ACCEPT)

    assert response.url == address("team_detail", organisation)
    assert roles(organisation) == {"Léa": SIGNATORY}
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", person)


def test_whoever_holds_the_link_with_another_address_is_told_so_and_may_join(
    client, organisation
):
    invitation = InvitationFactory(organisation=organisation)
    client.force_login(UserFactory(name="Léa"))
    page = client.get(path_of(invitation)).content.decode()
    assert "Ce n’est pas l’adresse qui a été invitée" in page
    client.post(path_of(invitation), ACCEPT)

    assert roles(organisation) == {"Léa": CONTRIBUTOR}


@pytest.mark.parametrize("has_unverified", [True, False])
def test_only_the_address_itself_becomes_signatory(
    client, organisation, has_unverified
):
    invitation = InvitationFactory(organisation=organisation, role=SIGNATORY)
    person = UserFactory()
    if has_unverified:
        EmailAddress.objects.create(
            user=person, email=invitation.email, verified=False, primary=False
        )
    client.force_login(person)
    page = client.post(path_of(invitation), ACCEPT)

    assert "seule la personne dont le compte porte l’adresse" in page.content.decode()
    assert roles(organisation) == {}
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.PENDING


def test_refusing_needs_no_account_and_kills_the_link(client, organisation):
    invitation = InvitationFactory(organisation=organisation)
    assert client.post(path_of(invitation), REFUSE).status_code == 200

    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.REFUSED
    assert client.get(path_of(invitation)).status_code == 404


def test_every_dead_link_answers_the_same_page(client, organisation):
    now = timezone.now()
    fates = [
        {"state": "accepted", "answered_at": now},
        {"state": "revoked", "answered_at": now},
        {"state": "refused", "answered_at": now},
        {"state": "expired", "answered_at": now},
        {"expires_at": now - timedelta(seconds=1)},
        {"organisation__archived_at": now},
    ]
    paths = [
        path_of(InvitationFactory(**({"organisation": organisation} | fate)))
        if "organisation__archived_at" not in fate
        else path_of(InvitationFactory(**fate))
        for fate in fates
    ]
    paths.append(reverse("alliances:invitation_answer", args=["inconnu"]))
    client.force_login(UserFactory())
    answers = {
        (response.status_code, response.content.split(b"<main", 1)[1])
        for path in paths
        for response in (client.get(path), client.post(path, ACCEPT))
    }

    assert len(answers) == 1
    assert {status for status, _ in answers} == {404}


def test_sending_again_kills_the_old_link(client, organisation, referent):
    invitation = InvitationFactory(organisation=organisation)
    old = path_of(invitation)
    client.force_login(referent)
    client.post(address("invitation_resend", organisation, invitation.public_id))

    assert client.get(old).status_code == 404
    assert client.get(path_in(Delivery.objects.get())).status_code == 200


@pytest.mark.parametrize(("count", "minutes"), [(5, 60), (1, 9)])
def test_sending_again_is_bounded(organisation, referent, count, minutes):
    invitation = InvitationFactory(
        organisation=organisation,
        sent_count=count,
        sent_at=timezone.now() - timedelta(minutes=minutes),
    )
    with pytest.raises(refusals.ResentEnoughError):
        services.resend_invitation(invitation, by=referent)


def test_a_revoked_invitation_opens_nothing(client, organisation, referent):
    invitation = InvitationFactory(organisation=organisation)
    client.force_login(referent)
    client.post(address("invitation_revoke", organisation, invitation.public_id))

    assert client.get(path_of(invitation)).status_code == 404
    with pytest.raises(refusals.AlreadyDoneError):
        services.accept_invitation(invitation, UserFactory(), owns=True)


def test_an_invitation_of_another_organisation_is_not_there(
    client, organisation, referent
):
    other = InvitationFactory()
    client.force_login(referent)
    for name in ("invitation_resend", "invitation_revoke"):
        response = client.post(address(name, organisation, other.public_id))
        assert response.status_code == 404


def test_invitations_to_my_verified_address_are_on_my_page(client, organisation):
    person = UserFactory(name="Léa", verified=False)
    mine = InvitationFactory(organisation=organisation, email=person.email.upper())
    client.force_login(person)
    page = reverse("alliances:my_organisations")
    reply = reverse("alliances:invitation_reply", args=[mine.public_id])
    assert reply not in client.get(page).content.decode()
    assert client.get(reply).status_code == 404

    EmailAddress.objects.create(user=person, email=person.email, verified=True)

    assert reply in client.get(page).content.decode()
    client.post(reply, ACCEPT)
    assert roles(organisation) == {"Léa": CONTRIBUTOR}


def test_accepting_never_lowers_a_role(organisation):
    member = joined(organisation, SIGNATORY, "Salma")
    invitation = InvitationFactory(organisation=organisation)
    services.accept_invitation(invitation, member.user, owns=True)

    assert roles(organisation) == {"Salma": SIGNATORY}


def test_the_first_person_who_decides_becomes_the_lead(organisation):
    person = UserFactory()
    invitation = InvitationFactory(organisation=organisation, role=REFERENT)
    services.accept_invitation(invitation, person, owns=True)

    assert Membership.objects.get(user=person).is_lead


def test_after_fourteen_days_an_invitation_expires(organisation):
    old = InvitationFactory(
        organisation=organisation, expires_at=timezone.now() - timedelta(minutes=1)
    )
    fresh = InvitationFactory(organisation=organisation)
    with pytest.raises(refusals.AlreadyDoneError):
        services.accept_invitation(old, UserFactory(), owns=True)
    close_requests_to_join({})

    states = dict(Invitation.objects.values_list("pk", "state"))
    assert states == {old.pk: "expired", fresh.pk: "pending"}
