import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.history import keep_changes
from alliances.enums import MandateRole, MembershipRole
from alliances.models.organisation import Organisation
from territories.models import Containment, Territory


@keep_changes(leaving_out=("created_at",), found_by=["organisation"])
class Membership(models.Model):
    """A person acts for an organisation, with a role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name="personne",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="memberships",
        verbose_name="organisation",
    )
    role = models.CharField("rôle", max_length=12, choices=MembershipRole)
    # Whom reminders are for, and whom partners are told to speak to.
    is_lead = models.BooleanField("contact principal", default=False)
    created_at = models.DateTimeField("depuis le", auto_now_add=True)

    class Meta:
        verbose_name = "appartenance à une organisation"
        verbose_name_plural = "appartenances à une organisation"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_is_unique_per_person_and_organisation",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_lead=True),
                name="membership_has_one_lead_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} – {self.organisation_id}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def current(self, today: dt.date) -> Self:
        """Keep the mandates that have begun and not ended."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today
        )

    def over(self, commune_id: int) -> Self:
        """Keep the mandates over a territory that is or contains the commune."""
        containing = Containment.objects.filter(commune=commune_id)
        return self.filter(
            Q(territory=commune_id) | Q(territory__in=containing.values("territory"))
        )

    def covering(self, territory: Territory) -> Self:
        """Keep the mandates over ``territory``, or over one that holds the whole of it."""
        communes = Containment.objects.filter(territory=territory)
        held = Containment.objects.filter(
            territory=OuterRef(OuterRef("territory")), commune=OuterRef("commune")
        )
        is_whole = ~Exists(communes.filter(~Exists(held)))
        covers = Q(territory=territory) | Q(territory__kind=Territory.Kind.COUNTRY)
        if communes.exists():
            covers |= Q(is_whole)
        return self.filter(covers)


@keep_changes()
class Mandate(models.Model):
    """A person looks after a territory: catalyst or observer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mandates",
        verbose_name="personne",
    )
    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="mandates", verbose_name="territoire"
    )
    role = models.CharField("rôle", max_length=8, choices=MandateRole)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandats"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "territory", "role"],
                name="mandate_is_unique_per_person_territory_and_role",
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} – {self.territory_id}"
