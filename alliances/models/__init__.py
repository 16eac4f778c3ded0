"""Organisations, who belongs to them, and what they are after."""

from alliances.models.conversation import (
    Attachment,
    Block,
    Conversation,
    Message,
    Reading,
    Report,
)
from alliances.models.exclusion import Exclusion
from alliances.models.intention import (
    Intention,
    IntentionDomain,
    IntentionPlace,
    IntentionQuerySet,
    Need,
    Offer,
)
from alliances.models.introduction import Interest, Introduction
from alliances.models.joining import Claim, Invitation, Merge
from alliances.models.membership import Mandate, Membership
from alliances.models.organisation import (
    Establishment,
    Organisation,
    OrganisationQuerySet,
)
from alliances.models.privileged_read import PrivilegedRead
from alliances.models.suggestion import Suggestion

__all__ = [
    "Attachment",
    "Block",
    "Claim",
    "Conversation",
    "Establishment",
    "Exclusion",
    "Intention",
    "IntentionDomain",
    "IntentionPlace",
    "IntentionQuerySet",
    "Interest",
    "Introduction",
    "Invitation",
    "Mandate",
    "Membership",
    "Merge",
    "Message",
    "Need",
    "Offer",
    "Organisation",
    "OrganisationQuerySet",
    "PrivilegedRead",
    "Reading",
    "Report",
    "Suggestion",
]
