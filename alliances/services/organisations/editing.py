"""What every save shares: one lock, no silent overwrite, one announcement."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from alliances import signals
from alliances.description.parts import Part, fingerprint
from alliances.identifiers.checks import Identifier
from alliances.models import Intention, Organisation


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


def lock_for(
    organisation_id: int,
    wished: Part,
    *,
    read: Callable[[Organisation], Part],
    seen: str | None,
) -> tuple[Organisation, bool]:
    """Lock the organisation; tell whether ``wished`` differs from what is stored.

    ``seen`` is the fingerprint of what the person was shown, None to overwrite.

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
