"""Requests to join an organisation that is already here."""

import datetime as dt
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import MandateRole, MembershipRole
from alliances.models import Claim, Mandate, Membership
from alliances.services import membership as services
from alliances.services.membership import refusals
from alliances.tasks import close_requests_to_join
from notifications.models import Notification
from tests.alliances.test_team import address, joined, roles, told
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.alliances import OrganisationFactory
from tests.factories.elevation import elevated_administrator
from tests.factories.joining import ClaimFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
CONTRIBUTOR, REFERENT, SIGNATORY = MembershipRole
WORDS = {"position": "présidente", "proof": "mon nom est sur le site"}


@pytest.fixture
def commune():
    return TerritoryFactory(name="Clisson")


@pytest.fixture
def organisation(commune):
    return OrganisationFactory(name="Roue libre", seat=commune)


@pytest.fixture
def person():
    return UserFactory(name="Dina")


@pytest.fixture
def catalyst(commune):
    around = TerritoryFactory(epci=True, name="Autour", communes=[commune])
    return mandated(around)


def mandated(territory, **dates):
    user = UserFactory(name="Cath")
    add_second_factor(user)
    starts_on = dates.pop("starts_on", dt.date(2026, 1, 1))
    Mandate.objects.create(
        user=user,
        territory=territory,
        role=MandateRole.CATALYST,
        starts_on=starts_on,
        **dates,
    )
    return user


def claimed(organisation, person):
    return services.claim_organisation(organisation, person, **WORDS)


def let_pass(claim, **time):
    then = timezone.now() - timedelta(**time)
    Claim.objects.filter(pk=claim.pk).update(
        created_at=then, answer_by=then + timedelta(days=7)
    )
    claim.refresh_from_db()


def kinds_told_to(person):
    rows = Notification.objects.filter(user=person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_somebody_asks_from_the_page_of_an_organisation(client, organisation, person):
    client.force_login(person)
    page = client.get(
        reverse("alliances:organisation_detail", args=[organisation.public_id])
    )
    form = address("claim_create", organisation)
    assert form in page.content.decode()
    response = client.post(form, WORDS)

    claim = Claim.objects.get()
    assert response.url == reverse("alliances:claim_detail", args=[claim.public_id])
    assert (claim.user, claim.position, claim.proof) == (person, *WORDS.values())
    assert "En attente d’une réponse" in client.get(response.url).content.decode()


def test_a_request_without_its_reasons_is_not_sent(client, organisation, person):
    client.force_login(person)
    page = client.post(address("claim_create", organisation), {"position": " "})

    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"position", "proof"}
    assert not Claim.objects.exists()


def test_a_member_is_led_to_the_team_instead(client, organisation):
    member = joined(organisation, CONTRIBUTOR, "Colin")
    client.force_login(member.user)
    response = client.get(address("claim_create", organisation))

    assert response.url == address("team_detail", organisation)


def test_asking_gives_nothing_away_about_the_members(client, person):
    """The same pages, to the byte but for the identifiers, with members or without."""
    client.force_login(person)
    seen = []
    for has_members in (False, True):
        organisation = OrganisationFactory(name="Roue libre", seat=None)
        if has_members:
            joined(organisation, REFERENT, "Rose")
        form = client.get(address("claim_create", organisation))
        sent = client.post(address("claim_create", organisation), WORDS, follow=True)
        claim = Claim.objects.get(organisation=organisation)
        text = neutral(form) + neutral(sent)
        for identifier in (organisation.public_id, claim.public_id):
            text = text.replace(identifier, "?")
        seen.append(text)

    assert seen[0] == seen[1]


def neutral(response):
    main = response.content.decode().split("<main", 1)[1]
    return "".join(
        line for line in main.splitlines() if "csrfmiddlewaretoken" not in line
    )


def test_the_same_request_waits_once(organisation, person):
    claimed(organisation, person)
    with pytest.raises(refusals.AlreadyClaimedError):
        claimed(organisation, person)


def test_five_requests_wait_at_most(person):
    for _ in range(5):
        claimed(OrganisationFactory(), person)
    with pytest.raises(refusals.TooManyClaimsError):
        claimed(OrganisationFactory(), person)


def test_after_a_refusal_one_waits_thirty_days(organisation, person):
    referent = joined(organisation, REFERENT, "Rose").user
    claim = claimed(organisation, person)
    services.refuse_claim(claim, by=referent)
    with pytest.raises(refusals.RefusedLatelyError):
        claimed(organisation, person)
    Claim.objects.update(decided_at=timezone.now() - timedelta(days=31))

    assert claimed(organisation, person).state == Claim.State.PENDING


def test_every_member_is_told_and_the_lead_reminded(organisation, person):
    rose = joined(organisation, REFERENT, "Rose", is_lead=True).user
    colin = joined(organisation, CONTRIBUTOR, "Colin").user
    claimed(organisation, person)

    assert (kinds_told_to(rose), kinds_told_to(colin)) == (
        ["claim_received"],
        ["claim_received"],
    )


def test_approved_beside_a_referent_one_is_a_member(organisation, person):
    referent = joined(organisation, REFERENT, "Rose").user
    claim = claimed(organisation, person)
    services.approve_claim(claim, by=referent, answer="Bienvenue")

    assert roles(organisation) == {"Rose": REFERENT, "Dina": CONTRIBUTOR}
    claim.refresh_from_db()
    assert (claim.state, claim.answer) == (Claim.State.APPROVED, "Bienvenue")
    assert kinds_told_to(person) == ["claim_decided"]


