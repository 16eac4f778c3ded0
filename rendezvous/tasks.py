"""The jobs of sessions: reminding who comes, forgetting names in time."""

from datetime import timedelta

from django.utils import timezone

from jobs.registry import Payload, Work, handler, long_handler
from rendezvous.enums import SheetKind
from rendezvous.services.computing import (
    SCHEDULE_JOB,
    compute_schedule,
    keep_what_was_found,
)
from rendezvous.services.following.forgetting import forget_followups
from rendezvous.services.following.learning import keep_met
from rendezvous.services.following.progress import ask_due
from rendezvous.services.invitations import (
    DELIVERY_JOB,
    deliver_invitation,
    deliver_waiting_invitations,
)
from rendezvous.services.printing import (
    PRINT_JOB,
    make_printout,
    remove_old_printouts,
)
from rendezvous.services.replanning import (
    REPLANNING_JOB,
    TELLING_JOB,
    compute_replanning,
    tell_whom_it_changes,
)
from rendezvous.services.upkeep import (
    forget_names,
    remember_encounters,
    remind_everybody,
)


@handler("rendezvous.remind_sessions", every=timedelta(days=1))
def remind_sessions(payload: Payload) -> None:
    remind_everybody(timezone.now())


@handler("rendezvous.remember_encounters", every=timedelta(minutes=10))
def remember_encounters_of_past_rounds(payload: Payload) -> None:
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


@long_handler("rendezvous.ask_progress", every=timedelta(days=1))
def ask_how_far_they_are(payload: Payload, work: Work) -> None:
    """Who met is asked some days after; what matching learns from it is kept."""
    ask_due(timezone.now())
    keep_met()


@handler("rendezvous.forget_followups", every=timedelta(days=1))
def forget_old_followups(payload: Payload) -> None:
    forget_followups(timezone.now())


def keep_the_best(payload: Payload, error: str) -> None:
    keep_what_was_found(payload["computation"])


@long_handler(SCHEDULE_JOB, attempts_max=3, set_aside=keep_the_best)
def compute_requested_schedule(payload: Payload, work: Work) -> None:
    compute_schedule(payload["computation"], work)


@long_handler(REPLANNING_JOB, attempts_max=2)
def compute_requested_replanning(payload: Payload, work: Work) -> None:
    compute_replanning(payload["session"], payload["by"], work)


@long_handler(PRINT_JOB, attempts_max=2)
def print_requested_document(payload: Payload, work: Work) -> None:
    kind = SheetKind(payload["kind"])
    make_printout(payload["session"], kind, payload["by"], work)


@handler("rendezvous.remove_printouts", every=timedelta(hours=1))
def remove_printouts(payload: Payload) -> None:
    remove_old_printouts(timezone.now())


@handler(TELLING_JOB)
def tell_whom_a_programme_of_the_day_changes(payload: Payload) -> None:
    tell_whom_it_changes(payload["schedule"])
