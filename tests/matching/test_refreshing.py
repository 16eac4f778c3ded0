import pytest

from alliances.models import Exclusion, Intention, IntentionDomain, Need, Offer
from alliances.signals import intentions_changed
from jobs.models import Job
from matching.models import ChangedIntention, ListEnd, Proposal, Run
from matching.services import refreshing, standing
from tests.factories.alliances import IntentionFactory
from tests.factories.matching import (
    compute,
    keep_short_lists,
    population,
    refresh,
    stored,
    worked_pair,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def announce(*intentions):
    ids = [one.pk for one in intentions]
    intentions_changed.send(sender=Intention, intention_ids=ids)


def change_needs(intentions):
    Need.objects.filter(intention=intentions[3]).delete()
    Need.objects.create(intention=intentions[3], means="donation")
    return [intentions[3]]


def become_attractive(intentions):
    one = intentions[5]
    IntentionDomain.objects.filter(intention=one).delete()
    for code in (
        "mobility",
        "health",
        "education",
        "ageing",
        "safety",
        "culture_leisure",
    ):
        IntentionDomain.objects.create(intention=one, domain=code)
    Offer.objects.filter(intention=one).delete()
    for code in ("donation", "networks", "premises", "core_business_skills", "loan"):
        Offer.objects.create(intention=one, means=code)
    return [one]


def close(intentions):
    Intention.objects.filter(pk=intentions[7].pk).update(state="closed")
    return [intentions[7]]


def refuse(intentions):
    Exclusion.objects.create(
        organisation=intentions[2].organisation, kind=intentions[9].organisation.kind
    )
    return [intentions[2]]


def create(intentions):
    seat = intentions[0].organisation.seat
    return [IntentionFactory(organisation__seat=seat, organisation__kind="company")]


@pytest.mark.parametrize(
    "edit", [change_needs, become_attractive, close, refuse, create]
)
def test_a_refresh_gives_exactly_what_a_whole_run_gives(edit, monkeypatch):
    monkeypatch.setattr(refreshing, "FEW", 1)
    monkeypatch.setattr(refreshing, "SMALL_SHARE", 0.03)
    keep_short_lists()
    intentions = population(60)
    compute()
    before = stored()

    announce(*edit(intentions))
    refresh()

    refreshed = stored()
    compute()
    assert refreshed != before
    assert refreshed == stored()
    assert ChangedIntention.objects.count() == 0


def change_aims(intentions):
    one = intentions[4]
    Need.objects.filter(intention=one).delete()
    Need.objects.create(intention=one, means="donation")
    Offer.objects.filter(intention=one).delete()
    Offer.objects.create(intention=one, means="networks")
    IntentionDomain.objects.filter(intention=one).delete()
    IntentionDomain.objects.create(intention=one, domain="mobility", weight=3)
    square = {"square_hr": 70, "square_stk": 10, "square_eco": 10, "square_inn": 10}
    Intention.objects.filter(pk=one.pk).update(types=["patronage"], **square)
    return [one]


def move(intentions):
    organisation = intentions[6].organisation
    organisation.seat = TerritoryFactory()
    organisation.size = "large"
    organisation.save()
    return [intentions[6]]


def seek_in_one_place(intentions):
    one = intentions[8]
    place = one.organisation.seat
    Need.objects.create(intention=one, means="donation", territory=place)
    return [one]


EDITS = [change_aims, become_attractive, change_needs, move, seek_in_one_place]
EDITS += [close, refuse, create]


@pytest.mark.parametrize("following", EDITS)
def test_what_is_kept_in_memory_follows_every_kind_of_edit(following, monkeypatch):
    """After a first refresh, which reads everybody, and one that rewrites in place."""
    keep_short_lists()
    intentions = population(60)
    compute()
    reads = []
    genuine = standing._read
    monkeypatch.setattr(
        standing, "_read", lambda *known: reads.append(1) or genuine(*known)
    )
    for edit in (change_needs, change_aims, following):
        announce(*edit(intentions))
        refresh()

    refreshed = stored()
    compute()
    assert refreshed == stored()
    in_place = following in (change_aims, become_attractive, change_needs)
    assert len(reads) == (1 if in_place else 2)


def test_what_another_worker_refreshed_is_read_again():
    keep_short_lists()
    intentions = population(60)
    compute()
    announce(*change_needs(intentions))
    refresh()
    mine = list(standing._kept)
    standing.forget()
    announce(*become_attractive(intentions))
    refresh()  # as another process would
    standing._kept[:] = mine

    announce(*change_aims(intentions))
    refresh()

    assert standing._kept == mine
    refreshed = stored()
    compute()
    assert refreshed == stored()


def test_a_refresh_before_any_run_asks_for_a_whole_run():
    intentions = population(20)

    announce(intentions[0])
    refresh()

    assert stored() == {}
    assert Run.objects.active().get().scope == Run.Scope.EVERYTHING


def test_many_changes_ask_for_a_whole_run(monkeypatch):
    monkeypatch.setattr(refreshing, "FEW", 2)
    intentions = population(20)
    compute()
    before = stored()

    announce(*intentions[:10])
    refresh()

    assert stored() == before
    assert Run.objects.active().get().scope == Run.Scope.EVERYTHING


def test_edits_in_a_row_wait_as_one_job():
    association, company = worked_pair()

    announce(association)
    announce(company, association)

    assert Job.objects.filter(kind="matching.refresh_intentions").count() == 1
    assert sorted(ChangedIntention.objects.values_list("intention_id", flat=True)) == [
        association.pk,
        association.pk,
        company.pk,
    ]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_run_on_a_territory_leaves_every_list_exact(share, monkeypatch):
    """Whether few or many act in the territory, and even after unannounced edits."""
    monkeypatch.setattr(refreshing, "FEW", 0)
    monkeypatch.setattr(refreshing, "SMALL_SHARE", share)
    keep_short_lists()
    intentions = population(60, n_communes=30)
    compute()
    seat = intentions[5].organisation.seat
    become_attractive(intentions)

    run = compute(seat)

    refreshed = stored()
    assert (run.state, run.territory) == (Run.State.DONE, seat)
    compute()
    assert refreshed == stored()


def test_however_many_edits_what_is_read_is_of_one_run():
    """A reading that is the union of a hundred runs would be a hundred readings."""
    intentions = population(20)
    whole = compute()
    for one in [*change_needs(intentions), intentions[0]]:
        announce(one)
        refresh()

    small = Run.objects.filter(scope=Run.Scope.INTENTIONS)
    assert list(Run.objects.shown()) == [whole]
    assert set(Proposal.written.values_list("run", flat=True)) == {whole.pk}
    assert [(one.state, one.proposal_count > 0) for one in small] == [
        (Run.State.DONE, True)
    ] * 2


def test_under_other_weights_a_change_asks_for_a_whole_run():
    intentions = population(20)
    compute()
    before = stored()
    keep_short_lists()

    announce(intentions[0])
    refresh()

    assert stored() == before
    assert Run.objects.active().get().scope == Run.Scope.EVERYTHING


def test_lists_end_where_those_of_a_whole_run_do():
    keep_short_lists()
    intentions = population(60)
    run = compute()
    before = ends(run)

    announce(*become_attractive(intentions))
    refresh()

    refreshed = ends(run)
    assert refreshed != before
    assert refreshed == ends(compute())
    assert ListEnd.objects.exclude(run__is_shown=True).count() == 0


def ends(run):
    rows = ListEnd.objects.filter(run=run).values_list("intention_id", "scores")
    found = {pk: tuple(scores) for pk, scores in rows}
    assert any(None not in scores for scores in found.values())
    return found


def test_a_whole_run_forgets_the_small_ones_that_it_replaces():
    intentions = population(20)
    compute()
    announce(intentions[0])
    refresh()
    before = Run.objects.filter(scope=Run.Scope.INTENTIONS).count()

    compute()

    assert (before, Run.objects.filter(scope=Run.Scope.INTENTIONS).count()) == (1, 0)
