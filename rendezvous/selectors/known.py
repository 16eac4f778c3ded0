"""What may be said of a draft without telling anybody's secret.

Two organisations may meet, for the hand that changes a draft, when the site showed them
together or offered them: it never says that two may not. Wishes, refusals and blocks
are not read here (docs/decisions/0186).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from rendezvous.models import Schedule, Session
from rendezvous.scheduling.check import Violation, check
from rendezvous.scheduling.gestures import difference
from rendezvous.scheduling.problem import Candidate, Meeting, Problem
from rendezvous.selectors.frame import frame_of


class Known:
    """The rules that everybody knows of a session, and who was shown with whom."""

    def __init__(self, session: Session, schedule: Schedule) -> None:
        frame = frame_of(session)
        self.frame = frame
        self.pairs = {frozenset(pair) for pair in schedule.reserve}
        self.sizes = (2, 3) if frame.has_trios else (2,)

    def are(self, ids: Iterable[str]) -> bool:
        """Tell whether each of these people was shown with, or offered to, the others."""
        return all(frozenset(pair) in self.pairs for pair in combinations(ids, 2))

    def problem(self, meetings: Iterable[Meeting]) -> Problem:
        """Return the rules, with those of some meetings that may take place."""
        candidates = {
            one.ids: Candidate(one.ids, 0.0)
            for one in meetings
            if len(one.ids) in self.sizes and self.are(one.ids)
        }
        return replace(self.frame.problem, candidates=tuple(candidates.values()))

    def faults(self, meetings: Sequence[Meeting]) -> tuple[Violation, ...]:
        """Return the known rules that some meetings break."""
        return check(self.problem(meetings), meetings)

    def new_faults(
        self, before: Sequence[Meeting], after: Sequence[Meeting]
    ) -> list[Violation]:
        """Return the rules that ``after`` breaks and ``before`` did not.

        Who left since is no reason to refuse another gesture.
        """
        before, after = _concerned(before, after)
        problem = self.problem([*before, *after])
        there = set(problem.by_id)
        old = set(check(problem, [one for one in before if there.issuperset(one.ids)]))
        found = check(problem, [one for one in after if there.issuperset(one.ids)])
        strange = [
            one for one in after if one not in before and not there.issuperset(one.ids)
        ]
        return [one for one in (*found, *check(problem, strange)) if one not in old]

    def there(self, meetings: Sequence[Meeting]) -> list[Meeting]:
        """Keep the meetings whose people all still come."""
        ids = set(self.frame.problem.by_id)
        return [one for one in meetings if ids.issuperset(one.ids)]


def _concerned(
    before: Sequence[Meeting], after: Sequence[Meeting]
) -> tuple[list[Meeting], list[Meeting]]:
    """Keep the meetings that share somebody, or a table, with what changes."""
    gone, come = difference(before, after)
    ids = {name for one in (*gone, *come) for name in one.ids}
    places = {(one.round, one.table) for one in (*gone, *come)}

    def is_near(one: Meeting) -> bool:
        return not ids.isdisjoint(one.ids) or (one.round, one.table) in places

    return [one for one in before if is_near(one)], [
        one for one in after if is_near(one)
    ]
