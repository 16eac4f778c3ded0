import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.fictitious import is_fictitious
from accounts.models import User
from alliances.demonstration import FOLDER, PASSWORD, SOURCE, accounts
from alliances.enums import ActorKind, MandateRole, MembershipRole
from alliances.interchange.reader import read_organisations
from alliances.models import (
    Establishment,
    Intention,
    Interest,
    Introduction,
    Mandate,
    Membership,
    Message,
    Organisation,
)
from alliances.services.imports import VOCABULARY
from alliances.services.imports.checks import REFERENCE_COLUMNS, references_of
from alliances.services.introductions import withdraw
from alliances.services.seeding import SOURCE as SEED
from notifications.models import Notification
from territories.models import Containment, Territory
from territories.references import parse
from tests.factories.alliances import OrganisationFactory
from tests.factories.territories import VINTAGE, TerritoryFactory


def reading():
    content = (FOLDER / "organisations.csv").read_bytes()
    return read_organisations(content, VOCABULARY)


def test_who_may_be_tried_by_anybody_is_known_as_fictitious(settings):
    settings.DEMONSTRATION = True
    assert [one.email for one in accounts() if not is_fictitious(one.email)] == []

    settings.DEMONSTRATION = False
    assert [one.email for one in accounts() if is_fictitious(one.email)] == []


@pytest.fixture
def geography(db):
    """Every place that the demonstration names, and nothing else."""
    named = {
        reference
        for row in reading().rows
        for column in REFERENCE_COLUMNS
        for _, reference in references_of(row, column)
    }
    with (FOLDER / "establishments.csv").open() as file:
        named |= {f"COM-{row['commune']}" for row in csv.DictReader(file)}
    named |= {account.territory for account in accounts() if account.territory}
    parsed = {parse(reference) for reference in named}
    Territory.objects.bulk_create(
        Territory(
            kind=each.kinds[0], code=each.code, name=each.code, valid_from=VINTAGE
        )
        for each in parsed
    )


def test_the_population_has_no_fault_and_covers_every_kind_and_many_regions():
    found = reading()

    assert (found.problems, found.row_count) == ([], 600)
    assert {row.values["kind"] for row in found.rows} == set(ActorKind.values)
    departments = {row.values["commune"][4:6] for row in found.rows}
    assert {"44", "72", "13", "67", "59", "97", "69"} <= departments


def test_no_organisation_bears_a_number_that_a_real_one_could_have():
    columns = {column for row in reading().rows for column in row.values}

    assert columns.isdisjoint({"siren", "siret", "rna"})


def test_names_are_given_once():
    names = [row.values["name"] for row in reading().rows]

    assert len(names) == len(set(names))


def test_the_demonstration_is_loaded_marked_and_matchable(geography):
    call_command("load_demo", force=True, verbosity=0)

    today = timezone.localdate()
    organisations = Organisation.objects.filter(source=SOURCE, is_fictitious=True)
    assert organisations.count() == 600
    assert Intention.objects.matchable_on(today).count() == 578
    company = organisations.get(key="valbrune-composites")
    assert (company.staff, company.establishments.count()) == (900, 3)
    assert organisations.exclude(network_head=None).count() > 20
    assert organisations.exclude(hidden_parts=[]).count() > 20
    assert organisations.filter(exclusions__other__isnull=False).count() == 1


def test_there_is_one_ready_account_per_role(geography, settings):
    call_command("load_demo", force=True, verbosity=0)

    assert set(Membership.objects.values_list("role", flat=True)) == set(
        MembershipRole.values
    )
    assert set(Mandate.objects.values_list("role", flat=True)) == set(
        MandateRole.values
    )
    assert User.objects.filter(is_staff=True).count() == 1
    settings.DEMONSTRATION = True  # their password is public: one proof is enough
    for account in accounts():
        client = Client()
        client.post(
            reverse("account_login"), {"login": account.email, "password": PASSWORD}
        )
        assert client.get(reverse("accounts:account_home")).status_code == 200
        assert client.get(reverse("alliances:organisation_list")).status_code == 200


