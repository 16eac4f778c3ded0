"""How far two organisations go: asked on some days, told in one tap."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from alliances.models import Introduction
from notifications.services import settle
from rendezvous.enums import Stage, StopReason
from rendezvous.models import Checkpoint, FollowUp, Registration
from rendezvous.notices import PROGRESS_ASKED
from rendezvous.outcomes import STAGES, disagree, is_over, reached
from rendezvous.services.following.telling import ask, ask_again, question_key

AGREEMENT = STAGES.index(Stage.AGREEMENT)
# A catalyst does not insist more often than that.
NUDGED_AFTER = dt.timedelta(days=7)


@transaction.atomic
def say_progress(
    followup: FollowUp,
    own: Registration,
    *,
    stage: Stage,
    by: User,
    why: StopReason | str = "",
) -> None:
    """Keep how far ``own`` says that they are: the answer to its current question."""
    now = timezone.now()
    locked = _lock(followup)
    question = current_question(locked, own, now)
    if question is None:
        return
    question.stage, question.by, question.answered_at = stage, by, now
    question.why = why if stage == Stage.STOPPED else ""
    question.save(update_fields=["stage", "by", "answered_at", "why"])
    locked.answered_at = now
    _add_up(locked, now)
    for one in locked.checkpoints.filter(registration=own, asked_at__isnull=False):
        _no_longer_asked(one)


def current_question(
    followup: FollowUp, own: Registration, now: dt.datetime
) -> Checkpoint | None:
    """Return the last question whose day has come; before any, the first one."""
    rows = Checkpoint.objects.filter(followup=followup, registration=own)
    today = now.astimezone(followup.session.tz).date()
    last = rows.filter(due_on__lte=today).order_by("days").last()
    return last or rows.order_by("days").first()


def ask_due(now: dt.datetime) -> int:
    """Ask what is due today, and no longer what was asked before; return how many."""
    close_with_introductions(now)
    due = _due(now).values_list("followup", flat=True)
    return sum(_ask_one(pk, now) for pk in sorted(set(due)))


@transaction.atomic
def close_with_introductions(now: dt.datetime) -> None:
    """An introduction that was closed ends what follows; one that opened late is named."""
    closed = FollowUp.objects.going_on().exclude(introduction=None)
    ended = closed.exclude(introduction__state=Introduction.State.OPEN)
    ended.update(ended_at=now)
    waiting = FollowUp.objects.going_on().filter(introduction=None)
    for one in waiting.select_related("low", "high"):
        pair = (one.low.organisation_id, one.high.organisation_id)
        found = Introduction.objects.open().between(*pair).first()
        if found is not None:
            FollowUp.objects.filter(pk=one.pk).update(introduction=found)


@transaction.atomic
def nudge(followup: FollowUp, *, now: dt.datetime) -> int:
    """Ask again those who have not answered; return how many sides were asked."""
    locked = _lock(followup)
    lately = locked.nudged_at and locked.nudged_at > now - NUDGED_AFTER
    if lately or locked.ended_at or locked.mutual_at is None:
        return 0
    questions = [current_question(locked, side, now) for side in locked.sides]
    silent = [one for one in questions if one and not one.stage]
    for one in silent:
        one.asked_at = one.asked_at or now
        one.save(update_fields=["asked_at"])
        ask_again(one, day=f"{now:%Y%m%d}")
    if silent:
        locked.nudged_at = now
        locked.save(update_fields=["nudged_at"])
    return len(silent)


@transaction.atomic
def write_note(followup: FollowUp, note: str, *, by: User) -> None:
    """Keep a note for the catalysts of the session."""
    locked = _lock(followup)
    locked.note, locked.note_by = note, by if note else None
    locked.save(update_fields=["note", "note_by"])


def _lock(followup: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",))
    return rows.select_related(
        "session", "low__organisation", "high__organisation"
    ).get(pk=followup.pk)


def _due(now: dt.datetime) -> QuerySet[Checkpoint]:
    return Checkpoint.objects.filter(
        followup__in=FollowUp.objects.going_on(),
        due_on__lte=timezone.localdate(now),
        asked_at=None,
        answered_at=None,
    )


@transaction.atomic
def _ask_one(followup_id: int, now: dt.datetime) -> int:
    """Ask the two sides of one follow-up what is due; safe to run twice at once."""
    locked = _lock(FollowUp(pk=followup_id))
    asked = 0
    for side in locked.sides:
        due = list(_due(now).filter(followup=locked, registration=side))
        Checkpoint.objects.filter(pk__in=[one.pk for one in due]).update(asked_at=now)
        if due:
            for before in locked.checkpoints.filter(registration=side):
                _no_longer_asked(before)
            ask(max(due, key=lambda one: one.days))
            asked += 1
    if asked:
        locked.asked_at = now
        locked.save(update_fields=["asked_at"])
    return asked


def _no_longer_asked(checkpoint: Checkpoint) -> None:
    settle(PROGRESS_ASKED, key=question_key(checkpoint))


def _add_up(followup: FollowUp, now: dt.datetime) -> None:
    """Write what the last answers of both sides say together."""
    said = [_last_word(followup, side) for side in followup.sides]
    if Stage.STOPPED not in said:  # what was reached before it stopped stays
        followup.stage = Stage(reached(*said))
        followup.is_disputed = disagree(*said)
    agreed = STAGES.index(followup.stage) >= AGREEMENT
    followup.agreed_at = (followup.agreed_at or now) if agreed else None
    ended = is_over(*said) or _is_closed(followup)
    followup.ended_at = (followup.ended_at or now) if ended else None
    followup.save(
        update_fields=[
            "stage",
            "answered_at",
            "agreed_at",
            "is_disputed",
            "ended_at",
        ]
    )


def _is_closed(followup: FollowUp) -> bool:
    introduction = followup.introduction
    return introduction is not None and introduction.closed_at is not None


def _last_word(followup: FollowUp, side: Registration) -> str:
    rows = Checkpoint.objects.filter(followup=followup, registration=side)
    last = rows.exclude(stage="").order_by("days").last()
    return last.stage if last else ""
