"""Asking for the balanced sets of a territory, once at a time."""

from django.db import transaction
from django.utils import timezone

from alliances.enums import MandateRole
from alliances.models import Mandate
from jobs.models import Job
from jobs.services import enqueue
from matching.models import BalancedSet
from territories.models import Territory

BALANCE_JOB = "matching.balance"


@transaction.atomic
def request_balance(territory: Territory) -> Job:
    """Queue the computation of the four sets of ``territory``.

    One at a time: a second request returns the job that waits or runs.
    """
    Territory.objects.select_for_update(no_key=True).get(pk=territory.pk)
    current = job_of_balance(territory)
    if current is not None and not (current.is_done or current.is_quarantined):
        return current
    payload = {"territory": territory.pk}
    return enqueue(BALANCE_JOB, payload, key=_key(territory.pk))


@transaction.atomic
def request_balances() -> int:
    """Queue those of every territory that somebody looks after, or that had some."""
    wanted = Territory.objects.filter(
        pk__in=[
            *_looked_after(),
            *BalancedSet.objects.values_list("territory", flat=True).distinct(),
        ]
    )
    asked = wanted.order_by("pk").values_list("pk", flat=True)
    for territory_id in asked:
        enqueue(BALANCE_JOB, {"territory": territory_id}, key=_key(territory_id))
    return len(asked)


def job_of_balance(territory: Territory) -> Job | None:
    """Return the last job of a territory."""
    jobs = Job.objects.filter(kind=BALANCE_JOB, key=_key(territory.pk))
    return jobs.order_by("pk").last()


def _looked_after() -> list[int]:
    catalysts = Mandate.objects.filter(role=MandateRole.CATALYST)
    current = catalysts.current(timezone.localdate())
    return list(current.values_list("territory", flat=True))


def _key(territory_id: int) -> str:
    return f"territory:{territory_id}"
