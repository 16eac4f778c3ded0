"""What every save shares: one lock, no silent overwrite, one announcement."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Protocol, TypeVar

from django.db import IntegrityError, transaction

from alliances import signals
from alliances.description.parts import P, Part, fingerprint
from alliances.identifiers.checks import Identifier
from alliances.models import Intention, Organisation

Wished_contra = TypeVar("Wished_contra", bound=Part, contravariant=True)


class ChangedMeanwhileError(Exception):
    """Somebody else saved this part since the form was shown; nothing was written."""

    def __init__(self, current: Part) -> None:
        super().__init__("the part changed since it was read")
        self.current = current


class DuplicateError(Exception):
    """Another organisation bears this number; nothing was written."""

    def __init__(self, identifier: Identifier) -> None:
        super().__init__(f"this {identifier} is taken")
        self.identifier = identifier


class Save(Protocol[Wished_contra]):
    """A service that saves a part; see :func:`saving`."""

    def __call__(
        self, organisation_id: int, wished: Wished_contra, /, *, seen: str | None = None
    ) -> bool: ...


def saving(
    read: Callable[[Organisation], P],
) -> Callable[[Callable[[Organisation, P], None]], Save[P]]:
    """Make the service that saves a part out of what reads it and what writes it.

    The service tells whether anything changed. ``seen`` is the fingerprint of what the
    person was shown, None to overwrite. It raises :class:`ChangedMeanwhileError` if
    somebody else saved the part since, :class:`DuplicateError` if another organisation
    bears one of the numbers.
    """

    def decorate(write: Callable[[Organisation, P], None]) -> Save[P]:
        @wraps(write)
        def save(organisation_id: int, wished: P, *, seen: str | None = None) -> bool:
            with telling_duplicates_apart(), transaction.atomic():
                organisation, differs = lock_for(
                    organisation_id, wished, read=read, seen=seen
                )
                if differs:
                    write(organisation, wished)
                    announce(organisation)
            return differs

        return save

    return decorate


def lock_for(
    organisation_id: int,
    wished: P,
    *,
    read: Callable[[Organisation], P],
    seen: str | None,
) -> tuple[Organisation, bool]:
    """Lock the organisation; tell whether ``wished`` differs from what is stored.

    Raises
    ------
    ChangedMeanwhileError
        If what is stored is neither what was shown nor what is wished.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    current = read(organisation)
    if current == wished:
        return organisation, False
    if seen is not None and fingerprint(current) != seen:
        raise ChangedMeanwhileError(current)
    return organisation, True


def announce(organisation: Organisation) -> None:
    """Touch the organisation and tell who reads its intentions, in the transaction."""
    organisation.save(update_fields=["updated_at"])
    ids = list(
        Intention.objects.filter(organisation=organisation).values_list("pk", flat=True)
    )
    signals.intentions_changed.send(sender=Organisation, intention_ids=ids)


@contextmanager
def telling_duplicates_apart() -> Iterator[None]:
    """Turn the refusal of a unique number into a :class:`DuplicateError`."""
    try:
        yield
    except IntegrityError as error:
        for identifier in Identifier:
            if f"_{identifier}_is_unique" in str(error):
                raise DuplicateError(identifier) from error
        raise
