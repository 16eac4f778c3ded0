"""Who takes part in a collective process, and who may carry an action."""

from accounts.policy import Person, visible
from alliances.enums import Part
from alliances.models import Organisation, OrganisationQuerySet
from alliances.search_words import search_words
from rendezvous.models import GroupMember, Process, ProcessAction, ProcessGroup

FOUND = 10


def asked_to_carry(process: Process, viewer: Person) -> list[ProcessAction]:
    """Return the actions that one's organisations are asked to carry."""
    if not viewer.is_authenticated:
        return []
    mine = Organisation.objects.active().filter(memberships__user=viewer.pk)
    rows = ProcessAction.objects.filter(
        process=process, carrier__in=mine.values("pk"), carrier_agreed_at=None
    )
    found = visible(viewer, rows).select_related("carrier")
    return list(found.defer("carrier__search_vector").order_by("pk"))


def possible_carriers(process: Process, viewer: Person) -> list[Organisation]:
    """Return the organisations of the groups, for whom an action may be."""
    groups = ProcessGroup.objects.filter(process=process)
    rows = visible(viewer, GroupMember.objects.filter(group__in=groups.values("pk")))
    found = Organisation.objects.active().filter(pk__in=rows.values("organisation"))
    return list(visible(viewer, found).for_list().order_by("search_key", "pk"))


def participants_of(group: ProcessGroup, viewer: Person) -> list[Organisation]:
    rows = visible(viewer, GroupMember.objects.filter(group=group))
    found = Organisation.objects.filter(pk__in=rows.values("organisation"))
    return list(visible(viewer, found).for_list().order_by("search_key", "pk"))


def to_take_part(
    group: ProcessGroup, viewer: Person, words: str
) -> OrganisationQuerySet:
    """Return those that a catalyst may add, found by name; nothing without a word."""
    sought = search_words(words)
    found = Organisation.objects.active().showing(Part.PLACES)
    if not sought:
        return found.none()
    for number, word in enumerate(sought, start=1):
        found = found.writing(word, is_last=number == len(sought))
    inside = visible(viewer, GroupMember.objects.filter(group=group))
    found = found.exclude(pk__in=inside.values("organisation"))
    return visible(viewer, found).for_list().order_by("search_key", "pk")[:FOUND]
