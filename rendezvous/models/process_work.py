"""The work of a collective process: groups, their three meetings, what they propose."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.history import keep_changes
from accounts.public_id import public_id_field
from alliances.enums import FragilityDomain
from alliances.models import Organisation
from rendezvous.enums import ActionProgress, ActionState, GroupStep
from rendezvous.models.process import Process

SIZE_MIN, SIZE_MAX = 10, 15


class ProcessGroup(models.Model):
    """Ten to fifteen people of every kind on one theme, who meet three times."""

    public_id = public_id_field()
    process = models.ForeignKey(
        Process, models.CASCADE, related_name="groups", verbose_name="démarche"
    )
    theme = models.CharField("thème", max_length=120)
    domain = models.CharField(
        "domaine", max_length=24, choices=FragilityDomain, blank=True
    )
    size_min = models.PositiveSmallIntegerField(
        "participants au moins", default=SIZE_MIN
    )
    size_max = models.PositiveSmallIntegerField(
        "participants au plus", default=SIZE_MAX
    )
    composition = models.CharField("composition", max_length=300, blank=True)

    class Meta:
        verbose_name = "groupe de travail"
        verbose_name_plural = "groupes de travail"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "theme"], name="process_group_has_its_theme"
            ),
            models.CheckConstraint(
                name="process_group_has_a_theme", condition=~Q(theme="")
            ),
            models.CheckConstraint(
                name="process_group_has_possible_sizes",
                condition=Q(size_min__range=(1, F("size_max"))),
            ),
        ]

    def __str__(self) -> str:
        return self.theme


class GroupMember(models.Model):
    """An organisation takes part in a group: for its members and the catalyst."""

    group = models.ForeignKey(
        ProcessGroup, models.CASCADE, related_name="members", verbose_name="groupe"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="process_groups",
        verbose_name="organisation",
    )

    class Meta:
        verbose_name = "participation à un groupe"
        verbose_name_plural = "participations à un groupe"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"], name="group_member_takes_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} – {self.organisation_id}"


class GroupMeeting(models.Model):
    """One of the three meetings of a group, and what came out of it."""

    group = models.ForeignKey(
        ProcessGroup, models.CASCADE, related_name="meetings", verbose_name="groupe"
    )
    step = models.CharField("réunion", max_length=9, choices=GroupStep)
    is_held = models.BooleanField("tenue", default=False)
    held_on = models.DateField("le", null=True, blank=True)
    attended = models.PositiveSmallIntegerField("présents", null=True, blank=True)
    summary = models.TextField("ce qui en est sorti", max_length=4000, blank=True)

    class Meta:
        verbose_name = "réunion d’un groupe"
        verbose_name_plural = "réunions d’un groupe"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "step"], name="group_meeting_is_one_of_three"
            ),
            models.CheckConstraint(
                name="group_meeting_with_a_date_is_held",
                condition=Q(held_on=None) | Q(is_held=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} – {self.step}"


class ProcessActionQuerySet(models.QuerySet["ProcessAction"]):
    def kept(self) -> Self:
        return self.filter(state=ActionState.KEPT)


@keep_changes()
class ProcessAction(models.Model):
    """What a group proposes, or what serves all the themes (no group)."""

    public_id = public_id_field()
    process = models.ForeignKey(
        Process, models.CASCADE, related_name="actions", verbose_name="démarche"
    )
    group = models.ForeignKey(
        ProcessGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="groupe",
    )
    title = models.CharField("intitulé", max_length=200)
    description = models.TextField("en quelques mots", max_length=2000, blank=True)
    state = models.CharField(
        "décision", max_length=8, choices=ActionState, default=ActionState.PROPOSED
    )
    progress = models.CharField(
        "où elle en est", max_length=9, choices=ActionProgress, blank=True
    )
    carrier = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="portée par",
    )
    # Until it agrees, nobody but the catalyst reads that it was asked.
    carrier_agreed_at = models.DateTimeField(
        "porteur d’accord le", null=True, blank=True
    )
    carrier_is_unknown = models.BooleanField("porteur non dit", default=False)

    objects = ProcessActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action d’une démarche"
        verbose_name_plural = "actions d’une démarche"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "title"], name="process_action_has_its_title"
            ),
            models.CheckConstraint(
                name="process_action_has_a_title", condition=~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept(self) -> bool:
        return self.state == ActionState.KEPT

    @property
    def is_agreed(self) -> bool:
        """Tell whether its carrier said yes."""
        return self.carrier_id is not None and self.carrier_agreed_at is not None
