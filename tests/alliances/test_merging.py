"""Two descriptions of one organisation become one, with everything attached."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Elevation
from alliances.enums import MembershipRole, Part
from alliances.models import (
    Claim,
    Establishment,
    Exclusion,
    Intention,
    Interest,
    Introduction,
    Invitation,
    Membership,
    Merge,
    Organisation,
    PrivilegedRead,
)
from alliances.selectors.merging import (
    STAYING,
    is_history,
    moving_keys,
    organisation_keys,
)
from alliances.services.membership import refusals
from alliances.services.merging import ObstacleError, merge_organisations
from alliances.signals import intentions_changed
from notifications.models import Notification
from tests.alliances.test_team import joined, roles
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.conversations import say
from tests.factories.elevation import ElevationFactory
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.joining import ClaimFactory, InvitationFactory
from tests.factories.partners import BlockFactory, ReportFactory
from tests.factories.processes import action_of, group_of, process_of
from tests.factories.sessions import (
    encounter_of,
    invitation_of,
    registration_of,
    session_of,
)
from tests.factories.suggestions import suggestion_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
CONTRIBUTOR, REFERENT, SIGNATORY = MembershipRole
STATES = Introduction.State


@pytest.fixture
def administrator():
    return ElevationFactory(user__name="Ada").user


@pytest.fixture
def kept():
    return OrganisationFactory(name="Roue libre", source="fichier", key="k1")


@pytest.fixture
def absorbed():
    return OrganisationFactory(name="Roue-libre asso", source="fichier", key="k2")


@pytest.fixture
def merge(administrator, kept, absorbed):
    def run():
        row = merge_organisations(kept.pk, absorbed.pk, by=administrator)
        kept.refresh_from_db()
        absorbed.refresh_from_db()
        return row

    return run


def preview_of(kept, absorbed):
    names = [kept.public_id, absorbed.public_id]
    return reverse("alliances:merge_preview", args=names)


def attach_everything(absorbed):
    """One row at least for every foreign key to an organisation."""
    partner, third = OrganisationFactory(name="Partenaire"), OrganisationFactory()
    joined(absorbed, REFERENT, "Rémi", is_lead=True)
    IntentionFactory(organisation=absorbed)
    Establishment.objects.create(
        organisation=absorbed, commune=TerritoryFactory(), siret="73282932000074"
    )
    Exclusion.objects.create(organisation=absorbed, sector="armement")
    Exclusion.objects.create(organisation=partner, other=absorbed)
    for one, other in ((absorbed, third), (third, absorbed)):
        InterestFactory(organisation=one, other=other)
        BlockFactory(organisation=one, other=other)
    ended = {"state": STATES.ENDED, "closed_at": timezone.now()}
    introduction = introduce(absorbed, partner, closed_by=absorbed, **ended)
    say(introduction, UserFactory(), absorbed, "Bonjour")
    later = OrganisationFactory(name="Plus récente que l’absorbée")
    Introduction.objects.create(low=absorbed, high=later, opened_at=timezone.now())
    former = OrganisationFactory(archived_at=timezone.now(), merged_into=absorbed)
    Merge.objects.create(kept=absorbed, absorbed=former)
    OrganisationFactory(network_head=absorbed)
    InvitationFactory(organisation=absorbed)
    ClaimFactory(organisation=absorbed)
    ReportFactory(organisation=absorbed)
    elevation = Elevation.objects.create(
        user=UserFactory(), reason="?", starts_at=timezone.now(), ends_at=timezone.now()
    )
    PrivilegedRead.objects.create(
        elevation=elevation, user=elevation.user, organisation=absorbed, what="fiche"
    )
    session = session_of(TerritoryFactory())
    registration_of(session, absorbed)
    encounter_of(session, absorbed, later)
    invitation_of(session, absorbed)
    process = process_of(TerritoryFactory())
    group_of(process, members=[absorbed])
    action_of(process, carrier=absorbed)


def pointing_to(organisation, keys):
    return {
        f"{model._meta.label}.{field}": count
        for model, field in keys
        if (count := model._base_manager.filter(**{field: organisation.pk}).count())
    }


def test_no_row_of_any_model_is_left_on_the_absorbed_one(kept, absorbed, merge):
    OrganisationFactory(pk=absorbed.pk + 1000)  # identifiers on both sides
    low_partner = Organisation.objects.order_by("pk").first()
    if low_partner.pk in (kept.pk, absorbed.pk):
        low_partner = OrganisationFactory(pk=min(kept.pk, absorbed.pk) - 1)
    introduce(low_partner, absorbed)
    attach_everything(absorbed)
    for partner in (low_partner, OrganisationFactory()):
        suggestion_of(absorbed, partner, by=None, territory=TerritoryFactory())
    encounter_of(session_of(TerritoryFactory()), absorbed, low_partner)
    before = pointing_to(absorbed, moving_keys())
    every = {f"{model._meta.label}.{field}" for model, field in moving_keys()}
    stays = {
        f"{model._meta.label}.{field}"
        for model, field in organisation_keys()
        if is_history(model) or (model, field) in STAYING
    }
    assert set(before) == every, "a foreign key has no row in this test: add one"

    row = merge()

    left = pointing_to(absorbed, organisation_keys())
    assert set(left) <= stays
    assert row.moved["rows"] == before


def test_the_old_address_leads_to_the_new_one(client, kept, absorbed, merge):
    merge()
    for name in ("organisation_detail", "organisation_places"):
        old, new = (
            reverse(f"alliances:{name}", args=[one.public_id])
            for one in (absorbed, kept)
        )
        response = client.get(f"{old}?x=1")
        assert (response.status_code, response.url) == (301, f"{new}?x=1")

    proposals = reverse("matching:proposal_list", args=[absorbed.public_id])
    assert client.get(proposals).status_code == 301
    assert client.post(proposals).status_code in (404, 405)


def test_a_second_merge_leads_straight_to_the_last_one(
    client, administrator, kept, absorbed, merge
):
    merge()
    last = OrganisationFactory(name="La dernière")
    merge_organisations(last.pk, kept.pk, by=administrator)
    response = client.get(
        reverse("alliances:organisation_detail", args=[absorbed.public_id])
    )

    assert response.url.endswith(f"/{last.public_id}/")


def test_an_archived_organisation_that_was_not_merged_leads_nowhere(client):
    gone = OrganisationFactory(archived_at=timezone.now())
    path = reverse("alliances:organisation_detail", args=[gone.public_id])

    assert client.get(path).status_code == 404


def test_where_nobody_decides_the_members_keep_their_role_but_signatories(
    kept, absorbed, merge
):
    joined(absorbed, SIGNATORY, "Salma", is_lead=True)
    joined(absorbed, CONTRIBUTOR, "Colin")
    merge()

    assert roles(kept) == {"Salma": REFERENT, "Colin": CONTRIBUTOR}
    assert list(Membership.objects.filter(is_lead=True)) == [
        Membership.objects.get(user__name="Salma")
    ]


def test_a_double_gives_nobody_a_right_over_the_organisation(kept, absorbed, merge):
    joined(kept, REFERENT, "Rose", is_lead=True)
    joined(absorbed, SIGNATORY, "Intrus", is_lead=True)
    InvitationFactory(organisation=absorbed, role=SIGNATORY)
    merge()

    assert roles(kept) == {"Rose": REFERENT, "Intrus": CONTRIBUTOR}
    assert Invitation.objects.get().state == Invitation.State.REVOKED


def test_whoever_is_in_both_keeps_the_higher_role(kept, absorbed, merge):
    member = joined(kept, CONTRIBUTOR, "Dina")
    Membership.objects.create(user=member.user, organisation=absorbed, role=REFERENT)
    merge()

    assert roles(kept) == {"Dina": REFERENT}
    assert Membership.objects.count() == 1


def test_what_is_missing_is_filled_and_nothing_is_replaced(merge, kept, absorbed):
    Organisation.objects.filter(pk=kept.pk).update(
        summary="La nôtre", hidden_parts=[Part.SIZE], solicitation_budget=6
    )
    Organisation.objects.filter(pk=absorbed.pk).update(
        summary="La leur",
        website="https://roue.example",
        siren="732829320",
        rna="W441234567",
        hidden_parts=[Part.VALUES],
        solicitation_budget=2,
    )
    row = merge()

    assert (kept.summary, kept.website) == ("La nôtre", "https://roue.example")
    assert (kept.siren, kept.rna, absorbed.siren) == ("732829320", "W441234567", "")
    assert kept.hidden_parts == [Part.SIZE, Part.VALUES]
    assert kept.solicitation_budget == 2
    assert set(row.moved["filled"]) == {"website", "siren", "rna"}


def test_a_number_that_differs_stays_known_and_leads_to_the_kept_one(
    client, kept, absorbed, merge
):
    Organisation.objects.filter(pk=kept.pk).update(siren="552100554")
    Organisation.objects.filter(pk=absorbed.pk).update(siren="732829320")
    merge()
    client.force_login(UserFactory())
    page = client.post(
        reverse("alliances:organisation_create"),
        {"name": "Encore elle", "kind": "association", "siren": "732829320"},
    )

    assert (kept.siren, absorbed.siren) == ("552100554", "732829320")
    text = page.content.decode()
    assert reverse("alliances:claim_create", args=[kept.public_id]) in text


def test_an_empty_intention_gives_way_to_a_described_one(kept, absorbed, merge):
    empty = Intention.objects.create(organisation=kept, is_default=True)
    described = IntentionFactory(organisation=absorbed)
    merge()

    assert list(kept.intentions.all()) == [described]
    assert not Intention.objects.filter(pk=empty.pk).exists()


def test_beside_a_described_intention_the_other_becomes_a_draft(kept, absorbed, merge):
    own = IntentionFactory(organisation=kept)
    other = IntentionFactory(organisation=absorbed)
    merge()
    other.refresh_from_db()

    assert kept.intentions.get(is_default=True) == own
    assert (other.organisation, other.state, other.title) == (
        kept,
        Intention.State.DRAFT,
        "Roue-libre asso",
    )


def test_the_last_answer_about_a_pair_counts(kept, absorbed, merge):
    other = OrganisationFactory()
    first = InterestFactory(
        organisation=kept,
        other=other,
        answered_at=timezone.now() - timedelta(days=3),
    )
    last = InterestFactory(organisation=absorbed, other=other, answer="no")
    InterestFactory(organisation=other, other=kept)
    InterestFactory(
        organisation=other,
        other=absorbed,
        answered_at=timezone.now() - timedelta(days=3),
    )
    InterestFactory(organisation=kept, other=absorbed)
    merge()

    live = Interest.objects.filter(closed_at=None)
    assert set(live.filter(organisation=kept).values_list("pk", flat=True)) == {last.pk}
    assert live.filter(organisation=other).count() == 1
    first.refresh_from_db()
    assert first.closed_at is not None
    assert Interest.objects.filter(organisation=other).count() == 2


def test_of_two_introductions_to_one_partner_the_first_stays_open(
    kept, absorbed, merge
):
    partner = OrganisationFactory()
    old = introduce(absorbed, partner, opened_at=timezone.now() - timedelta(days=3))
    new = introduce(kept, partner)
    written = say(new, UserFactory(), kept, "Bonjour")
    merge()

    states = dict(Introduction.objects.values_list("pk", "state"))
    assert states == {old.pk: STATES.OPEN, new.pk: STATES.ENDED}
    written.refresh_from_db()
    assert written.conversation.introduction == new


def test_what_was_stated_twice_is_stated_once(kept, absorbed, merge):
    other = OrganisationFactory()
    for one in (kept, absorbed):
        Exclusion.objects.create(organisation=one, sector="armement")
        Exclusion.objects.create(organisation=other, other=one)
        BlockFactory(organisation=one, other=other)
        Establishment.objects.create(organisation=one, commune=other.seat)
    Exclusion.objects.create(organisation=kept, other=absorbed)
    BlockFactory(organisation=absorbed, other=kept)
    merge()

    assert kept.exclusions.count() == 1
    assert other.exclusions.get().other == kept
    assert kept.blocks.get().other == other
    assert kept.establishments.count() == 1


def test_whoever_asked_for_both_waits_once(kept, absorbed, merge):
    person = UserFactory()
    ClaimFactory(organisation=kept, user=person)
    double = ClaimFactory(organisation=absorbed, user=person)
    other = ClaimFactory(organisation=absorbed)
    merge()
    double.refresh_from_db()
    other.refresh_from_db()

    assert (double.state, other.state) == (Claim.State.WITHDRAWN, Claim.State.PENDING)
    assert other.organisation == kept


def test_the_members_of_both_are_told_and_matching_too(kept, absorbed, merge):
    people = [joined(kept, REFERENT, "Rose").user, joined(absorbed, REFERENT, "R").user]
    intention = IntentionFactory(organisation=absorbed)
    heard = []

    def hear(sender, intention_ids, **kwargs):
        heard.extend(intention_ids)

    intentions_changed.connect(hear)
    merge()
    intentions_changed.disconnect(hear)

    told = Notification.objects.filter(kind="organisations_merged")
    assert {one.user for one in told} == set(people)
    assert intention.pk in heard


def test_partners_are_two_organisations(kept, absorbed, merge):
    introduce(kept, absorbed)
    with pytest.raises(ObstacleError) as refusal:
        merge()

    assert "mise en relation" in str(refusal.value.sentence)
    assert Organisation.objects.active().filter(pk=absorbed.pk).exists()


def test_a_fictitious_organisation_is_not_merged_into_a_real_one(kept, absorbed, merge):
    Organisation.objects.filter(pk=absorbed.pk).update(is_fictitious=True)
    with pytest.raises(ObstacleError):
        merge()


def test_an_organisation_is_merged_once(administrator, kept, absorbed, merge):
    merge()
    with pytest.raises(refusals.AlreadyDoneError):
        merge()
    with pytest.raises(refusals.AlreadyDoneError):
        merge_organisations(absorbed.pk, kept.pk, by=administrator)
    with pytest.raises(ObstacleError):
        merge_organisations(kept.pk, kept.pk, by=administrator)


def test_only_an_administrator_merges(kept, absorbed):
    referent = joined(kept, REFERENT, "Rose").user
    with pytest.raises(refusals.NotAllowedError):
        merge_organisations(kept.pk, absorbed.pk, by=referent)


def test_an_administrator_finds_compares_and_confirms(
    client, administrator, kept, absorbed
):
    joined(absorbed, REFERENT, "Rémi")
    Exclusion.objects.create(organisation=absorbed, sector="armement")
    client.force_login(administrator)
    choose = reverse("alliances:merge_choose")
    found = client.get(
        choose,
        {
            "garder": f"https://site.example/organisations/{kept.public_id}/",
            "absorber": absorbed.name,
        },
    )
    preview = preview_of(kept, absorbed)
    assert found.url == preview
    page = client.get(preview).content.decode()
    assert "Roue-libre asso" in page
    assert "choix privés" in page
    assert "armement" not in page
    assert client.post(preview).status_code == 200
    assert not Merge.objects.exists()
    response = client.post(preview, {"certain": "on"})

    assert response.url.endswith(f"/{kept.public_id}/")
    assert Merge.objects.get().by == administrator


def test_several_organisations_of_one_name_are_offered(client, administrator):
    for _ in range(2):
        OrganisationFactory(name="Roue libre")
    client.force_login(administrator)
    page = client.get(
        reverse("alliances:merge_choose"), {"garder": "roue libre", "absorber": "rien"}
    )

    [(label, links)] = page.context["choices"]
    assert (label, len(links)) == ("L’organisation à garder", 2)
