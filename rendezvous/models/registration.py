"""Who comes to a session, and whom they wish to meet."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import ActorKind, Means
from alliances.models import Intention, Organisation
from rendezvous.enums import RegistrationState, WishAnswer
from rendezvous.models.session import MAX_ROUNDS, MAX_TABLES, Session

MAX_ATTENDEES = 4


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        return self.filter(state=RegistrationState.CONFIRMED)

    def waiting(self) -> Self:
        """Keep those who wait, in the order in which they are called."""
        rows = self.filter(state=RegistrationState.WAITING)
        return rows.order_by("queued_at", "pk")

    def live(self) -> Self:
        return self.exclude(state=RegistrationState.CANCELLED)


@keep_changes(found_by=["organisation"])
class Registration(models.Model):
    """An organisation comes to a session, or waits for a place."""

    public_id = public_id_field()
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="registrations", verbose_name="session"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="registrations",
        verbose_name="organisation",
    )
    # What the organisation was when it took its place: places are counted by kind.
    kind = models.CharField("nature", max_length=20, choices=ActorKind)
    intention = models.ForeignKey(
        Intention,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="projet du jour",
    )
    state = models.CharField("état", max_length=9, choices=RegistrationState)
    needs = ArrayField(
        models.CharField(max_length=28, choices=Means),
        verbose_name="besoins du jour",
        default=list,
        blank=True,
    )
    offers = ArrayField(
        models.CharField(max_length=28, choices=Means),
        verbose_name="offres du jour",
        default=list,
        blank=True,
    )
    accepted_rules = models.PositiveSmallIntegerField("version des règles acceptée")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    # Its turn on the waiting list; begins again when one comes back.
    queued_at = models.DateTimeField("demandée le")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"],
                name="registration_is_unique_per_organisation",
            ),
            models.CheckConstraint(
                name="registration_needs_and_offers_are_means",
                condition=Q(needs__contained_by=sorted(Means.values))
                & Q(offers__contained_by=sorted(Means.values)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["session", "kind", "state", "queued_at"],
                name="registration_by_turn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} – {self.session_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == RegistrationState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == RegistrationState.WAITING

    @property
    def is_live(self) -> bool:
        return self.state != RegistrationState.CANCELLED


class Attendee(models.Model):
    """Somebody who comes for an organisation, from one round to another.

    Who shares the programme of another sits beside them; the others have a programme
    of their own, and the meetings of the organisation are divided between these.
    """

    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        related_name="attendees",
        verbose_name="inscription",
    )
    # Its line in the form: a correction changes a row, that a programme refers to.
    position = models.PositiveSmallIntegerField("rang")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne",
    )
    # Of who has no account, and of who has one as they wish to be called that day.
    name = models.CharField("nom", max_length=120)
    from_round = models.PositiveSmallIntegerField("du tour", default=1)
    until_round = models.PositiveSmallIntegerField("au tour")
    shares_with = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="companions",
        verbose_name="partage le programme de",
    )
    # A host keeps a table, and the others come to it; what the catalyst asks for this
    # programme rather than for all.
    table = models.PositiveSmallIntegerField("table gardée", null=True, blank=True)
    meetings_min = models.PositiveSmallIntegerField(
        "rencontres au moins", null=True, blank=True
    )
    meetings_max = models.PositiveSmallIntegerField(
        "rencontres au plus", null=True, blank=True
    )

    class Meta:
        verbose_name = "personne attendue"
        verbose_name_plural = "personnes attendues"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "user"], name="attendee_comes_once"
            ),
            models.UniqueConstraint(
                fields=["registration", "position"],
                name="attendee_has_a_line_of_their_own",
            ),
            models.CheckConstraint(
                name="attendee_is_one_of_a_few",
                condition=Q(position__range=(1, MAX_ATTENDEES)),
            ),
            models.CheckConstraint(name="attendee_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="attendee_comes_before_leaving",
                condition=Q(
                    from_round__range=(1, F("until_round")),
                    until_round__lte=MAX_ROUNDS,
                ),
            ),
            models.CheckConstraint(
                name="attendee_keeps_a_possible_table",
                condition=Q(table=None) | Q(table__range=(1, MAX_TABLES)),
            ),
            models.CheckConstraint(
                name="attendee_has_possible_numbers_of_meetings",
                condition=Q(meetings_min=None)
                | Q(meetings_max=None)
                | Q(meetings_min__lte=F("meetings_max")),
            ),
            models.CheckConstraint(
                name="attendee_shares_with_another",
                condition=Q(shares_with=None) | ~Q(shares_with=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """What one participant wishes of another: read by its own members, by nobody else.

    A no is absolute: the two never sit at the same table. Without a wish, the pair is
    worth what matching says of it.
    """

    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        related_name="wishes",
        verbose_name="inscription",
    )
    other = models.ForeignKey(
        Registration, models.CASCADE, related_name="+", verbose_name="au sujet de"
    )
    answer = models.CharField("souhait", max_length=4, choices=WishAnswer)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    at = models.DateTimeField("le", auto_now=True)

    class Meta:
        verbose_name = "souhait"
        verbose_name_plural = "souhaits"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "other"], name="wish_is_unique_per_pair"
            ),
            models.CheckConstraint(
                name="wish_is_about_another",
                condition=~Q(registration=F("other")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} → {self.other_id}"
