"""The documents of a session, as their page lists them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy import Person, visible
from rendezvous.enums import EARLY_SHEETS, LONG_SHEETS, SheetKind
from rendezvous.models import Printout, Schedule, Session

ABOUT: dict[str, Promise] = {
    SheetKind.PROGRAMMES: _("Une feuille A4 par programme, avec de quoi noter."),
    SheetKind.BOOKLETS: _(
        "Un livret par programme\u202f: une feuille A4 recto verso, à plier en deux."
    ),
    SheetKind.BADGES: _(
        "Dix par feuille A4, de 85 × 54 mm, à couper le long des traits."
    ),
    SheetKind.SIGNING: _("Qui est attendu, dans l’ordre alphabétique, et où signer."),
    SheetKind.CARDS: _(
        "Une feuille A4 par table, à plier en chevalet\u202f: son numéro, puis qui s’y "
        "retrouve à chaque tour."
    ),
    SheetKind.GRID: _("Toutes les tables et tous les tours, en A3 à l’horizontale."),
    SheetKind.COMMITMENTS: _(
        "Quatre par feuille A4, une par rencontre, rangées par table\u202f: ce que l’on "
        "se promet, et deux signatures."
    ),
    SheetKind.WORKBOOK: _(
        "Par tour, par participant, et les présences, pour un tableur."
    ),
}


@dataclass(frozen=True)
class Offered:
    """A document of the page; ``printout``: the last one made, of a long one."""

    kind: SheetKind
    is_long: bool
    printout: Printout | None = None

    @property
    def is_early(self) -> bool:
        """Tell whether it is of use before a programme is published."""
        return self.kind in EARLY_SHEETS

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def about(self) -> str:
        return str(ABOUT[self.kind])


def offered(
    session: Session, schedule: Schedule | None, viewer: Person, now: dt.datetime
) -> list[Offered]:
    """Return every document; of the long ones, what was made of this programme."""
    rows = Printout.objects.kept(now).filter(session=session, schedule=schedule)
    made = {one.kind: one for one in visible(viewer, rows.defer("content"))}
    return [Offered(kind, kind in LONG_SHEETS, made.get(kind)) for kind in SheetKind]
