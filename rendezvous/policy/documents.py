"""Documents: those of the room are its catalyst's; of programmes, each has their own."""

from accounts.policy import Access, Person, Rows, route, rows
from rendezvous.enums import LONG_SHEETS, SheetKind
from rendezvous.models import Printout
from rendezvous.policy.participants import ORGANISATION
from rendezvous.policy.sessions import ORGANISE, SESSION, organised_by

LONG = "=" + "|".join(LONG_SHEETS)
SHORT = "=" + "|".join(kind for kind in SheetKind if kind not in LONG_SHEETS)


@rows(Printout)
def printouts(person: Person, queryset: Rows) -> Rows:
    """Names of everybody are in them: they are the catalyst's."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(session__in=organised_by(person))


route(
    "rendezvous:document_list",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
)
for _name, _kinds in (
    ("document_detail", SHORT),
    ("document_request", LONG),
    ("document_progress", LONG),
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
        kind=_kinds,
    )
route(
    "rendezvous:printout_download",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
    printout_id="rendezvous.Printout",
)
for _name in ("programme_sheet", "programme_booklet", "programme_agenda"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission="rendezvous.register_organisation",
        session_id=SESSION,
        public_id=ORGANISATION,
    )
