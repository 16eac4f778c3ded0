"""Everything that changes an introduction waits for its row.

Locks are taken in one order: organisations, the smallest number first, then the
introduction.
"""

from alliances.models import Introduction, Organisation


class ClosedError(Exception):
    """The introduction is closed: nothing more is written in it."""


def lock_organisation(organisation_id: int) -> None:
    """Hold an organisation, as whoever counts what it does holds it."""
    Organisation.objects.select_for_update(no_key=True).only("pk").get(
        pk=organisation_id
    )


def lock_introduction(introduction_id: int) -> Introduction:
    """Return the introduction, which nobody else changes before this transaction ends."""
    rows = Introduction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("low", "high").get(pk=introduction_id)


def lock_open(introduction_id: int) -> Introduction:
    """Return the introduction, locked.

    Raises
    ------
    ClosedError
        If it is closed.
    """
    introduction = lock_introduction(introduction_id)
    if introduction.state != Introduction.State.OPEN:
        raise ClosedError
    return introduction
