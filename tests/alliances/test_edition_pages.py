import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from alliances.description.steps import ORDER, Step
from alliances.enums import FragilityDomain, Means, PartnershipType
from alliances.models import Exclusion, Intention, Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.form_reader import form_data

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
DAY = dt.date(2026, 11, 21)


@pytest.fixture
def commune():
    commune = TerritoryFactory(name="Saint-Nazaire", code="44184")
    TerritoryFactory(epci=True, name="La Carène", communes=[commune])
    return commune


@pytest.fixture
def member(client, commune):
    """A member of an organisation that has nothing but a name."""
    membership = MembershipFactory(
        organisation__name="Vélos pour tous", organisation__seat=None
    )
    Intention.objects.create(organisation=membership.organisation, is_default=True)
    client.force_login(membership.user)
    return membership.organisation


def url(organisation, step, name="organisation_step"):
    return reverse(f"alliances:{name}", args=[organisation.public_id, step])


def send(client, organisation, step, changes, **headers):
    """Fill the form of a step as a browser does, and send it."""
    address = url(organisation, step)
    return client.post(address, form_data(client.get(address)) | changes, **headers)


def default_intention(organisation):
    return organisation.intentions.get(is_default=True)


@pytest.mark.parametrize("step", Step)
def test_each_step_opens_for_a_member(client, member, step):
    response = client.get(url(member, step))

    assert response.status_code == 200
    assert response.context["progress"].missing


@pytest.mark.parametrize("step", Step)
def test_sending_a_step_untouched_changes_nothing_and_goes_on(client, member, step):
    before = Organisation.objects.values().get(pk=member.pk)
    response = send(client, member, step, {})
    after = Organisation.objects.values().get(pk=member.pk)

    assert response.status_code == 302
    assert after == before


def test_an_association_described_from_nothing_can_be_matched(client, commune):
    client.force_login(UserFactory())
    create = reverse("alliances:organisation_create")
    page = client.get(create)
    response = client.post(
        create, form_data(page) | {"name": "Roue libre", "kind": "association"}
    )
    organisation = Organisation.objects.get(name="Roue libre")
    assert response.url == url(organisation, Step.PLACES)

    send(client, organisation, Step.PLACES, {"seat": "saint nazaire", "rester": "1"})
    send(client, organisation, Step.PLACES, {"perimeter": ["COM-44184"]})
    send(client, organisation, Step.DOMAINS, {"mobility": "10", "employment": "6"})
    send(
        client,
        organisation,
        Step.SQUARE,
        {"square_hr": "20", "square_stk": "20", "square_eco": "50", "square_inn": "10"},
    )
    send(
        client,
        organisation,
        Step.MEANS,
        {"need-premises-0-on": "on", "offer-publics_knowledge-0-on": "on"},
    )

    assert list(Intention.objects.matchable_on(DAY)) == [
        default_intention(organisation)
    ]
    role = Membership.objects.get(organisation=organisation).role
    assert role == "referent"


def test_creating_twice_by_a_double_click_makes_one_organisation(client):
    client.force_login(UserFactory())
    create = reverse("alliances:organisation_create")
    data = form_data(client.get(create)) | {"name": "Roue libre", "kind": "company"}

    first = client.post(create, data)
    second = client.post(create, data | {"confirme": "1"})

    assert Organisation.objects.count() == 1
    assert first.url == second.url


def test_the_creation_key_of_somebody_else_does_not_give_their_organisation(client):
    create = reverse("alliances:organisation_create")
    data = {"name": "Roue libre", "kind": "company", "key": "connue", "confirme": "1"}
    for _ in range(2):
        client.force_login(UserFactory())
        client.post(create, data)

    assert Membership.objects.values("organisation").distinct().count() == 2


def test_a_name_already_there_is_pointed_out_before_creating(client):
    OrganisationFactory(name="Roue Libre")
    client.force_login(UserFactory())
    create = reverse("alliances:organisation_create")

    response = client.post(create, {"name": "roue libre", "kind": "association"})

    assert Organisation.objects.count() == 1
    assert [found.name for found in response.context["alike"]] == ["Roue Libre"]
    assert form_data(response)["name"] == ["roue libre"]


