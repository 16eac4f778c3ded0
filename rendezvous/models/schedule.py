"""Versions of a programme: who meets whom, at which table, in which round."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.models import Organisation
from rendezvous.enums import ScheduleState
from rendezvous.models.registration import Attendee
from rendezvous.models.session import MAX_ROUNDS, MAX_TABLES, Session

SHOWN_STATES = (ScheduleState.PROVISIONAL, ScheduleState.PUBLISHED)
BANDS = (1, 2, 5, 10, 20, 50)


def gap_pct(value: float, bound: float) -> float:
    """Return how far below the bound a value is, in percent of the bound."""
    return max(0.0, 100 * (bound - value) / bound) if bound > 0 else 0.0


def gap_band(value: float, bound: float) -> int:
    gap = gap_pct(value, bound)
    return next((band for band in BANDS if gap <= band), 100)


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def published(self) -> Self:
        return self.filter(state=ScheduleState.PUBLISHED)

    def shown(self) -> Self:
        """Keep those that who comes may read."""
        return self.filter(state__in=SHOWN_STATES)


@keep_changes(found_by=["session"], leaving_out=["reserve", "changes"])
class Schedule(models.Model):
    """One version of the programme of a session: computed, or changed by hand.

    ``value``: what its meetings are worth together; ``bound``: more than any programme
    could be worth; both 0 where a hand changed something, which is not valued
    (docs/decisions/0186). ``reasons``: why what was asked for cannot be had.
    ``reserve``: meetings that it does not hold and that could take place, never all of
    them. ``changes``: what a hand changed, the last one at the end, to take it back.
    """

    class Outcome(models.TextChoices):
        OPTIMAL = "optimal", "le meilleur possible"
        FEASIBLE = "feasible", "possible"
        INFEASIBLE = "infeasible", "impossible"

    class Origin(models.TextChoices):
        COMPUTED = "computed", "calculé"
        RESUMED = "resumed", "recalculé autour de ce qui est verrouillé"
        BY_HAND = "by_hand", "retouché à la main"

    public_id = public_id_field()
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="schedules", verbose_name="session"
    )
    version = models.PositiveSmallIntegerField("version")
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="d’après",
    )
    state = models.CharField(
        "état", max_length=11, choices=ScheduleState, default=ScheduleState.DRAFT
    )
    origin = models.CharField(
        "origine", max_length=8, choices=Origin, default=Origin.COMPUTED
    )
    outcome = models.CharField("résultat", max_length=10, choices=Outcome)
    value = models.FloatField("valeur")
    bound = models.FloatField("borne")
    seed = models.PositiveIntegerField("graine")
    idle_count = models.PositiveIntegerField("tours sans rencontre")
    short_count = models.PositiveIntegerField("personnes sous le minimum")
    # Who gets least for each round of presence, and how much of what all could have.
    worst = models.ForeignKey(
        Attendee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne la moins servie",
    )
    worst_pct = models.FloatField("part de son plafond", null=True, blank=True)
    # Codes and figures, as the solver says them; phrased where they are shown.
    reasons = models.JSONField("ce qui n’est pas possible", default=list, blank=True)
    reserve = models.JSONField("autres rencontres possibles", default=list, blank=True)
    changes = models.JSONField("retouches", default=list, blank=True)
    seconds = models.FloatField("secondes de calcul")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    created_at = models.DateTimeField("calculé le", auto_now_add=True)
    published_at = models.DateTimeField("publié le", null=True, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "programme"
        verbose_name_plural = "programmes"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "version"], name="schedule_version_is_unique"
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state="published"),
                name="schedule_is_published_once_per_session",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state="provisional"),
                name="schedule_is_provisional_once_per_session",
            ),
            models.CheckConstraint(
                name="schedule_is_published_with_its_date",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} – {self.version}"

    @property
    def is_published(self) -> bool:
        return self.state == ScheduleState.PUBLISHED

    @property
    def is_provisional(self) -> bool:
        return self.state == ScheduleState.PROVISIONAL

    @property
    def is_by_hand(self) -> bool:
        return self.origin == self.Origin.BY_HAND

    @property
    def is_being_changed(self) -> bool:
        """A draft that a hand changes; the others are copied first."""
        return self.is_by_hand and self.state == ScheduleState.DRAFT

    @property
    def shows_value(self) -> bool:
        """Tell whether its value says nothing of one meeting in particular."""
        return self.origin == self.Origin.COMPUTED

    @property
    def gap_pct(self) -> float:
        """By how much, at most, another programme could be worth more."""
        return gap_pct(self.value, self.bound)

    @property
    def gap_band(self) -> int:
        """The same, to the next of a few steps: all that is told of a retouched one."""
        return gap_band(self.value, self.bound)


class Meeting(models.Model):
    """A table that is taken, in one round."""

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="meetings", verbose_name="programme"
    )
    round = models.PositiveSmallIntegerField("tour")
    table = models.PositiveSmallIntegerField("table")

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "round", "table"],
                name="meeting_has_its_table_for_a_round",
            ),
            models.CheckConstraint(
                name="meeting_has_a_round_and_a_table",
                condition=Q(round__range=(1, MAX_ROUNDS), table__range=(1, MAX_TABLES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} – {self.round} – {self.table}"


class Seat(models.Model):
    """Somebody at a table; ``schedule`` and ``round`` are those of the meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="seats", verbose_name="rencontre"
    )
    attendee = models.ForeignKey(
        Attendee, models.CASCADE, related_name="seats", verbose_name="personne"
    )
    # Repeated, so that the database itself refuses two tables at once.
    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="+", verbose_name="programme"
    )
    round = models.PositiveSmallIntegerField("tour")

    class Meta:
        verbose_name = "place à une table"
        verbose_name_plural = "places à une table"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "round", "attendee"],
                name="seat_is_at_one_table_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} – {self.attendee_id}"


class EncounterQuerySet(models.QuerySet["Encounter"]):
    def of(self, *organisation_ids: int) -> Self:
        return self.filter(Q(low__in=organisation_ids) | Q(high__in=organisation_ids))


class Encounter(models.Model):
    """Two organisations met at a session: remembered for the next ones."""

    low = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    high = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisation"
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="encounters", verbose_name="session"
    )
    at = models.DateTimeField("le")

    objects = EncounterQuerySet.as_manager()

    class Meta:
        verbose_name = "rencontre passée"
        verbose_name_plural = "rencontres passées"
        constraints = [
            models.CheckConstraint(
                name="encounter_is_one_row_per_pair", condition=Q(low__lt=F("high"))
            ),
            models.UniqueConstraint(
                fields=["session", "low", "high"], name="encounter_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} – {self.high_id}"
