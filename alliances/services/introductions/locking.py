"""The lock under which two organisations answer each other."""

from alliances.models import Organisation


def lock_pair(one_id: int, other_id: int) -> tuple[Organisation, Organisation]:
    """Lock both organisations, always in the same order; return them in that order.

    Whoever counts the introductions of an organisation, or opens one, holds its lock:
    a budget is never spent twice. The lock lets rows that refer to them be written.
    """
    both = Organisation.objects.filter(pk__in=(one_id, other_id)).order_by("pk")
    low, high = both.select_for_update(no_key=True)
    return low, high
