"""The day itself: who is there, which tables are lost, what replaces a lost meeting."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from rendezvous.enums import OfferWay, Presence
from rendezvous.models.registration import Attendee
from rendezvous.models.schedule import Schedule
from rendezvous.models.session import MAX_ROUNDS, MAX_TABLES, Session
from rendezvous.scheduling.stay import Stay

ROUNDS = (1, MAX_ROUNDS)


@keep_changes()
class Attendance(models.Model):
    """Where somebody stands on the day of the session; without a row, one expects them.

    A round that is announced stays when one arrives or comes back: undoing loses nothing.
    """

    attendee = models.OneToOneField(
        Attendee,
        models.CASCADE,
        related_name="attendance",
        verbose_name="personne attendue",
    )
    state = models.CharField(
        "présence", max_length=8, choices=Presence, default=Presence.EXPECTED
    )
    arrived_at = models.DateTimeField("arrivée le", null=True, blank=True)
    # The round under way at that moment, 0 before the first.
    arrived_in = models.PositiveSmallIntegerField("arrivée au tour", null=True)
    late_from = models.PositiveSmallIntegerField("annoncée à partir du tour", null=True)
    left_from = models.PositiveSmallIntegerField("repart avant le tour", null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        constraints = [
            models.CheckConstraint(
                name="attendance_tells_when_one_arrived",
                condition=Q(
                    state=Presence.ARRIVED,
                    arrived_at__isnull=False,
                    arrived_in__isnull=False,
                    arrived_in__lte=MAX_ROUNDS,
                )
                | (~Q(state=Presence.ARRIVED) & Q(arrived_at=None, arrived_in=None)),
            ),
            models.CheckConstraint(
                name="attendance_names_possible_rounds",
                condition=(Q(late_from=None) | Q(late_from__range=ROUNDS))
                & (Q(left_from=None) | Q(left_from__range=ROUNDS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} – {self.state}"


def stay_of(attendee: Attendee, *, begun: int = MAX_ROUNDS) -> Stay:
    """Return what is known of somebody's day; loads nothing when ``attendance`` is.

    ``begun``: the round under way. Who arrived while one rehearsed arrived before.
    """
    found = getattr(attendee, "attendance", None)
    if found is None:
        return Stay(attendee.from_round, attendee.until_round)
    arrived_in = found.arrived_in
    return Stay(
        attendee.from_round,
        attendee.until_round,
        late_from=found.late_from,
        arrived_in=None if arrived_in is None else min(arrived_in, begun),
        left_from=found.left_from,
        is_absent=found.state == Presence.ABSENT,
    )


@keep_changes()
class LostTable(models.Model):
    """A table that cannot be used any more, from a round on."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="lost_tables", verbose_name="session"
    )
    table = models.PositiveSmallIntegerField("table")
    from_round = models.PositiveSmallIntegerField("à partir du tour")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le", auto_now=True)

    class Meta:
        verbose_name = "table perdue"
        verbose_name_plural = "tables perdues"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "table"], name="lost_table_is_lost_once"
            ),
            models.CheckConstraint(
                name="lost_table_has_a_number_and_a_round",
                condition=Q(table__range=(1, MAX_TABLES), from_round__range=ROUNDS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} – {self.table}"


class Replanning(models.Model):
    """A version made on the day for what is left of it, and what it was made from."""

    schedule = models.OneToOneField(
        Schedule,
        models.CASCADE,
        related_name="replanning",
        verbose_name="programme",
    )
    next_round = models.PositiveSmallIntegerField("premier tour changé")
    # Who is there when, tables lost, rounds begun: another picture is another plan.
    picture = models.CharField("empreinte de la salle", max_length=64)
    surviving = models.PositiveIntegerField("rencontres encore possibles")
    kept = models.PositiveIntegerField("rencontres gardées à leur tour")

    class Meta:
        verbose_name = "nouveau programme du jour"
        verbose_name_plural = "nouveaux programmes du jour"
        constraints = [
            models.CheckConstraint(
                name="replanning_keeps_at_most_what_survives",
                condition=Q(kept__lte=F("surviving")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} – {self.next_round}"


class LeftOver(models.Model):
    """Somebody whose meeting was lost for a round, and what is proposed instead."""

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="left_over", verbose_name="programme"
    )
    attendee = models.ForeignKey(
        Attendee, models.CASCADE, related_name="+", verbose_name="personne"
    )
    round = models.PositiveSmallIntegerField("tour")
    way = models.CharField("proposition", max_length=8, choices=OfferWay)
    other = models.ForeignKey(
        Attendee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avec",
    )
    table = models.PositiveSmallIntegerField("table", null=True, blank=True)

    class Meta:
        verbose_name = "personne sans table"
        verbose_name_plural = "personnes sans table"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "round", "attendee"],
                name="left_over_is_told_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id} – {self.round}"
