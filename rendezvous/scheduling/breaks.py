"""Requested meetings placed in slots with the fewest breaks (the public B2B instances).

The meetings are given; what is free is when. A break is an idle period of a participant
between two of its meetings, however long; two participants differ by at most two.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import isfinite

from ortools.sat.python import cp_model

from rendezvous.scheduling.problem import (
    Deadline,
    Facts,
    Meeting,
    Reason,
    Status,
    no_deadline,
)
from rendezvous.scheduling.requested import (
    UNEVEN,
    Arrangement,
    RequestedMeetings,
    breaks_of,
)


def arrange(
    problem: RequestedMeetings, seed: int = 1, deadline: Deadline = no_deadline
) -> Arrangement:
    """Place the requested meetings with the fewest breaks.

    CP-SAT follows unsatisfiable cores, without linear relaxation and with two implied
    rules: without these three, it finds nothing good in a minute.
    """
    impossible = obstacles(problem)
    if impossible:
        return Arrangement(Status.INFEASIBLE, (), None, 0, impossible)
    model = _Model(problem)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.optimize_with_core = True
    solver.parameters.linearization_level = 0
    left = deadline()
    if isfinite(left):
        solver.parameters.max_time_in_seconds = max(0.01, left)
    outcome = solver.solve(model.model)
    if outcome == cp_model.INFEASIBLE:
        return Arrangement(Status.INFEASIBLE, (), None, 0, (Reason("no_arrangement"),))
    if outcome not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        late = (Reason("not_found_in_time"),)
        return Arrangement(Status.FEASIBLE, (), None, 0, late)
    status = Status.OPTIMAL if outcome == cp_model.OPTIMAL else Status.FEASIBLE
    meetings = model.meetings(solver)
    breaks = sum(breaks_of(meetings).values())
    return Arrangement(status, meetings, breaks, round(solver.best_objective_bound))


def obstacles(problem: RequestedMeetings) -> tuple[Reason, ...]:
    """Tell what makes a day impossible at first sight: more meetings than slots."""
    asked = Counter(name for one in problem.requests for name in one.ids)
    found = []
    room = problem.tables * problem.slots
    if len(problem.requests) > room:
        facts: Facts = {"meetings": len(problem.requests), "tables": problem.tables}
        facts |= {"slots": problem.slots, "room": room}
        found.append(Reason("too_many_meetings", facts))
    for name, n in sorted(asked.items()):
        open_slots = problem.slots - len(problem.away.get(name, frozenset()))
        if n > open_slots:
            facts_of: Facts = {"id": name, "meetings": n, "slots": open_slots}
            found.append(Reason("too_many_meetings_of_one", facts_of))
    return tuple(found)


class _Model:
    """The variables: where each meeting is, who is busy when, where breaks end."""

    def __init__(self, problem: RequestedMeetings) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.at = [
            {slot: self.model.new_bool_var("") for slot in problem.slots_of(one)}
            for one in problem.requests
        ]
        for places in self.at:
            self.model.add_exactly_one(places.values())
        self.of: dict[str, list[int]] = {}
        for position, one in enumerate(problem.requests):
            for name in one.ids:
                self.of.setdefault(name, []).append(position)
        busy = {name: self._busy(found) for name, found in self.of.items()}
        self._share_tables(busy.values())
        breaks = [self._breaks(slots) for slots in busy.values()]
        self._keep_even(breaks)
        self.model.minimize(sum(sum(found) for found in breaks))

    def _busy(self, meetings: list[int]) -> list[cp_model.IntVar]:
        """Tell when a participant is busy: never twice, as often as it has meetings."""
        busy = []
        for slot in range(1, self.problem.slots + 1):
            is_busy = self.model.new_bool_var("")
            here = [self.at[m][slot] for m in meetings if slot in self.at[m]]
            self.model.add(sum(here) == is_busy)
            busy.append(is_busy)
        self.model.add(sum(busy) == len(meetings))
        return busy

    def _share_tables(self, busy: Iterable[list[cp_model.IntVar]]) -> None:
        rows = list(busy)
        for slot in range(1, self.problem.slots + 1):
            here = [places[slot] for places in self.at if slot in places]
            self.model.add(sum(here) <= self.problem.tables)
            people = [row[slot - 1] for row in rows]
            self.model.add(sum(people) <= 2 * self.problem.tables)

    def _breaks(self, busy: list[cp_model.IntVar]) -> list[cp_model.IntVar]:
        """Mark the slots that end a break: idle, busy next, busy sometime before."""
        before, found = busy[0], []
        for now, after in pairwise(busy[1:]):
            ends = self.model.new_bool_var("")
            self.model.add_bool_or(~before, now, ~after, ends)
            self.model.add_implication(ends, before)
            self.model.add_implication(ends, ~now)
            self.model.add_implication(ends, after)
            found.append(ends)
            before = self._either(before, now)
        return found

    def _either(self, one: cp_model.IntVar, other: cp_model.IntVar) -> cp_model.IntVar:
        made = self.model.new_bool_var("")
        self.model.add_bool_or(~made, one, other)
        self.model.add_implication(one, made)
        self.model.add_implication(other, made)
        return made

    def _keep_even(self, breaks: list[list[cp_model.IntVar]]) -> None:
        """Let two participants differ by two breaks; who has one meeting has none."""
        fewest = self.model.new_int_var(0, self.problem.slots, "")
        if any(len(found) <= 1 for found in self.of.values()):
            self.model.add(fewest == 0)
        for found in breaks:
            self.model.add(sum(found) >= fewest)
            self.model.add(sum(found) <= fewest + UNEVEN)

    def meetings(self, solver: cp_model.CpSolver) -> tuple[Meeting, ...]:
        """Read the slots, and give tables in order."""
        used: Counter[int] = Counter()
        found = []
        for one, places in zip(self.problem.requests, self.at, strict=True):
            slot = next(slot for slot, var in places.items() if solver.value(var))
            used[slot] += 1
            found.append(Meeting(slot, used[slot], one.ids))
        return tuple(sorted(found))
