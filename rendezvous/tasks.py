"""The jobs of sessions: reminding who comes, forgetting names in time."""

from datetime import timedelta

from django.utils import timezone

from jobs.registry import Payload, Work, handler, long_handler
from rendezvous.services.invitations import (
    DELIVERY_JOB,
    deliver_invitation,
    deliver_waiting_invitations,
)
from rendezvous.services.schedules import SCHEDULE_JOB, compute_schedule
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


@handler(DELIVERY_JOB)
def deliver_one_invitation(payload: Payload) -> None:
    deliver_invitation(payload["invitation"])


@handler("rendezvous.deliver_waiting_invitations", every=timedelta(days=1))
def deliver_every_waiting_invitation(payload: Payload) -> None:
    deliver_waiting_invitations(timezone.now())


@handler("rendezvous.forget_names", every=timedelta(days=1))
def forget_names_of_old_sessions(payload: Payload) -> None:
    forget_names(timezone.now())


@long_handler(SCHEDULE_JOB, attempts_max=2)
def compute_requested_schedule(payload: Payload, work: Work) -> None:
    compute_schedule(payload["session"], payload["by"], work)
