import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.policy import visible
from alliances.admin import RecordedAdmin
from alliances.models import Exclusion, Organisation, PrivilegedRead
from matching.models import ChangedIntention
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.elevation import elevated_administrator
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(elevated_administrator())
    return client


def listed(client, **query):
    page = client.get(reverse("admin:alliances_organisation_changelist"), query)
    return [str(row) for row in page.context["cl"].result_list]


def test_an_organisation_is_found_by_the_beginning_of_its_name_or_an_identifier(staff):
    found = IntentionFactory(
        organisation__name="Énergie Ouest", organisation__siren="732829320"
    ).organisation
    IntentionFactory(organisation__name="Roue libre")

    assert listed(staff, q="energie") == [str(found)]
    assert listed(staff, q="732829320") == [str(found)]
    assert listed(staff, kind__exact="company") == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_costs_no_more_queries(staff, count, django_assert_num_queries):
    IntentionFactory.create_batch(count)
    address = reverse("admin:alliances_organisation_changelist")

    # Session, person, second factor, access (twice), count, rows.
    with django_assert_num_queries(7):
        staff.get(address)


def test_no_choice_lists_every_commune(staff):
    TerritoryFactory.create_batch(60)
    organisation = IntentionFactory().organisation
    MembershipFactory(organisation=organisation)

    pages = [
        staff.get(
            reverse("admin:alliances_organisation_change", args=[organisation.pk])
        ),
        staff.get(
            reverse(
                "admin:alliances_intention_change",
                args=[organisation.intentions.get().pk],
            )
        ),
    ]

    for page in pages:
        selects = re.findall(r"<select.*?</select>", page.text, re.DOTALL)
        assert selects
        assert max(select.count("<option") for select in selects) < 50


def test_an_administrator_does_not_read_whom_an_organisation_refuses(staff):
    organisation = IntentionFactory().organisation
    Exclusion.objects.create(
        organisation=organisation, sector="armement", reason="principe"
    )

    page = staff.get(
        reverse("admin:alliances_organisation_change", args=[organisation.pk])
    )

    assert "armement" not in page.text
    assert "principe" not in page.text


def test_an_edit_by_staff_is_announced_to_matching(staff):
    territory = TerritoryFactory()
    address = reverse("admin:alliances_organisation_add")
    lines = {"establishments", "intentions", "memberships"}
    empty = {
        f"{name}-{field}": 0
        for name in lines
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    response = staff.post(
        address,
        {
            "name": "Vélos",
            "kind": "association",
            "seat": territory.pk,
            "solicitation_budget": 4,
            "general_interest": "unknown",
            **empty,
        },
    )

    assert response.status_code == 302, response.context["errors"]
    intention = Organisation.objects.get(name="Vélos").intentions.get()
    assert intention.is_default
    assert ChangedIntention.objects.filter(intention_id=intention.pk).exists()


@pytest.mark.parametrize(
    "lookup",
    [
        "solicitation_budget__gt",
        "values__contains",
        "exclusions__sector__startswith",
        "memberships__user__password__startswith",
        "hidden_parts__contains",
    ],
)
def test_nothing_private_is_guessed_by_the_address_of_the_list(staff, lookup):
    IntentionFactory(organisation__solicitation_budget=3)

    page = staff.get(reverse("admin:alliances_organisation_changelist"), {lookup: "1"})

    assert page.status_code in (302, 400)


def test_the_budget_of_an_organisation_is_not_shown_to_staff(staff):
    organisation = IntentionFactory(organisation__solicitation_budget=48).organisation

    page = staff.get(
        reverse("admin:alliances_organisation_change", args=[organisation.pk])
    )

    assert "solicitation_budget" not in page.content.decode()


def organisations_objects():
    """The models of the administration that belong to one organisation."""
    for model, model_admin in admin.site._registry.items():
        fields = {field.name: field.related_model for field in model._meta.fields}
        if model is Organisation or fields.get("organisation") is Organisation:
            yield model, model_admin


def test_every_page_about_an_organisation_writes_down_what_is_read():
    """A new page of the administration inherits it, or fails here."""
    found = {model.__name__: each for model, each in organisations_objects()}

    assert {"Organisation", "Intention"} <= set(found)
    assert [
        name for name, each in found.items() if not isinstance(each, RecordedAdmin)
    ] == []


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("organisation", "change"),
        ("organisation", "history"),
        ("intention", "change"),
        ("intention", "history"),
        ("intention", "delete"),
    ],
)
def test_each_page_of_one_object_is_written_once_in_the_journal(staff, name, page):
    intention = IntentionFactory()
    organisation = intention.organisation
    row = {"organisation": organisation, "intention": intention}[name]

    answer = staff.get(reverse(f"admin:alliances_{name}_{page}", args=[row.pk]))

    assert answer.status_code == 200
    read = set(organisation.privileged_reads.values_list("what", "organisation"))
    assert read == {(name, organisation.pk)}


def test_what_a_list_tells_of_drafts_is_written_too(staff):
    first, second = IntentionFactory.create_batch(2)

    staff.get(reverse("admin:alliances_organisation_changelist"))
    assert not PrivilegedRead.objects.exists()
    staff.get(reverse("admin:alliances_intention_changelist"))

    read = set(PrivilegedRead.objects.values_list("organisation", "what"))
    assert read == {
        (first.organisation_id, "intention"),
        (second.organisation_id, "intention"),
    }


def test_what_is_about_to_be_deleted_together_is_written_too(staff):
    first, second = IntentionFactory.create_batch(2)

    staff.post(
        reverse("admin:alliances_intention_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [first.pk, second.pk],
        },
    )

    read = PrivilegedRead.objects.values_list("organisation", flat=True)
    assert set(read) == {first.organisation_id, second.organisation_id}


def test_an_organisation_is_archived_never_deleted(staff):
    organisation = IntentionFactory().organisation

    answer = staff.post(
        reverse("admin:alliances_organisation_delete", args=[organisation.pk]),
        {"post": "yes"},
    )

    assert answer.status_code == 403


def test_an_organisation_sees_who_read_it(staff, client):
    organisation = IntentionFactory().organisation
    referent = MembershipFactory(organisation=organisation).user
    staff.get(reverse("admin:alliances_organisation_change", args=[organisation.pk]))
    client.force_login(referent)

    page = client.get(
        reverse("alliances:organisation_journal", args=[organisation.public_id])
    )

    assert "a lu : organisation, pour cette raison" in page.text


def test_an_archived_organisation_is_seen_during_an_extended_access_only():
    archived = OrganisationFactory(archived_at=timezone.now())
    elevated, support = elevated_administrator(), UserFactory(is_staff=True)

    seen = [
        list(visible(person, Organisation.objects.all()))
        for person in (elevated, support)
    ]

    assert seen == [[archived], []]