@pytest.mark.parametrize(
    ("typed", "is_here", "pointed_out"),
    [
        ("Association Velos pour tous", False, True),
        ("Tous pour vélos", False, True),
        ("Vélo pour tout", False, False),
        ("Vélo pour tout", True, True),
        ("Les Vergers du Sillon", True, False),
    ],
)
def test_what_resembles_is_asked_about_more_readily_in_the_same_commune(
    client, commune, typed, is_here, pointed_out
):
    there = OrganisationFactory(name="Vélos pour tous", seat=commune)
    client.force_login(UserFactory())
    response = client.post(
        reverse("alliances:organisation_create"),
        {
            "name": typed,
            "kind": "association",
            "seat": "COM-44184" if is_here else "",
        },
    )

    join = reverse("alliances:claim_create", args=[there.public_id])
    assert (join in response.content.decode()) == pointed_out
    assert Organisation.objects.count() == (1 if pointed_out else 2)


def test_creating_all_the_same_keeps_the_commune(client, commune):
    OrganisationFactory(name="Vélos pour tous", seat=commune)
    client.force_login(UserFactory())
    create = reverse("alliances:organisation_create")
    data = {"name": "Vélos pour tous", "kind": "association", "seat": "COM-44184"}
    page = client.post(create, data)
    client.post(create, form_data(page) | {"confirme": "1"})

    assert Organisation.objects.order_by("pk").last().seat == commune


def test_a_number_already_taken_names_its_organisation(client):
    OrganisationFactory(name="Roue Libre", siren="732829320")
    client.force_login(UserFactory())
    create = reverse("alliances:organisation_create")

    response = client.post(
        create, {"name": "Autre", "kind": "association", "siren": "732 829 320"}
    )

    assert Organisation.objects.count() == 1
    assert "Roue Libre" in response.context["form"].errors["siren"][0]


def test_an_organisation_withdrawn_from_the_site_is_not_named(client, member):
    OrganisationFactory(name="Disparue", siren="732829320", archived_at=timezone.now())

    response = send(client, member, Step.IDENTITY, {"siren": "732829320"})

    assert list(response.context["form"].errors) == ["siren"]
    assert "Disparue" not in response.text


def test_lines_end_the_same_way_however_the_page_was_saved(client, member):
    send(client, member, Step.IDENTITY, {"summary": "Un\r\nDeux"})

    member.refresh_from_db()
    assert member.summary == "Un\nDeux"


def test_what_is_valid_is_saved_beside_what_is_not(client, member):
    response = send(
        client,
        member,
        Step.IDENTITY,
        {"summary": "Nous réparons des vélos.", "siren": "123456789"},
    )

    member.refresh_from_db()
    assert (member.summary, member.siren) == ("Nous réparons des vélos.", "")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["siren"]
    assert form_data(response)["siren"] == ["123456789"]


def test_a_refused_page_can_be_corrected_and_sent_again(client, member):
    changes = {"summary": "Nous réparons.", "siren": "123456789"}
    refused = send(client, member, Step.IDENTITY, changes)

    response = client.post(
        url(member, Step.IDENTITY), form_data(refused) | {"siren": "732829320"}
    )

    member.refresh_from_db()
    assert response.status_code == 302
    assert (member.summary, member.siren) == ("Nous réparons.", "732829320")


def test_a_square_of_99_is_refused_with_what_remains(client, member):
    weights = {"square_hr": "25", "square_stk": "25", "square_eco": "25"}
    response = send(client, member, Step.SQUARE, weights | {"square_inn": "24"})

    assert response.context["form"].errors["square"] == [
        "Les quatre objectifs totalisent 99\u202f: il reste 1 à donner."
    ]
    assert default_intention(member).square is None
    assert form_data(response)["square_inn"] == ["24"]


def test_an_automatic_save_answers_without_the_fields(client, member):
    response = send(client, member, Step.IDENTITY, {"summary": "Vélos."}, **HTMX)

    member.refresh_from_db()
    assert member.summary == "Vélos."
    assert "Enregistré à" in response.text
    assert "<textarea" not in response.text
    token = response.context["form"].current_fingerprint
    assert f'value="{token}"' in response.text


