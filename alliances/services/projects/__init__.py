"""The projects of an organisation: one intention each (docs/decisions/0158)."""

from alliances.services.organisations.editing import ChangedMeanwhileError
from alliances.services.projects.creating import create_project
from alliances.services.projects.lifecycle import (
    close_project,
    delete_draft,
    make_default,
    open_project,
    pause_project,
)
from alliances.services.projects.locking import GoneError
from alliances.services.projects.naming import SameNameError
from alliances.services.projects.problems import (
    DefaultError,
    IncompleteError,
    PublishedError,
    TooManyError,
    UnpublishedError,
)
from alliances.services.projects.saving import (
    save_domains,
    save_means,
    save_naming,
    save_reach,
    save_square,
    save_terms,
)

__all__ = [
    "ChangedMeanwhileError",
    "DefaultError",
    "GoneError",
    "IncompleteError",
    "PublishedError",
    "SameNameError",
    "TooManyError",
    "UnpublishedError",
    "close_project",
    "create_project",
    "delete_draft",
    "make_default",
    "open_project",
    "pause_project",
    "save_domains",
    "save_means",
    "save_naming",
    "save_reach",
    "save_square",
    "save_terms",
]
