"""The team of an organisation: who belongs to it, and who may change that."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from alliances.enums import MembershipRole
from alliances.models import Claim, Membership
from alliances.services import membership as services
from alliances.services.membership import refusals
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.joining import ClaimFactory, InvitationFactory

pytestmark = pytest.mark.django_db
CONTRIBUTOR, REFERENT, SIGNATORY = MembershipRole


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Roue libre")


@pytest.fixture
def referent(organisation):
    return joined(organisation, REFERENT, "Rose", is_lead=True)


@pytest.fixture
def contributor(organisation):
    return joined(organisation, CONTRIBUTOR, "Colin")


def joined(organisation, role, name, **fields):
    return MembershipFactory(
        organisation=organisation, role=role, user__name=name, **fields
    )


def address(name, organisation, *parts):
    return reverse(f"alliances:{name}", args=[organisation.public_id, *parts])


def signed_in(client, membership):
    client.force_login(membership.user)
    return client


def roles(organisation):
    rows = Membership.objects.filter(organisation=organisation)
    return dict(rows.values_list("user__name", "role"))


def leads(organisation):
    rows = Membership.objects.filter(organisation=organisation, is_lead=True)
    return list(rows.values_list("user__name", flat=True))


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_member_reads_the_team_and_changes_nothing(
    client, organisation, referent, contributor
):
    InvitationFactory(organisation=organisation, email="bientot@exemple.test")
    ClaimFactory(organisation=organisation, proof="mon badge")
    page = signed_in(client, contributor).get(address("team_detail", organisation))

    text = page.content.decode()
    assert "Rose" in text
    assert "Contact principal" in text
    assert "Quelqu’un demande à rejoindre l’équipe" in text
    assert "bientot@exemple.test" not in text
    assert "<form" not in text.split("<main")[1].split("</main")[0]


def test_a_referent_sees_what_waits_and_what_may_be_changed(
    client, organisation, referent, contributor
):
    InvitationFactory(organisation=organisation, email="bientot@exemple.test")
    ClaimFactory(organisation=organisation, user__name="Dina")
    page = signed_in(client, referent).get(address("team_detail", organisation))

    text = page.content.decode()
    assert "bientot@exemple.test" in text
    assert "Dina" in text
    assert "Retirer de l’équipe" in text


@pytest.mark.parametrize("count", [1, 6])
def test_a_team_costs_the_same_number_of_queries(
    client, organisation, referent, django_assert_num_queries, count
):
    for number in range(count):
        joined(organisation, CONTRIBUTOR, f"Membre {number}")
        InvitationFactory(organisation=organisation)
        ClaimFactory(organisation=organisation)
    signed_in(client, referent)

    with django_assert_num_queries(15):
        client.get(address("team_detail", organisation))


def test_a_referent_names_another_one(client, organisation, referent, contributor):
    response = signed_in(client, referent).post(
        address("member_role", organisation, contributor.user.public_id),
        {"role": REFERENT},
    )

    assert response.url == address("team_detail", organisation)
    assert told(response) == [
        "Colin a maintenant le rôle «\u202fPersonne référente\u202f»."
    ]
    assert roles(organisation) == {"Rose": REFERENT, "Colin": REFERENT}


def test_a_member_is_told_of_their_new_role(organisation, referent, contributor):
    services.change_role(contributor, REFERENT, by=referent.user)

    news = Notification.objects.get(user=contributor.user)
    assert (news.kind, news.context["role"]) == ("role_changed", "Personne référente")


def test_a_role_that_does_not_exist_is_refused_in_words(
    client, organisation, referent, contributor
):
    for role in ("", "roi", "٣"):
        response = signed_in(client, referent).post(
            address("member_role", organisation, contributor.user.public_id),
            {"role": role},
        )
        assert told(response)[-1].startswith("Choisissez un rôle dans la liste")

    assert roles(organisation)["Colin"] == CONTRIBUTOR


def test_a_member_of_another_organisation_is_not_there(client, organisation, referent):
    stranger = MembershipFactory()
    for name in ("member_role", "member_lead", "member_remove"):
        response = signed_in(client, referent).post(
            address(name, organisation, stranger.user.public_id), {"role": REFERENT}
        )
        assert response.status_code == 404

    assert Membership.objects.filter(pk=stranger.pk).exists()


def test_a_contributor_manages_nobody(client, organisation, referent, contributor):
    for name in ("member_role", "member_lead", "member_remove"):
        response = signed_in(client, contributor).post(
            address(name, organisation, contributor.user.public_id),
            {"role": SIGNATORY},
        )
        assert response.status_code == 404

    assert roles(organisation) == {"Rose": REFERENT, "Colin": CONTRIBUTOR}


def test_the_first_signatory_is_named_by_a_referent(
    organisation, referent, contributor
):
    services.change_role(contributor, SIGNATORY, by=referent.user)

    assert roles(organisation)["Colin"] == SIGNATORY


def test_the_next_signatories_are_named_and_removed_by_a_signatory(
    organisation, referent, contributor
):
    signatory = joined(organisation, SIGNATORY, "Salma")
    with pytest.raises(refusals.NotAllowedError):
        services.change_role(contributor, SIGNATORY, by=referent.user)
    with pytest.raises(refusals.NotAllowedError):
        services.remove_member(signatory, by=referent.user)
    with pytest.raises(refusals.NotAllowedError):
        services.change_role(signatory, CONTRIBUTOR, by=referent.user)
    services.change_role(contributor, SIGNATORY, by=signatory.user)
    services.remove_member(contributor, by=signatory.user)

    assert roles(organisation) == {"Rose": REFERENT, "Salma": SIGNATORY}


def test_nobody_names_themself_signatory_beside_another_referent(
    organisation, referent
):
    joined(organisation, REFERENT, "Rémi")
    with pytest.raises(refusals.SecondPersonError):
        services.change_role(referent, SIGNATORY, by=referent.user)


def test_the_only_person_who_decides_may_sign(organisation, referent):
    services.change_role(referent, SIGNATORY, by=referent.user)

    assert roles(organisation) == {"Rose": SIGNATORY}


def test_nobody_signs_within_48_hours_of_an_accepted_request(organisation, referent):
    ClaimFactory(
        organisation=organisation,
        user=referent.user,
        state=Claim.State.APPROVED,
        decided_at=timezone.now() - timedelta(hours=47),
    )
    with pytest.raises(refusals.TooEarlyError):
        services.change_role(referent, SIGNATORY, by=referent.user)
    with pytest.raises(refusals.TooEarlyError):
        services.invite(
            organisation, "complice@exemple.test", SIGNATORY, by=referent.user
        )
    Claim.objects.update(decided_at=timezone.now() - timedelta(hours=49))
    services.change_role(referent, SIGNATORY, by=referent.user)

    assert roles(organisation) == {"Rose": SIGNATORY}


@pytest.mark.parametrize("role", [REFERENT, SIGNATORY])
def test_the_last_person_who_decides_can_neither_leave_nor_be_lowered(
    organisation, contributor, role
):
    last = joined(organisation, role, "Rose")
    with pytest.raises(refusals.LastResponsibleError):
        services.leave(last)
    with pytest.raises(refusals.LastResponsibleError):
        services.remove_member(last, by=last.user)
    with pytest.raises(refusals.LastResponsibleError):
        services.change_role(last, CONTRIBUTOR, by=last.user)

    assert roles(organisation) == {"Rose": role, "Colin": CONTRIBUTOR}


def test_the_last_person_who_decides_is_told_what_to_do(client, organisation, referent):
    page = signed_in(client, referent).post(address("team_leave", organisation))

    assert page.status_code == 200
    assert "Donnez d’abord ce rôle à quelqu’un d’autre" in page.content.decode()


def test_whoever_leaves_hands_their_role_and_the_lead_over(
    client, organisation, referent, contributor
):
    response = signed_in(client, referent).post(
        address("team_leave", organisation),
        {"successor": contributor.user.public_id},
    )

    assert response.url == reverse("alliances:my_organisations")
    assert roles(organisation) == {"Colin": REFERENT}
    assert leads(organisation) == ["Colin"]


def test_a_role_is_handed_over_to_a_member_of_the_same_organisation(
    client, organisation, referent
):
    stranger = MembershipFactory(role=CONTRIBUTOR)
    page = signed_in(client, referent).post(
        address("team_leave", organisation), {"successor": stranger.user.public_id}
    )

    assert page.status_code == 200
    assert roles(organisation) == {"Rose": REFERENT}


def test_handing_over_never_lowers_who_takes_over(organisation, referent):
    signatory = joined(organisation, SIGNATORY, "Salma")
    services.leave(referent, successor=signatory)

    assert roles(organisation) == {"Salma": SIGNATORY}


def test_there_is_one_lead_contact(organisation, referent, contributor):
    services.name_lead(contributor, by=referent.user)

    assert leads(organisation) == ["Colin"]


def test_the_oldest_who_decides_becomes_the_lead_when_it_leaves(organisation, referent):
    joined(organisation, REFERENT, "Rémi")
    joined(organisation, REFERENT, "Ninon")
    services.leave(referent)

    assert leads(organisation) == ["Rémi"]


def test_a_removed_member_loses_their_rights_at_the_next_request(
    client, organisation, referent, contributor
):
    team = address("team_detail", organisation)
    assert signed_in(client, contributor).get(team).status_code == 200

    services.remove_member(contributor, by=referent.user)

    assert client.get(team).status_code == 404
    edit = reverse("alliances:organisation_edit", args=[organisation.public_id])
    assert client.get(edit).status_code == 404


def test_a_removed_member_can_be_invited_again(organisation, referent, contributor):
    services.remove_member(contributor, by=referent.user)
    invitation = services.invite(
        organisation, contributor.user.email, CONTRIBUTOR, by=referent.user
    )
    services.accept_invitation(invitation, contributor.user, owns=True)

    assert roles(organisation) == {"Rose": REFERENT, "Colin": CONTRIBUTOR}


def test_removing_twice_says_that_it_is_done(organisation, referent, contributor):
    services.remove_member(contributor, by=referent.user)
    with pytest.raises(refusals.AlreadyDoneError):
        services.remove_member(contributor, by=referent.user)


def test_nothing_changes_in_an_archived_organisation(organisation, referent):
    organisation.archived_at = timezone.now()
    organisation.save()
    with pytest.raises(refusals.GoneError):
        services.leave(referent)


def test_the_creator_is_referent_and_lead(client):
    person = UserFactory(name="Anaïs")
    client.force_login(person)
    client.post(
        reverse("alliances:organisation_create"),
        {"name": "Tout neuf", "kind": "association"},
    )
    member = Membership.objects.get(user=person)

    assert (member.role, member.is_lead) == (REFERENT, True)
