"""A gathering that a catalyst prepares: where, when, who may come and who may meet."""

import datetime as dt
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import ActorKind
from rendezvous.enums import EventType, Language, SessionState, Zone
from territories.models import Territory

MAX_TABLES = 250
MAX_ROUNDS = 30
MAX_PLACES = 250
PUBLIC_STATES = (SessionState.OPEN, SessionState.CLOSED, SessionState.CANCELLED)
COMING_STATES = (SessionState.OPEN, SessionState.CLOSED)


def only_french() -> list[str]:
    return [Language.FRENCH.value]


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> Self:
        """Keep those that anybody may read."""
        return self.filter(state__in=PUBLIC_STATES)

    def coming(self, now: dt.datetime) -> Self:
        """Keep those that are announced and not over."""
        return self.filter(state__in=COMING_STATES, ends_at__gt=now)


@keep_changes(leaving_out=("created_at", "updated_at"))
class Session(models.Model):
    """People of several organisations meet, table by table, round by round."""

    public_id = public_id_field()
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="sessions", verbose_name="territoire"
    )
    event_type = models.CharField(
        "forme", max_length=24, choices=EventType, default=EventType.SPEED_DATING
    )
    title = models.CharField("intitulé", max_length=160)
    description = models.TextField("présentation", max_length=2000, blank=True)
    place = models.CharField("lieu", max_length=300)
    zone = models.CharField(
        "fuseau horaire", max_length=40, choices=Zone, default=Zone.PARIS
    )
    begins_at = models.DateTimeField("première rencontre")
    # Rounds and breaks end before; what is left is for coffee.
    ends_at = models.DateTimeField("fin")
    languages = ArrayField(
        models.CharField(max_length=3, choices=Language),
        verbose_name="langues",
        default=only_french,
    )
    rules_text = models.TextField("règles du jeu", max_length=2000)
    # What was accepted is what was read: another text is another version.
    rules_version = models.PositiveSmallIntegerField("version des règles", default=1)
    tables = models.PositiveSmallIntegerField("tables")
    rounds = models.PositiveSmallIntegerField("tours")
    round_minutes = models.PositiveSmallIntegerField("minutes par tour", default=7)
    break_minutes = models.PositiveSmallIntegerField("minutes entre tours", default=2)
    meetings_min = models.PositiveSmallIntegerField("rencontres au moins", default=0)
    meetings_max = models.PositiveSmallIntegerField("rencontres au plus")
    state = models.CharField(
        "état", max_length=9, choices=SessionState, default=SessionState.DRAFT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session de rencontres"
        verbose_name_plural = "sessions de rencontres"
        constraints = [
            models.CheckConstraint(
                name="session_has_a_title_and_a_place",
                condition=~Q(title="") & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="session_has_known_languages",
                condition=Q(languages__contained_by=sorted(Language.values))
                & ~Q(languages=[]),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=Q(ends_at__gt=F("begins_at")),
            ),
            models.CheckConstraint(
                name="session_has_tables_and_rounds",
                condition=Q(
                    tables__range=(1, MAX_TABLES),
                    rounds__range=(1, MAX_ROUNDS),
                    round_minutes__range=(1, 120),
                    break_minutes__lte=60,
                ),
            ),
            models.CheckConstraint(
                name="session_has_possible_numbers_of_meetings",
                condition=Q(
                    meetings_min__lte=F("meetings_max"),
                    meetings_max__range=(1, F("rounds")),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "begins_at"], name="session_is_announced"),
            models.Index(
                fields=["territory", "-begins_at"], name="session_by_territory"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def local_begins_at(self) -> dt.datetime:
        """The beginning as the clock of the place says it."""
        return self.begins_at.astimezone(self.tz)

    @property
    def local_ends_at(self) -> dt.datetime:
        return self.ends_at.astimezone(self.tz)

    @property
    def language_labels(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_open(self) -> bool:
        return self.state == SessionState.OPEN

    def is_coming(self, now: dt.datetime) -> bool:
        """Tell whether it is announced, and has not begun."""
        return self.state in COMING_STATES and now < self.begins_at

    def takes_registrations(self, now: dt.datetime) -> bool:
        """Tell whether an organisation may still come."""
        return self.is_open and self.is_coming(now)


class Capacity(models.Model):
    """How many organisations of a kind may come; a kind without a row may not."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="capacities", verbose_name="session"
    )
    kind = models.CharField("nature", max_length=20, choices=ActorKind)
    places = models.PositiveSmallIntegerField("places")

    class Meta:
        verbose_name = "capacité"
        verbose_name_plural = "capacités"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind"], name="capacity_is_unique_per_kind"
            ),
            models.CheckConstraint(
                name="capacity_has_places",
                condition=Q(places__range=(1, MAX_PLACES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} – {self.kind} : {self.places}"


class KindPair(models.Model):
    """Two kinds that may sit at the same table; the same kind twice is a pair too."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="kind_pairs", verbose_name="session"
    )
    low = models.CharField("nature", max_length=20, choices=ActorKind)
    high = models.CharField("nature", max_length=20, choices=ActorKind)

    class Meta:
        verbose_name = "natures qui se rencontrent"
        verbose_name_plural = "natures qui se rencontrent"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "low", "high"], name="kind_pair_is_unique"
            ),
            models.CheckConstraint(
                name="kind_pair_is_one_row_per_pair",
                condition=Q(low__lte=F("high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low} – {self.high}"
