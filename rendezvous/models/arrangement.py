"""What a catalyst asks of a programme beyond the usual, by session."""

from django.db import models
from django.db.models import F, Q

from alliances.enums import ActorKind
from rendezvous.models.session import MAX_ROUNDS, Session

PAIRS, TRIOS = 2, 3
MAX_BUFFER = 3
EVEN = 2  # breaks of one participant, at most where that can be had
# What a round of waiting is worth, of the best meeting (DESIGN): a few thousandths of the
# total, for half of the waiting.
WAITING = 0.03


class Arrangement(models.Model):
    """How people sit and move; a session without one keeps the usual."""

    session = models.OneToOneField(
        Session,
        models.CASCADE,
        related_name="arrangement",
        verbose_name="session",
    )
    table_size = models.PositiveSmallIntegerField(
        "organisations par table", default=PAIRS
    )
    buffer = models.PositiveSmallIntegerField(
        "tours libres entre deux rencontres", default=0
    )
    spreads_breaks = models.BooleanField("pauses réparties", default=True)
    waits_less = models.BooleanField("attendre moins", default=False)

    class Meta:
        verbose_name = "réglages du programme"
        verbose_name_plural = "réglages des programmes"
        constraints = [
            models.CheckConstraint(
                name="arrangement_has_tables_of_two_or_three",
                condition=Q(table_size__range=(PAIRS, TRIOS)),
            ),
            models.CheckConstraint(
                name="arrangement_leaves_a_short_time_to_walk",
                condition=Q(buffer__lte=MAX_BUFFER),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"

    @property
    def has_trios(self) -> bool:
        return self.table_size == TRIOS


class Quota(models.Model):
    """How many participants of one kind each participant of another kind meets."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="quotas", verbose_name="session"
    )
    kind = models.CharField("chaque", max_length=20, choices=ActorKind)
    other = models.CharField("rencontre", max_length=20, choices=ActorKind)
    minimum = models.PositiveSmallIntegerField("au moins", default=0)
    maximum = models.PositiveSmallIntegerField("au plus", null=True, blank=True)

    class Meta:
        verbose_name = "rencontres par nature"
        verbose_name_plural = "rencontres par nature"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "other"],
                name="quota_is_unique_per_pair_of_kinds",
            ),
            models.CheckConstraint(
                name="quota_has_possible_numbers_of_meetings",
                condition=Q(minimum__lte=2 * MAX_ROUNDS)
                & (Q(maximum=None) | Q(minimum__lte=F("maximum"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.other}"
