"""The jobs of sessions: reminding who comes, forgetting names in time."""

from datetime import timedelta

from django.utils import timezone

from jobs.registry import Payload, Work, handler, long_handler
from rendezvous.services.computing import (
    SCHEDULE_JOB,
    compute_schedule,
    keep_what_was_found,
)
from rendezvous.services.upkeep import (
    forget_names,
    remember_encounters,
    remind_everybody,
)


@handler("rendezvous.remind_sessions", every=timedelta(days=1))
def remind_sessions(payload: Payload) -> None:
    remind_everybody(timezone.now())


@handler("rendezvous.remember_encounters", every=timedelta(days=1))
def remember_encounters_of_past_sessions(payload: Payload) -> None:
    remember_encounters(timezone.now())


@handler("rendezvous.forget_names", every=timedelta(days=1))
def forget_names_of_old_sessions(payload: Payload) -> None:
    forget_names(timezone.now())


def keep_the_best(payload: Payload, error: str) -> None:
    keep_what_was_found(payload["computation"])


@long_handler(SCHEDULE_JOB, attempts_max=3, set_aside=keep_the_best)
def compute_requested_schedule(payload: Payload, work: Work) -> None:
    compute_schedule(payload["computation"], work)
