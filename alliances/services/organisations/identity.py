from alliances.description.parts import Identity
from alliances.enums import SUB_KINDS_OF, size_of
from alliances.models import Organisation
from alliances.selectors.parts import identity_of
from alliances.services.organisations.editing import saving

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


@saving(identity_of)
def save_identity(organisation: Organisation, identity: Identity) -> None:
    """Save who the organisation is."""
    write_identity(organisation, identity)


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
