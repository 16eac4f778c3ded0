"""Two clicks, eight threads: one copy, one request, one answer."""

import pytest

from accounts.models import Consent, DataExport, ErasureRequest
from accounts.services import consents, erasure, exports
from jobs.models import Job
from tests.authorisation.races import race
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10
GIVEN = {(Consent.Purpose.PUBLISH_NAME, ""): True}


def test_a_copy_asked_eight_times_at_once_is_prepared_once():
    for _ in range(ROUNDS):
        person = UserFactory()
        race(lambda _, person=person: exports.request_export(person))

    assert DataExport.objects.count() == ROUNDS
    assert Job.objects.filter(kind=exports.EXPORT_JOB).count() == ROUNDS


def test_an_erasure_asked_eight_times_at_once_is_asked_once():
    for _ in range(ROUNDS):
        person = UserFactory()
        race(lambda _, person=person: erasure.ask_erasure(person))

    assert ErasureRequest.objects.count() == ROUNDS


def test_an_answer_sent_eight_times_at_once_is_one_row():
    winners = []
    for _ in range(ROUNDS):
        person = UserFactory()
        winners.append(race(lambda _, person=person: consents.answer(person, GIVEN)))

    assert winners == [1] * ROUNDS
    assert Consent.objects.count() == ROUNDS


def test_without_the_lock_an_answer_is_written_several_times(monkeypatch):
    monkeypatch.setattr(
        consents.User.objects, "select_for_update", consents.User.objects.all
    )
    winners = []
    for _ in range(ROUNDS):
        person = UserFactory()
        winners.append(race(lambda _, person=person: consents.answer(person, GIVEN)))

    assert max(winners) > 1
