from django.db import transaction

from alliances.description.parts import Identity
from alliances.enums import SUB_KINDS_OF, size_of
from alliances.models import Organisation
from alliances.selectors.parts import identity_of
from alliances.services.organisations.editing import (
    announce,
    lock_for,
    telling_duplicates_apart,
)

PLAIN_FIELDS = (
    "name",
    "kind",
    "economic_model",
    "summary",
    "website",
    "siren",
    "siret",
    "rna",
    "staff",
)


def save_identity(
    organisation_id: int, identity: Identity, *, seen: str | None = None
) -> bool:
    """Save who the organisation is; tell whether anything changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved it since ``seen``.
    DuplicateError
        If another organisation bears one of the numbers.
    """
    with telling_duplicates_apart(), transaction.atomic():
        organisation, differs = lock_for(
            organisation_id, identity, read=identity_of, seen=seen
        )
        if differs:
            write_identity(organisation, identity)
            announce(organisation)
    return differs


def write_identity(organisation: Organisation, identity: Identity) -> None:
    """Store the fields; a precision that does not suit the kind is left out."""
    for name in PLAIN_FIELDS:
        setattr(organisation, name, getattr(identity, name))
    suits = identity.sub_kind in SUB_KINDS_OF[identity.kind]
    organisation.sub_kind = identity.sub_kind if suits else ""
    organisation.size = (
        identity.size if identity.staff is None else size_of(identity.staff)
    )
    organisation.sectors = list(identity.sectors)
    organisation.save()