def test_an_automatic_save_says_what_is_wrong_and_saves_the_rest(client, member):
    changes = {"summary": "Vélos.", "rna": "123"}
    response = send(client, member, Step.IDENTITY, changes, **HTMX)

    member.refresh_from_db()
    assert (member.summary, member.rna) == ("Vélos.", "")
    assert "Un numéro RNA commence par W" in response.text


def test_two_people_on_one_page_never_overwrite_each_other(client, member):
    data = form_data(client.get(url(member, Step.IDENTITY)))
    Organisation.objects.filter(pk=member.pk).update(summary="Version de Léa")

    response = client.post(
        url(member, Step.IDENTITY), data | {"summary": "Version de Sam"}
    )

    member.refresh_from_db()
    assert (response.status_code, member.summary) == (409, "Version de Léa")
    (difference,) = response.context["differences"]
    assert (difference.typed, difference.stored) == ("Version de Sam", "Version de Léa")
    assert form_data(response)["summary"] == ["Version de Sam"]

    again = client.post(url(member, Step.IDENTITY), form_data(response))

    member.refresh_from_db()
    assert (again.status_code, member.summary) == (302, "Version de Sam")


def test_a_truncated_form_saves_nothing(client, member):
    response = client.post(url(member, Step.IDENTITY), {"name": "Tronqué"})

    member.refresh_from_db()
    assert (response.status_code, member.name) == (409, "Vélos pour tous")


def test_the_last_save_can_be_taken_back(client, member):
    send(client, member, Step.DOMAINS, {"mobility": "10"})
    send(client, member, Step.DOMAINS, {"mobility": "", "health": "6"})

    response = client.post(url(member, Step.DOMAINS, "organisation_undo"), follow=True)

    rows = default_intention(member).domains.values_list("domain", "weight")
    assert list(rows) == [(FragilityDomain.MOBILITY, 10)]
    assert "est comme avant" in response.text


def test_taking_back_never_overwrites_somebody_else(client, member):
    send(client, member, Step.IDENTITY, {"summary": "Le mien"})
    Organisation.objects.filter(pk=member.pk).update(summary="Celui de Léa")

    response = client.post(url(member, Step.IDENTITY, "organisation_undo"), follow=True)

    member.refresh_from_db()
    assert member.summary == "Celui de Léa"
    assert (
        "rien n’est perdu" in next(str(m) for m in get_messages(response.wsgi_request))
        or "rien n’est perdu" in response.text
    )


def test_a_seat_that_may_be_several_communes_lists_them(client, member):
    TerritoryFactory(name="Sainte-Luce", code="38457", population=900)
    TerritoryFactory(name="Sainte-Luce", code="97227", population=9_000)

    response = send(client, member, Step.PLACES, {"seat": "Sainte-Luce"})

    assert response.status_code == 200
    assert "COM-38457" in response.text
    assert "COM-97227" in response.text
    chosen = send(
        client, member, Step.PLACES, {"seat": ["COM-97227", ""], "rester": "1"}
    )
    member.refresh_from_db()
    assert (chosen.status_code, member.seat.code) == (302, "97227")


def test_establishments_are_added_changed_and_removed(client, member, commune):
    Organisation.objects.filter(pk=member.pk).update(seat=commune)
    blank = {"site_0_commune": "COM-44184", "site_0_name": "Atelier", "rester": "1"}
    send(client, member, Step.PLACES, blank)
    rows = member.establishments.values_list("name", "commune", "siret")
    assert list(rows) == [("Atelier", commune.pk, "")]

    send(client, member, Step.PLACES, {"site_0_siret": "73282932000074"})
    assert list(rows.all()) == [("Atelier", commune.pk, "73282932000074")]

    send(client, member, Step.PLACES, {"site_0_remove": "on"})
    assert list(rows.all()) == []