def state():
    models = (
        Organisation,
        Intention,
        Establishment,
        Membership,
        Mandate,
        User,
        Interest,
        Introduction,
        Notification,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_loading_twice_changes_nothing(geography):
    call_command("load_demo", force=True, verbosity=0)
    before = state()

    call_command("load_demo", force=True, verbosity=0)

    assert state() == before


def test_each_account_that_answers_for_an_organisation_sees_an_open_introduction(
    geography,
):
    call_command("load_demo", force=True, verbosity=0)

    sides = {pk for one in Introduction.objects.open() for pk in one.sides}
    assert set(Membership.objects.values_list("organisation", flat=True)) <= sides
    assert set(Notification.objects.values_list("user__email", flat=True)) == {
        account.email for account in accounts() if account.organisation
    }


def test_the_demonstration_shows_one_conversation_of_two_messages_once(geography):
    for _ in range(2):
        call_command("load_demo", force=True, verbosity=0)

    assert list(
        Message.objects.order_by("sent_at").values_list("author__name", flat=True)
    ) == ["Camille Aubin", "Étienne Valois"]


def test_what_members_answered_in_the_demonstration_stays(geography):
    call_command("load_demo", force=True, verbosity=0)
    own = Organisation.objects.get(key="valbrune-composites")
    other = Organisation.objects.get(key="scene-du-chenal")
    assert withdraw(own, other)

    call_command("load_demo", force=True, verbosity=0)

    assert not Interest.objects.filter(
        organisation=own, other=other, closed_at=None
    ).exists()


def test_what_members_changed_is_not_overwritten(geography):
    call_command("load_demo", force=True, verbosity=0)
    Organisation.objects.filter(key="roue-libre-estuaire").update(name="Changé")

    call_command("load_demo", force=True, verbosity=0)

    assert Organisation.objects.filter(name="Changé").count() == 1


@pytest.mark.django_db
def test_a_site_that_is_not_a_demonstration_refuses(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="n’est pas une démonstration") as refusal:
        call_command("load_demo")

    assert refusal.value.returncode == 2
    assert (Organisation.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_without_geography_nothing_is_loaded():
    with pytest.raises(CommandError, match="load_territories"):
        call_command("load_demo", force=True)

    assert (Organisation.objects.count(), User.objects.count()) == (0, 0)


@pytest.fixture
def communes(db):
    places = TerritoryFactory.create_batch(5)
    TerritoryFactory(region=True, communes=places[:4])
    TerritoryFactory(epci=True, communes=places[:2])
    return places


def seeded():
    return list(
        Organisation.objects.filter(source=SEED)
        .order_by("key")
        .values_list("public_id", "key", "name", "kind", "staff", "seat")
    )


def test_a_seeded_population_is_reproducible_complete_and_fictitious(communes):
    call_command("seed", "30", seed=7, force=True, verbosity=0)
    first = seeded()

    call_command("seed", "30", seed=7, force=True, verbosity=0)

    assert (len(first), seeded()) == (30, first)
    assert not Organisation.objects.filter(is_fictitious=False).exists()
    today = timezone.localdate()
    assert Intention.objects.matchable_on(today).count() == 30


def test_the_planner_knows_a_seeded_population_at_once(communes):
    call_command("seed", "30", force=True, verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT most_common_vals::text::text[] FROM pg_stats"
            " WHERE tablename = 'alliances_organisation' AND attname = 'source'"
        )
        assert cursor.fetchone() == ([SEED],)


def test_a_seeded_population_settles_where_it_is_asked_to(communes):
    region = Territory.objects.get(kind=Territory.Kind.REGION)

    call_command("seed", "30", territory=region.reference, force=True, verbosity=0)

    assert {row[-1] for row in seeded()} <= {place.pk for place in communes[:4]}
    with pytest.raises(CommandError, match="REG-99") as refusal:
        call_command("seed", "30", territory="REG-99", force=True, verbosity=0)
    assert refusal.value.returncode == 2


def test_another_seed_gives_another_population(communes):
    call_command("seed", "30", seed=7, force=True, verbosity=0)
    first = seeded()

    call_command("seed", "30", seed=8, force=True, verbosity=0)

    assert seeded() != first


def test_a_seeded_population_is_removed_without_touching_others(communes):
    kept = OrganisationFactory(seat=communes[0])
    call_command("seed", "30", force=True, verbosity=0)

    call_command("seed", remove=True, verbosity=0)

    assert list(Organisation.objects.all()) == [kept]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"), [(["3"], 2), (["--force"], 2), (["3", "--force"], 1)]
)
def test_seeding_refuses_without_demonstration_number_or_geography(
    settings, arguments, code
):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError) as refusal:
        call_command("seed", *arguments, stderr=io.StringIO())

    assert refusal.value.returncode == code


def test_perimeters_contain_the_seat(communes):
    call_command("seed", "60", force=True, verbosity=0)

    outside = [
        intention.pk
        for intention in Intention.objects.select_related("organisation")
        if not Containment.objects.filter(
            territory__in=intention.perimeter.all(),
            commune=intention.organisation.seat_id,
        ).exists()
    ]
    assert outside == []
