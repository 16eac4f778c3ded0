"""What one person has not read yet of the conversations that they may read."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.policy import Person, visible
from alliances.models import Introduction, Message, Reading


def unread_messages(person: Person) -> QuerySet[Message]:
    """Return what others wrote since ``person`` last read each conversation."""
    read = Reading.objects.filter(
        user=person.pk,
        conversation=OuterRef("conversation"),
        read_at__gte=OuterRef("sent_at"),
    )
    written = Message.objects.filter(withdrawn_at=None).exclude(author=person.pk)
    return written.filter(~Exists(read))


def unread_count(person: Person) -> Combinable:
    """Return, as a column of introductions, how many messages ``person`` has not read."""
    mine = unread_messages(person).filter(conversation__introduction=OuterRef("pk"))
    counted = mine.order_by().values("conversation").annotate(count=Count("pk"))
    return Coalesce(counted.values("count"), 0, output_field=IntegerField())


def unread_conversations(person: Person, organisations: Iterable[int]) -> Counter[int]:
    """Count, by organisation of the person, the conversations with something unread."""
    unread = unread_messages(person).values("conversation__introduction")
    rows = visible(person, Introduction.objects.filter(pk__in=unread))
    own = set(organisations)
    sides = rows.values_list("low", "high")
    return Counter(side for pair in sides for side in pair if side in own)