def test_a_means_can_hold_on_its_own_territory_only(client, member, commune):
    Organisation.objects.filter(pk=member.pk).update(seat=commune)
    line = "need-skills_volunteering-0"
    send(
        client,
        member,
        Step.MEANS,
        {
            f"{line}-on": "on",
            f"{line}-note": "comptabilité",
            f"{line}-quantity": "2,5",
            f"{line}-unit": "jours par mois",
            f"{line}-territory": "COM-44184",
        },
    )

    (need,) = default_intention(member).needs.all()
    assert (need.means, need.note, str(need.quantity), need.unit, need.territory) == (
        Means.SKILLS_VOLUNTEERING,
        "comptabilité",
        "2.50",
        "jours par mois",
        commune,
    )
    assert send(client, member, Step.MEANS, {}).status_code == 302
    assert default_intention(member).needs.get() == need


def test_refusals_are_saved_and_nobody_is_an_answer(client, member):
    other = OrganisationFactory(name="Tabac & Cie")
    send(
        client,
        member,
        Step.REFUSALS,
        {"kinds": ["company"], "sections": ["B"], "tags": "tabac, armement"},
    )
    send(client, member, Step.REFUSALS, {"add_organisation": "tabac cie"})

    rows = Exclusion.objects.filter(organisation=member)
    assert set(rows.values_list("kind", "sector", "other")) == {
        ("company", "", None),
        ("", "B", None),
        ("", "tabac", None),
        ("", "armement", None),
        ("", "", other.pk),
    }
    both = send(client, member, Step.REFUSALS, {"nobody": "on"})
    assert list(both.context["form"].errors) == ["nobody"]

    nothing = {"kinds": [], "sections": [], "tags": "", "organisations": []}
    send(client, member, Step.REFUSALS, nothing | {"nobody": "on"})
    member.refresh_from_db()
    assert not rows.exists()
    assert member.exclusions_answered_at is not None


def test_openness_and_visibility_are_saved(client, member):
    until = timezone.localdate() + dt.timedelta(days=30)
    send(
        client,
        member,
        Step.OPENNESS,
        {
            "types": ["patronage"],
            "general_interest": "yes",
            "maturity": "1",
            "phase": "r_and_d",
            "values": "entraide, sobriété",
        },
    )
    send(
        client,
        member,
        Step.VISIBILITY,
        {
            "hidden_parts": ["means"],
            "state": "paused",
            "paused_until": until.isoformat(),
            "solicitation_budget": "2",
        },
    )

    member.refresh_from_db()
    intention = default_intention(member)
    assert (
        intention.types,
        intention.phase,
        intention.state,
        intention.paused_until,
        member.general_interest,
        member.maturity,
        member.values,
        member.hidden_parts,
        member.solicitation_budget,
    ) == (
        [PartnershipType.PATRONAGE],
        "r_and_d",
        "paused",
        until,
        True,
        1,
        ["entraide", "sobriété"],
        ["means"],
        2,
    )


def test_an_organisation_to_refuse_is_chosen_among_those_of_its_name(client, member):
    OrganisationFactory(name="Horizon", seat__name="Clisson")
    meant = OrganisationFactory(name="Horizon", seat__name="Vallet")

    asked = send(client, member, Step.REFUSALS, {"add_organisation": "horizon"})
    assert "Horizon (Clisson)" in asked.text
    chosen = {"add_organisation_choice": meant.public_id, "add_organisation": "horizon"}
    send(client, member, Step.REFUSALS, chosen)

    assert Exclusion.objects.get(organisation=member).other == meant


def test_an_organisation_does_not_refuse_itself(client, member):
    changes = {"add_organisation": member.name}
    response = send(client, member, Step.REFUSALS, changes)

    assert list(response.context["form"].errors) == ["add_organisation"]
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        (Step.IDENTITY, {"siren": "1"}, "id_siren"),
        (Step.IDENTITY, {"kind": "x"}, "field-kind"),
        (Step.SQUARE, {"square_hr": "99"}, "field-square"),
        (Step.PLACES, {"seat": "introuvable"}, "id_seat"),
    ],
)
def test_the_list_of_errors_leads_to_a_field_that_is_there_once(
    client, member, step, changes, field
):
    text = send(client, member, step, changes).text

    assert text.count(f'href="#{field}"') == 1
    assert text.count(f'id="{field}"') == 1


def test_a_pause_needs_an_end(client, member):
    response = send(client, member, Step.VISIBILITY, {"state": "paused"})

    assert list(response.context["form"].errors) == ["paused_until"]
    assert default_intention(member).state == "open"


