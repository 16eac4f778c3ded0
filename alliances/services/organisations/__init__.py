"""Creating an organisation and saving each part of it; one verb each, all or nothing."""

from alliances.services.organisations.creation import (
    complete_edit,
    create_organisation,
    create_unclaimed,
)
from alliances.services.organisations.editing import (
    ChangedMeanwhileError,
    DuplicateError,
)
from alliances.services.organisations.exclusions import save_exclusions
from alliances.services.organisations.identity import save_identity
from alliances.services.organisations.intention import (
    save_domains,
    save_openness,
    save_square,
    save_visibility,
)
from alliances.services.organisations.means import save_means
from alliances.services.organisations.places import save_places

__all__ = [
    "ChangedMeanwhileError",
    "DuplicateError",
    "complete_edit",
    "create_organisation",
    "create_unclaimed",
    "save_domains",
    "save_exclusions",
    "save_identity",
    "save_means",
    "save_openness",
    "save_places",
    "save_square",
    "save_visibility",
]
