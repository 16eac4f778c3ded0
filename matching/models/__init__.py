"""The score as it is configured, computed, proposed, shared out and learnt from."""

from matching.models.balanced import BalancedPlace, BalancedProposal, BalancedSet
from matching.models.columns import COMPONENTS, TYPES, SmallFloatField, by_type
from matching.models.configuration import Configuration
from matching.models.proposal import Proposal, ProposalQuerySet
from matching.models.run import (
    ChangedIntention,
    ListEnd,
    Run,
    RunBlock,
    RunLists,
    RunPicture,
    RunQuerySet,
)
from matching.models.signal import Signal

__all__ = [
    "COMPONENTS",
    "TYPES",
    "BalancedPlace",
    "BalancedProposal",
    "BalancedSet",
    "ChangedIntention",
    "Configuration",
    "ListEnd",
    "Proposal",
    "ProposalQuerySet",
    "Run",
    "RunBlock",
    "RunLists",
    "RunPicture",
    "RunQuerySet",
    "Signal",
    "SmallFloatField",
    "by_type",
]
