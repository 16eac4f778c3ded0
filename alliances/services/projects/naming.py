from alliances.models import Intention
from territories.search_text import search_key


class SameNameError(Exception):
    """Another project of the organisation bears this name; nothing was written."""

    def __init__(self, other: Intention) -> None:
        super().__init__("this name is taken in the organisation")
        self.other = other


def name_key(title: str) -> str:
    """Return what two names that people would take for one have in common."""
    return search_key(title) or title.casefold()


def namesake(organisation_id: int, title: str, *, besides: int = 0) -> Intention | None:
    """Return the project that bears ``title``, accents and case aside.

    A closed one gives its name up. The organisation is locked by the caller.
    """
    rows = Intention.objects.filter(organisation=organisation_id).exclude(pk=besides)
    key = name_key(title)
    for row in rows.exclude(state=Intention.State.CLOSED).exclude(title=""):
        if name_key(row.title) == key:
            return row
    return None


def check_name(intention: Intention, title: str) -> None:
    """Refuse a name that another project bears; no name at all is never taken."""
    other = namesake(intention.organisation_id, title, besides=intention.pk)
    if title and other is not None:
        raise SameNameError(other)
