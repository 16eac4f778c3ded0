"""Saving each part of a project; one verb each, all or nothing."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import transaction

from alliances.description.parts import (
    Domains,
    Means,
    Naming,
    ProjectPart,
    Reach,
    Square,
    Terms,
    fingerprint,
)
from alliances.models import Intention
from alliances.selectors.aims import (
    domains_in,
    means_in,
    naming_in,
    reach_in,
    square_in,
    terms_in,
)
from alliances.services.organisations.aims import (
    write_domains,
    write_means,
    write_naming,
    write_reach,
    write_square,
    write_terms,
)
from alliances.services.organisations.editing import ChangedMeanwhileError, Save
from alliances.services.projects.locking import announce_project, locked_project
from alliances.services.projects.naming import check_name

P = TypeVar("P", bound=ProjectPart)


def saving(
    read: Callable[[Intention], P],
) -> Callable[[Callable[[Intention, P], None]], Save[P]]:
    """Make the service that saves a part of a project, as those of an organisation.

    It raises :class:`ChangedMeanwhileError` if somebody else saved the part since
    ``seen``, :class:`GoneError` if the project was deleted.
    """

    def decorate(write: Callable[[Intention, P], None]) -> Save[P]:
        @wraps(write)
        def save(intention_id: int, wished: P, *, seen: str | None = None) -> bool:
            with transaction.atomic():
                intention = locked_project(intention_id)
                current = read(intention)
                if current == wished:
                    return False
                if seen is not None and fingerprint(current) != seen:
                    raise ChangedMeanwhileError(current)
                write(intention, wished)
                announce_project(intention)
            return True

        return save

    return decorate


@saving(naming_in)
def save_naming(intention: Intention, naming: Naming) -> None:
    """Save the name; raises :class:`SameNameError` if another project bears it."""
    check_name(intention, naming.title)
    write_naming(intention, naming)


@saving(reach_in)
def save_reach(intention: Intention, reach: Reach) -> None:
    """Save where the project takes place."""
    write_reach(intention, reach)


@saving(domains_in)
def save_domains(intention: Intention, domains: Domains) -> None:
    """Save the domains and their weights."""
    write_domains(intention, domains)


@saving(square_in)
def save_square(intention: Intention, square: Square) -> None:
    """Save the four weights."""
    write_square(intention, square)


@saving(means_in)
def save_means(intention: Intention, means: Means) -> None:
    """Save what the project seeks and what is brought to it."""
    write_means(intention, means)


@saving(terms_in)
def save_terms(intention: Intention, terms: Terms) -> None:
    """Save types and phase."""
    write_terms(intention, terms)
