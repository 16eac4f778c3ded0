"""Meetings as the solver reads them: thousands of rows, without a model for each."""

from collections import defaultdict

from django.db.models import QuerySet

from rendezvous.models import Meeting
from rendezvous.scheduling.problem import Meeting as Planned


def planned(rows: QuerySet[Meeting]) -> list[Planned]:
    """Return stored meetings by round and table; who left has no seat any more."""
    people: dict[tuple[int, int], list[str]] = defaultdict(list)
    found = rows.order_by().values_list("round", "table", "seats__attendee")
    for round_, table, attendee in found:
        there = people[round_, table]
        if attendee is not None:
            there.append(str(attendee))
    return [
        Planned(*place, tuple(sorted(ids))) for place, ids in sorted(people.items())
    ]