def test_approved_where_nobody_decides_one_is_referent_and_lead(
    organisation, person, catalyst
):
    claim = claimed(organisation, person)
    services.approve_claim(claim, by=catalyst)

    assert roles(organisation) == {"Dina": REFERENT}
    assert Membership.objects.get(user=person).is_lead


def test_the_members_answer_alone_for_seven_days_then_the_catalyst_too(
    organisation, person, catalyst
):
    joined(organisation, REFERENT, "Rose")
    claim = claimed(organisation, person)
    with pytest.raises(refusals.NotAllowedError):
        services.approve_claim(claim, by=catalyst)
    let_pass(claim, days=7, hours=1)
    services.approve_claim(claim, by=catalyst)

    assert roles(organisation)["Dina"] == CONTRIBUTOR


def test_the_queue_of_a_catalyst_holds_their_territory_alone(
    client, organisation, person, catalyst
):
    claimed(organisation, person)
    claimed(OrganisationFactory(name="Au loin"), person)
    claimed(OrganisationFactory(name="Sans siège", seat=None), person)
    queue = reverse("alliances:claim_list")

    client.force_login(catalyst)
    text = client.get(queue).content.decode()
    assert ("Roue libre" in text, "Au loin" in text) == (True, False)

    administrator = elevated_administrator()
    client.force_login(administrator)
    text = client.get(queue).content.decode()
    assert ("Au loin" in text, "Sans siège" in text) == (True, True)


@pytest.mark.parametrize("count", [1, 5])
def test_the_queue_costs_the_same_number_of_queries(
    client, commune, catalyst, django_assert_num_queries, count
):
    for number in range(count):
        ClaimFactory(organisation__name=f"Asso {number}", organisation__seat=commune)
    client.force_login(catalyst)

    with django_assert_num_queries(7):
        client.get(reverse("alliances:claim_list"))


def test_a_mandate_that_ended_answers_nothing(organisation, person, commune):
    former = mandated(commune, ends_on=dt.date(2026, 2, 1))
    claim = claimed(organisation, person)
    with pytest.raises(refusals.NotAllowedError):
        services.approve_claim(claim, by=former)


def test_nobody_answers_their_own_request(organisation, commune):
    catalyst = mandated(commune)
    claim = claimed(organisation, catalyst)
    with pytest.raises(refusals.NotAllowedError):
        services.approve_claim(claim, by=catalyst)


def test_a_referent_answers_from_the_page(client, organisation, person):
    referent = joined(organisation, REFERENT, "Rose").user
    claim = claimed(organisation, person)
    client.force_login(referent)
    page = client.get(reverse("alliances:claim_detail", args=[claim.public_id]))
    assert "mon nom est sur le site" in page.content.decode()
    response = client.post(
        reverse("alliances:claim_decide", args=[claim.public_id]),
        {"decision": "accepter"},
    )

    assert told(response) == ["Dina rejoint l’organisation."]
    assert roles(organisation)["Dina"] == CONTRIBUTOR


def test_a_request_decided_meanwhile_is_said_so(client, organisation, person):
    referent = joined(organisation, REFERENT, "Rose").user
    claim = claimed(organisation, person)
    services.refuse_claim(claim, by=referent)
    client.force_login(referent)
    response = client.post(
        reverse("alliances:claim_decide", args=[claim.public_id]),
        {"decision": "accepter"},
    )

    assert told(response)[0].startswith("Quelqu’un vient de s’en occuper")
    assert roles(organisation) == {"Rose": REFERENT}


def test_the_person_withdraws_their_request(client, organisation, person):
    claim = claimed(organisation, person)
    client.force_login(person)
    client.post(reverse("alliances:claim_withdraw", args=[claim.public_id]))

    claim.refresh_from_db()
    assert claim.state == Claim.State.WITHDRAWN


def test_a_request_of_somebody_else_is_not_there(client, organisation, person):
    claim = claimed(organisation, person)
    client.force_login(UserFactory())
    detail = reverse("alliances:claim_detail", args=[claim.public_id])

    assert client.get(detail).status_code == 404


def test_after_thirty_days_a_request_expires_and_the_person_is_told(
    organisation, person
):
    claim = claimed(organisation, person)
    let_pass(claim, days=30, hours=1)
    close_requests_to_join({})
    close_requests_to_join({})

    claim.refresh_from_db()
    assert claim.state == Claim.State.EXPIRED
    assert kinds_told_to(person) == ["claim_decided"]


def test_what_the_members_let_wait_is_told_once_to_the_catalyst(
    organisation, person, catalyst
):
    joined(organisation, REFERENT, "Rose")
    claim = claimed(organisation, person)
    close_requests_to_join({})
    assert kinds_told_to(catalyst) == []
    let_pass(claim, days=8)
    close_requests_to_join({})
    close_requests_to_join({})

    assert kinds_told_to(catalyst) == ["claim_to_check"]


def test_without_members_the_catalyst_is_told_at_once(organisation, person, catalyst):
    claimed(organisation, person)

    assert kinds_told_to(catalyst) == ["claim_to_check"]


def test_without_catalyst_the_administrators_are_told(organisation, person):
    administrator = elevated_administrator()
    claimed(organisation, person)

    assert kinds_told_to(administrator) == ["claim_to_check"]


def test_my_organisations_show_my_requests(client, organisation, person):
    claimed(organisation, person)
    client.force_login(person)
    page = client.get(reverse("alliances:my_organisations"))

    assert "Vos demandes en attente" in page.content.decode()
