import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import MandateRole
from alliances.models import Exclusion, Mandate, Organisation, PrivilegedRead
from jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory
from tests.factories.balances import catalyst_of, share, town
from tests.factories.elevation import elevated_administrator
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMES = ("detail", "export", "progress")


def address(name, territory):
    return reverse(f"matching:balance_{name}", args=[territory.reference])


def page(client, territory, **query):
    response = client.get(address("detail", territory), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u202f", " ")


@pytest.fixture
def here(client):
    """A town that a catalyst looks after, signed in."""
    commune, *sides = town(associations=3, companies=2)
    client.force_login(catalyst_of(commune), BACKEND)
    return commune, *sides


def test_before_the_first_computation_the_page_says_so(client, here):
    text = page(client, here[0])

    assert "Pas encore de répartition pour ce territoire" in text
    assert "Calculer la répartition" in text


def test_the_page_says_what_changed_who_has_none_and_who_is_proposed_to_whom(
    client, here
):
    commune, *_ = here
    share(commune)

    text = page(client, commune, type="patronage")

    assert "4 organisations sur 5 reçoivent au moins une proposition" in text
    assert "le calcul le prouve" in text
    assert "ont déjà autant de propositions" in text
    assert "Société 0" in text
    assert "Recalculer la répartition" in text


def test_asking_shows_progress_until_it_is_done(client, here):
    commune, *_ = here

    asked = client.post(address("refresh", commune), {"type": "patronage"}, follow=True)

    assert "Calcul de la répartition" in asked.content.decode()
    fragment = client.get(address("progress", commune), HTTP_HX_REQUEST="true")
    assert "hx-get" in fragment.content.decode()
    share(commune)
    done = client.get(address("progress", commune), HTTP_HX_REQUEST="true")
    assert "Voir la répartition" in done.content.decode()
    assert client.get(address("progress", commune)).status_code == 302


def test_a_computation_that_failed_is_said_and_may_be_asked_again(client, here):
    commune, *_ = here
    client.post(address("refresh", commune))
    Job.objects.filter(kind="matching.balance").update(
        claimed_at=timezone.now(), quarantined_at=timezone.now()
    )

    text = page(client, commune)

    assert "Le calcul s’est interrompu" in text
    assert "Calculer la répartition" in text
    client.post(address("refresh", commune))
    assert Job.objects.waiting().filter(kind="matching.balance").count() == 1


def test_the_file_holds_the_same_pairs_and_no_formula(client, here):
    commune, associations, _ = here
    Organisation.objects.filter(pk=associations[0].pk).update(name="=1+1")
    found = share(commune)["patronage"]

    response = client.get(address("export", commune), {"type": "patronage"})

    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 1 + found.pair_count
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_no_score_of_a_pair_is_told_to_a_catalyst(client, here):
    commune, *_ = here
    found = share(commune)["patronage"]
    score = found.proposals.first().scores[0]

    told = (
        page(client, commune) + client.get(address("export", commune)).content.decode()
    )

    assert f"{score:.2f}" not in told.replace(",", ".")
    assert f"{round(100 * score)} sur 100" not in told


def test_what_an_organisation_refuses_changes_nothing_until_the_next_computation(
    client, here
):
    commune, associations, companies = here
    share(commune)
    before = page(client, commune)

    Exclusion.objects.create(organisation=associations[0], other=companies[0])
    Exclusion.objects.create(organisation=associations[1], other=companies[0])

    assert without_tokens(page(client, commune)) == without_tokens(before)


def without_tokens(text):
    return "".join(line for line in text.splitlines() if "csrf" not in line)


@pytest.mark.parametrize("name", NAMES)
def test_only_who_looks_after_the_territory_opens_it(client, name):
    commune, associations, _ = town()
    around = TerritoryFactory(epci=True, communes=[commune])
    elsewhere = TerritoryFactory()
    share(commune)
    statuses = {}
    for label, user in (
        ("member", MembershipFactory(organisation=associations[0]).user),
        ("elsewhere", catalyst_of(elsewhere)),
        ("observer", catalyst_of(commune, MandateRole.OBSERVER)),
        ("staff", UserFactory(is_staff=True)),
        ("here", catalyst_of(commune)),
        ("around", catalyst_of(around)),
    ):
        client.force_login(user, BACKEND)
        statuses[label] = client.get(address(name, commune), HTTP_HX_REQUEST="true")
    opened = {label for label, one in statuses.items() if one.status_code == 200}

    assert opened == {"here", "around"}
    assert {one.status_code for one in statuses.values()} == {200, 404}


def test_a_wider_territory_than_the_mandate_is_closed(client, here):
    commune, *_ = here
    wider = TerritoryFactory(epci=True, communes=[commune, TerritoryFactory()])

    assert client.get(address("detail", wider)).status_code == 404


def test_a_mandate_over_the_country_opens_everything(client):
    commune, *_ = town()
    country = TerritoryFactory(country=True)
    client.force_login(catalyst_of(country), BACKEND)

    assert client.get(address("detail", commune)).status_code == 200


def test_a_mandate_that_ended_opens_nothing(client, here):
    commune, *_ = here
    Mandate.objects.update(ends_on="2026-02-01")

    assert client.get(address("detail", commune)).status_code == 404


def test_what_an_administrator_reads_is_written_in_the_journals(client):
    commune, associations, companies = town(associations=2, companies=2)
    share(commune)
    client.force_login(elevated_administrator(), BACKEND)

    response = client.get(address("detail", commune))

    assert response.status_code == 200
    read = set(PrivilegedRead.objects.values_list("organisation", flat=True))
    assert read == {one.pk for one in (*associations, *companies)}


def test_a_territory_that_does_not_exist_is_not_found(client, here):
    assert (
        client.get(reverse("matching:balance_detail", args=["COM-99999"])).status_code
        == 404
    )


def queries_of(client, territory, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as found:
        page(client, territory)
    return len(found)


def test_as_many_queries_for_a_few_organisations_as_for_many(
    client, django_assert_max_num_queries
):
    counts = []
    for size in (3, 12):
        commune, *_ = town(associations=size, companies=size - 1)
        client.force_login(catalyst_of(commune), BACKEND)
        share(commune)
        page(client, commune)
        counts.append(queries_of(client, commune, django_assert_max_num_queries))

    assert counts[0] == counts[1]


def member_page(client, organisation, **query):
    response = client.get(
        reverse("matching:proposal_list", args=[organisation.public_id]), query
    )
    return response.content.decode().replace("\u202f", " ")


CHANCES = "Proposées pour que chacun ait sa chance"


def test_a_member_meets_who_is_not_among_its_first(client):
    """Six companies alike: the fifth and last are shared out to somebody."""
    commune, associations, _ = town(associations=7, companies=7)
    found = share(commune)["patronage"]
    compute()
    client.force_login(MembershipFactory(organisation=associations[0]).user, BACKEND)
    pair = found.proposals.filter(low__organisation=associations[0]).get()
    partner = pair.high.organisation

    text = member_page(client, associations[0])

    cards, _, after = text.partition(f'id="chances">{CHANCES}')
    first = cards.count('class="al-card al-proposal"')
    assert first >= 5
    assert (partner.name in after) or partner.name in cards
    answer = client.get(
        reverse(
            "matching:proposal_detail",
            args=[associations[0].public_id, partner.public_id],
        )
    )
    assert answer.status_code == 200


def test_a_balanced_partner_that_no_list_holds_has_its_page(client):
    commune, associations, companies = town(associations=1, companies=1)
    share(commune)
    client.force_login(MembershipFactory(organisation=associations[0]).user, BACKEND)

    text = member_page(client, associations[0])

    assert CHANCES in text
    detail = reverse(
        "matching:proposal_detail",
        args=[associations[0].public_id, companies[0].public_id],
    )
    assert detail in text
    assert "Société 0" in client.get(detail).content.decode()


def test_a_refusal_acts_at_once_on_the_pages_of_the_two_sides(client):
    commune, associations, companies = town(associations=1, companies=1)
    share(commune)
    client.force_login(MembershipFactory(organisation=associations[0]).user, BACKEND)

    Exclusion.objects.create(organisation=companies[0], other=associations[0])

    assert CHANCES not in member_page(client, associations[0])


def test_nobody_else_reads_that_somebody_was_shared_out(client):
    commune, associations, _ = town(associations=1, companies=1)
    share(commune)

    assert CHANCES not in member_page(client, associations[0])
