"""Organisations, who belongs to them, and what they are after."""

from alliances.models.exclusion import Exclusion
from alliances.models.intention import (
    Intention,
    IntentionDomain,
    IntentionQuerySet,
    Need,
    Offer,
)
from alliances.models.membership import Mandate, Membership
from alliances.models.organisation import (
    Establishment,
    Organisation,
    OrganisationQuerySet,
)

__all__ = [
    "Establishment",
    "Exclusion",
    "Intention",
    "IntentionDomain",
    "IntentionQuerySet",
    "Mandate",
    "Membership",
    "Need",
    "Offer",
    "Organisation",
    "OrganisationQuerySet",
]
