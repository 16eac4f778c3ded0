"""Eight people at once want what only one may have: one gets it, the others are told.

The control takes the lock away: without it two win, or these races prove nothing.
"""

import pytest

from alliances.description.parts import Identity, fingerprint
from alliances.models import Membership, Organisation
from alliances.selectors.parts import identity_of
from alliances.services import organisations as services
from alliances.services.organisations import editing
from jobs.models import Job
from jobs.registry import _handlers, handler
from jobs.services import enqueue, run_job
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def rename(organisation, seen):
    def run(number):
        wished = Identity(f"Nom {number}", organisation.kind)
        try:
            return services.save_identity(organisation.pk, wished, seen=seen)
        except services.ChangedMeanwhileError:
            return False

    return run


def renamings(rounds):
    for _ in range(rounds):
        organisation = OrganisationFactory(name="Avant", seat=None)
        seen = fingerprint(identity_of(organisation))
        yield race(rename(organisation, seen))


@each_number_of_rounds
def test_one_of_the_saves_made_at_once_wins(rounds):
    assert tally(list(renamings(rounds))) == [1] * rounds


def test_without_the_lock_several_saves_win(monkeypatch):
    def unlocked(organisation_id, wished, *, read, seen):
        organisation = Organisation.objects.get(pk=organisation_id)
        return organisation, fingerprint(read(organisation)) == seen

    monkeypatch.setattr(editing, "lock_for", unlocked)

    assert any(won > 1 for won in renamings(CONTROL_ROUNDS))


@each_number_of_rounds
def test_one_of_the_workers_that_take_a_job_at_once_does_it(monkeypatch, rounds):
    monkeypatch.setattr("jobs.registry._handlers", dict(_handlers))

    @handler("race.effect")
    def effect(payload):
        TerritoryFactory(name=f"Effet {payload['round']}")

    winners = []
    for number in range(rounds):
        job = enqueue("race.effect", {"round": number})
        winners.append(race(lambda _, pk=job.pk: run_job(pk)))

    assert tally(winners) == [1] * rounds


@each_number_of_rounds
def test_the_same_work_asked_at_once_waits_once(rounds):
    winners = []
    for number in range(rounds):
        race(lambda _, key=f"race:{number}": enqueue("race.nothing", key=key))
        winners.append(Job.objects.filter(key=f"race:{number}").count())

    assert tally(winners) == [1] * rounds


@each_number_of_rounds
def test_a_form_sent_several_times_at_once_creates_one_organisation(rounds):
    winners = []
    for number in range(rounds):
        person = UserFactory()
        wished = Identity(f"Nouvelle {number}", "association")
        race(
            lambda _, p=person, w=wished: services.create_organisation(p, w, key="form")
        )
        winners.append(Membership.objects.filter(user=person).count())

    assert tally(winners) == [1] * rounds
