"""What the columns of several models have in common: arrays by type, small floats."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.enums import PartnershipType

# The order of every array by type, that of the kernel (checked by a test).
TYPES = tuple(PartnershipType.values)
COMPONENTS = ("objectives", "needs", "domains", "territory", "proximity")


class SmallFloatField(models.FloatField):
    """A four-byte float; only the first migration still names it."""

    def db_type(self, connection: object) -> str:
        return "real"


def by_type(base: "models.Field[Any, Any]", label: str, *, null: bool = False) -> Any:
    """Return a column of one value per partnership type."""
    return ArrayField(base, size=len(TYPES), verbose_name=label, null=null)
