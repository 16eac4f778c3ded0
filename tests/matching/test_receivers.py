import pytest
from django.db import transaction

from alliances.models import Intention
from alliances.signals import intentions_changed
from jobs.models import Job
from matching.models import ChangedIntention
from tests.factories.matching import worked_pair


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_is_rolled_back_asks_for_nothing():
    association, _company = worked_pair()

    with transaction.atomic():
        intentions_changed.send(sender=Intention, intention_ids=[association.pk])
        transaction.set_rollback(True)

    assert (Job.objects.count(), ChangedIntention.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_announcement_of_nothing_asks_for_nothing():
    intentions_changed.send(sender=Intention, intention_ids=[])

    assert Job.objects.count() == 0