def test_only_the_fields_of_the_step_can_change(client, member):
    forged = {
        "archived_at": "2026-01-01",
        "source": "pirate",
        "is_fictitious": "on",
        "hidden_parts": ["means"],
        "public_id": "pirate",
        "network_head": "1",
    }
    before = Organisation.objects.values().get(pk=member.pk)

    send(client, member, Step.IDENTITY, forged)

    assert Organisation.objects.values().get(pk=member.pk) == before


HOSTILE = ("\u0663\u0665", "x" * 9_000, "-1", "1e400", "NaN", "[]")


@pytest.mark.parametrize("step", Step)
def test_hostile_values_never_break_a_step(client, member, step):
    address = url(member, step)
    for bad in HOSTILE:
        data = form_data(client.get(address))
        hostile = {name: bad for name in data if name != "seen"}

        assert client.post(address, data | hostile).status_code in (200, 302)
    assert client.post(address, data | {"name": "a\0b"}).status_code == 400


@pytest.mark.parametrize("name", ["organisation_step", "organisation_undo"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_organisation_of_others_does_not_exist(client, member, name, method):
    other = IntentionFactory().organisation

    response = getattr(client, method)(url(other, Step.IDENTITY, name))

    assert response.status_code in (404, 405)


def test_an_unknown_step_does_not_exist(client, member):
    assert client.get(url(member, "rien")).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    organisation = OrganisationFactory()
    addresses = [
        url(organisation, Step.IDENTITY),
        reverse("alliances:organisation_create"),
        reverse("alliances:my_organisations"),
    ]

    assert [client.get(address).status_code for address in addresses] == [302] * 3
    assert reverse("account_login") in client.get(addresses[0]).url


def test_going_back_to_a_description_opens_what_is_missing(client, member):
    resume = reverse("alliances:organisation_edit", args=[member.public_id])
    assert client.get(resume).url == url(member, Step.PLACES)

    complete = MembershipFactory(user=member.memberships.get().user).organisation
    IntentionFactory(organisation=complete)
    resume = reverse("alliances:organisation_edit", args=[complete.public_id])
    assert client.get(resume).url == url(complete, Step.IDENTITY)


@pytest.mark.parametrize("count", [1, 3])
def test_my_organisations_cost_the_same_number_of_queries(
    client, django_assert_num_queries, count
):
    user = UserFactory()
    for number in range(count):
        organisation = MembershipFactory(
            user=user, organisation__name=f"Asso {number}"
        ).organisation
        IntentionFactory(organisation=organisation)
    OrganisationFactory(name="Pas à moi")
    client.force_login(user)

    with django_assert_num_queries(12):
        response = client.get(reverse("alliances:my_organisations"))

    names = [organisation.name for organisation, *_ in response.context["rows"]]
    assert names == [f"Asso {number}" for number in range(count)]


def test_the_last_page_says_what_happens_next(client, member):
    address = reverse("alliances:organisation_next", args=[member.public_id])

    assert [item.code for item in client.get(address).context["progress"].missing] == [
        "place",
        "domain",
        "square",
        "need",
        "offer",
    ]


def test_the_steps_follow_one_another_to_the_last_page(client, member, commune):
    Organisation.objects.filter(pk=member.pk).update(seat=commune)
    followed = [send(client, member, step, {}).url for step in ORDER]

    assert followed == [url(member, step) for step in ORDER[1:]] + [
        reverse("alliances:organisation_next", args=[member.public_id])
    ]


def test_an_automatic_save_that_changes_nothing_keeps_what_can_be_taken_back(
    client, member
):
    saved = send(client, member, Step.IDENTITY, {"summary": "Le mien"}, **HTMX)
    token = saved.context["form"].current_fingerprint
    page = form_data(client.get(url(member, Step.IDENTITY)))
    refused = client.post(
        url(member, Step.IDENTITY), page | {"siren": "1", "seen": token}, **HTMX
    )
    assert refused.context["undo"] is not None

    client.post(url(member, Step.IDENTITY, "organisation_undo"))

    member.refresh_from_db()
    assert member.summary == ""
