"""What a first message may say of an organisation: what its reader may read."""

from collections.abc import Iterable

from accounts.policy import Person
from alliances.correspondence.drafts import Side
from alliances.models import Organisation
from alliances.selectors.profile import profile


def side_of(organisation: Organisation, person: Person) -> Side:
    """Return ``organisation`` in words, in the parts that ``person`` may read."""
    read = profile(organisation, person)
    needs = [line for project in read.projects for line in project.needs]
    offers = [line for project in read.projects for line in project.offers]
    domains = [name for project in read.projects for name in project.domains]
    return Side(
        name=organisation.name,
        kind=organisation.kind,
        place=str(read.seat) if read.seat else "",
        seeks=_once(line.get_means_display() for line in needs),
        offers=_once(line.get_means_display() for line in offers),
        domains=tuple(dict.fromkeys(domains)),
    )


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(label) for label in labels))
