import json

import pytest
from django.core.management import CommandError, call_command

from alliances.enums import ActorKind, Means, PartnershipType
from alliances.models import Exclusion, Organisation
from jobs.models import Job
from jobs.services import run_job
from matching.models import BalancedPlace, BalancedProposal, BalancedSet
from matching.services import balancing
from matching.services.balances import request_balance, request_balances
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.balances import catalyst_of, share, town
from tests.factories.matching import compute, population
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

PATRONAGE = PartnershipType.PATRONAGE


def proposed(balanced_set):
    """To how many others each organisation is proposed, counted in the pairs."""
    count = {}
    for row in balanced_set.proposals.select_related("low", "high"):
        for side in (row.low, row.high):
            count[side.organisation_id] = count.get(side.organisation_id, 0) + 1
    return count


def test_nobody_is_proposed_to_more_than_they_accept():
    commune, associations, companies = town(associations=5, companies=2, budget=2)

    found = share(commune)[PATRONAGE]

    count = proposed(found)
    assert all(count[one.pk] <= 2 for one in companies)
    served = [one for one in associations if count.get(one.pk)]
    assert (len(served), found.served_count, found.pair_count) == (4, 6, 4)
    assert found.served_bound_count == 6


def test_what_is_stored_of_places_is_what_the_pairs_say():
    population(60, n_communes=6)
    country = TerritoryFactory(country=True)

    sets = share(country)

    for found in sets.values():
        count = proposed(found)
        places = found.places.select_related("intention__organisation")
        owners = {p: p.intention.organisation for p in places}
        assert {owners[p].pk: p.count for p in places if p.count} == count
        assert all(p.count <= owners[p].solicitation_budget for p in places)
        assert found.value <= found.bound + 1e-6
        served = sum(1 for p in places if p.count)
        assert (len(places), served) == (found.organisation_count, found.served_count)


def test_each_one_without_a_proposal_has_its_reason():
    commune, associations, _companies = town(associations=2, companies=1)
    far = OrganisationFactory(name="Seule", kind=ActorKind.FOUNDATION, seat=commune)
    IntentionFactory(organisation=far, needs=[Means.EQUITY], offers=[Means.LOAN])
    Organisation.objects.filter(pk=associations[0].pk).update(solicitation_budget=0)
    third = IntentionFactory(
        organisation=OrganisationFactory(
            name="Association 9", key="ass-9", seat=commune, general_interest=True
        ),
        needs=[Means.DONATION],
        offers=[Means.NETWORKS],
    ).organisation
    Exclusion.objects.create(organisation=far, kind=ActorKind.ASSOCIATION)
    Exclusion.objects.create(organisation=far, kind=ActorKind.COMPANY)

    places = share(commune)[PATRONAGE].places.filter(count=0)

    reasons = {place.intention.organisation: place.reason for place in places}
    left = {associations[1], third} & set(reasons)
    assert reasons[associations[0]] == BalancedPlace.Reason.ACCEPTS_NONE
    assert reasons[far] == BalancedPlace.Reason.NO_PARTNER
    assert [reasons[one] for one in left] == [BalancedPlace.Reason.PARTNERS_FULL]


def test_who_cannot_receive_patronage_is_not_counted_for_it():
    commune, associations, _ = town(associations=2, companies=1)
    Organisation.objects.filter(pk=associations[0].pk).update(general_interest=False)

    sets = share(commune)

    assert sets[PATRONAGE].organisation_count == 2
    assert sets[PartnershipType.RESPONSIBLE_PRACTICES].organisation_count == 3


def test_an_exclusion_is_absolute():
    commune, associations, companies = town(associations=1, companies=1)
    assert share(commune)[PATRONAGE].pair_count == 1

    Exclusion.objects.create(organisation=associations[0], other=companies[0])

    assert {one.pair_count for one in share(commune).values()} == {0}


def test_of_several_intentions_the_best_pair_stands_for_the_two_organisations():
    commune, associations, companies = town(associations=1, companies=1)
    IntentionFactory(
        organisation=associations[0],
        is_default=False,
        title="Autre",
        needs=[Means.EQUITY],
        offers=[Means.LOAN],
    )

    found = share(commune)[PATRONAGE]

    row = found.proposals.get()
    defaults = {
        one.intentions.get(is_default=True).pk for one in (*associations, *companies)
    }
    assert {row.low_id, row.high_id} == defaults
    assert row.scores[0] == pytest.approx(found.value)


def test_computing_again_replaces_everything_and_adds_nothing():
    commune, *_ = town()
    first = {one.pk for one in share(commune).values()}
    rows = BalancedProposal.objects.count(), BalancedPlace.objects.count()

    again = {one.pk for one in share(commune).values()}

    assert first.isdisjoint(again)
    assert BalancedSet.objects.count() == 4
    assert (BalancedProposal.objects.count(), BalancedPlace.objects.count()) == rows


def test_a_failure_keeps_the_former_sets(monkeypatch):
    commune, *_ = town()
    before = set(share(commune).values())

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(balancing, "share", fails)
    job = request_balance(commune)
    run_job(job.pk)

    assert set(commune.balanced_sets.all()) == before


def test_asking_twice_queues_once():
    commune, *_ = town()

    one, two = request_balance(commune), request_balance(commune)

    assert one == two
    assert Job.objects.filter(kind="matching.balance").count() == 1


def test_a_whole_computation_shares_where_somebody_looks_or_looked():
    commune, *_ = town()
    looked_after = TerritoryFactory(epci=True, communes=[commune])
    catalyst_of(looked_after)
    share(commune)

    compute()

    waiting = Job.objects.waiting().filter(kind="matching.balance")
    territories = sorted(job.payload["territory"] for job in waiting)
    assert territories == sorted([commune.pk, looked_after.pk])
    assert request_balances() == 2


def test_the_command_reports_the_sets_as_data():
    commune, *_ = town(associations=3, companies=2, budget=1)
    out = ListedOutput()

    call_command("balance_proposals", commune.reference, format="json", stdout=out)

    found = json.loads(out.text)
    assert found["territory"] == commune.reference
    patronage = found["sets"][0]
    assert (patronage["type"], patronage["served"], patronage["organisations"]) == (
        "patronage",
        4,
        5,
    )
    assert [row["reason"] for row in patronage["unserved"]] == ["partners_full"]
    assert len(patronage["pairs"]) == patronage["pair_count"] == 2


def test_the_command_says_it_in_lines_for_one_type():
    commune, *_ = town()
    out = ListedOutput()

    call_command(
        "balance_proposals", commune.reference, type_code="patronage", stdout=out
    )

    assert out.text.startswith("patronage : 4 organisations servies sur 5 (au plus 4)")
    assert out.text.count("\n") == 1


def test_the_command_refuses_an_unknown_territory():
    with pytest.raises(CommandError):
        call_command("balance_proposals", "COM-99999")


class ListedOutput:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text
