"""The moves of the search: a meeting placed, a chain of two rounds exchanged.

A *Kempe chain* is everything that two rounds tie together, from one meeting on, through
the people and tables that they share: exchanging the two rounds along it breaks no rule,
and makes room where there was none.
"""

from rendezvous.scheduling.compiled import compiled
from rendezvous.scheduling.encoding import PEOPLE, SEATS
from rendezvous.scheduling.listing import NOBODY
from rendezvous.scheduling.state import STAMP, State, draw, insert, remove

LONGEST = 24


@compiled
def may_take(s: State, i: int, r: int) -> bool:
    """Tell whether one resource can be taken in a round, as things stand."""
    if not s.free[i, r] or s.at[i, r] >= 0:
        return False
    if i < s.most.shape[0] and s.degree[i] >= s.most[i]:
        return False
    return is_apart(s, i, r, NOBODY)


@compiled
def is_apart(s: State, i: int, r: int, leaving: int) -> bool:
    """Tell whether the buffer around a round is free, but for a round that is left."""
    if s.buffer[i] > 0:
        start, end = max(0, r - s.buffer[i]), min(s.at.shape[1], r + s.buffer[i] + 1)
        for near in range(start, end):
            if near not in (r, leaving) and s.at[i, near] >= 0:
                return False
    return True


@compiled
def suits(s: State, e: int) -> bool:
    """Tell whether quotas and earlier meetings at tables of three leave it possible."""
    for seat in range(PEOPLE):
        i = s.takes[e, seat]
        for other in range(PEOPLE):
            j = s.takes[e, other]
            if i >= 0 and j >= 0 and i != j:
                k = s.kind[j]
                if s.degree_of[i, k] >= s.most_of[i, k]:
                    return False
                if s.met.shape[0] > 1 and s.met[i, j] > 0:
                    return False
    return True


@compiled
def fits(s: State, e: int, r: int) -> bool:
    """Tell whether a candidate can be chosen in a round with nothing given up."""
    if s.round_of[e] >= 0 or s.load[r] >= s.capacity[r]:
        return False
    for seat in range(SEATS):
        i = s.takes[e, seat]
        if i >= 0 and not may_take(s, i, r):
            return False
    return suits(s, e)


@compiled
def is_open(s: State, e: int, r: int) -> bool:
    """Tell whether a candidate could be chosen in a round, others giving way."""
    if s.capacity[r] == 0:
        return False
    for seat in range(SEATS):
        i = s.takes[e, seat]
        if i >= 0 and (not s.free[i, r] or (seat < PEOPLE and s.most[i] == 0)):
            return False
    return True


@compiled
def any_round_of(s: State, i: int) -> int:
    """Pick one of the rounds in which a resource is taken."""
    wanted = draw(s, s.degree[i])
    for r in range(s.at.shape[1]):
        if s.at[i, r] >= 0:
            if wanted == 0:
                return r
            wanted -= 1
    return NOBODY


@compiled
def make_room_for(s: State, i: int, r: int) -> float:
    """Give up what keeps one resource from being taken in a round."""
    moved = 0.0
    if s.at[i, r] >= 0:
        moved += remove(s, s.at[i, r])
    if s.buffer[i] > 0:
        start, end = max(0, r - s.buffer[i]), min(s.at.shape[1], r + s.buffer[i] + 1)
        for near in range(start, end):
            if s.at[i, near] >= 0:
                moved += remove(s, s.at[i, near])
    if i < s.most.shape[0] and s.degree[i] >= s.most[i]:
        moved += remove(s, s.at[i, any_round_of(s, i)])
    return moved


@compiled
def place(s: State, e: int, r: int) -> float:
    """Choose a candidate for a round, others giving way; then pair those left over.

    The caller has made sure that it ``is_open``. When quotas stand in the way, nothing
    is chosen and the loss stands: the caller takes it back.
    """
    a, b = s.takes[e, 0], s.takes[e, 1]
    left_a, left_b = companion(s, a, r), companion(s, b, r)
    moved = 0.0
    for seat in range(SEATS):
        if s.takes[e, seat] >= 0:
            moved += make_room_for(s, s.takes[e, seat], r)
    if s.load[r] >= s.capacity[r]:
        moved += remove(s, cheapest(s, r))
    if not suits(s, e):
        return moved
    moved += insert(s, e, r)
    if left_a >= 0 and left_b >= 0 and left_a != left_b:
        other = s.partner[left_a, left_b]
        if other >= 0 and fits(s, other, r):
            moved += insert(s, other, r)
    return moved


@compiled
def companion(s: State, i: int, r: int) -> int:
    """Return whom a participant meets in a round, at a table of two."""
    e = s.at[i, r]
    if e < 0 or s.takes[e, 2] >= 0:
        return NOBODY
    return int(s.takes[e, 1] if s.takes[e, 0] == i else s.takes[e, 0])


@compiled
def cheapest(s: State, r: int) -> int:
    """Return the least valued of three meetings of a round, drawn."""
    best = int(s.held[r, draw(s, s.load[r])])
    for _ in range(2):
        e = int(s.held[r, draw(s, s.load[r])])
        if s.value[e] < s.value[best]:
            best = e
    return best


@compiled
def chain(s: State, e: int, r: int) -> int:
    """Gather in the queue what must move when a meeting changes to a round.

    Returns how many; 0 for a chain too long to be worth it.
    """
    s.counter[STAMP] += 1
    here = s.round_of[e]
    s.queue[0], s.mark[e] = e, s.counter[STAMP]
    read, n = 0, 1
    while read < n:
        f = s.queue[read]
        goal = r if s.round_of[f] == here else here
        for seat in range(SEATS):
            i = s.takes[f, seat]
            if i >= 0:
                g = s.at[i, goal]
                if g >= 0 and s.mark[g] != s.counter[STAMP]:
                    s.queue[n], s.mark[g] = g, s.counter[STAMP]
                    n += 1
        if n > LONGEST:
            return 0
        read += 1
    return n


@compiled
def may_swap(s: State, n: int, here: int, r: int) -> bool:
    """Tell whether a gathered chain may exchange its two rounds."""
    balance = 0
    if n == 0:
        return False
    for position in range(n):
        e = s.queue[position]
        goal = r if s.round_of[e] == here else here
        balance += 1 if goal == r else -1
        for seat in range(SEATS):
            i = s.takes[e, seat]
            if i >= 0 and not may_go(s, i, s.round_of[e], goal):
                return False
    room_there = s.load[r] + balance <= s.capacity[r]
    return bool(room_there and s.load[here] - balance <= s.capacity[here])


@compiled
def may_go(s: State, i: int, start: int, goal: int) -> bool:
    """Tell whether one resource may exchange two rounds."""
    if not s.free[i, goal]:
        return False
    return s.at[i, goal] >= 0 or is_apart(s, i, goal, start)


@compiled
def swap(s: State, n: int, here: int, r: int) -> float:
    """Exchange the two rounds of a gathered chain."""
    moved = 0.0
    for position in range(n):
        e = s.queue[position]
        s.mark[e] = -1 - s.round_of[e]
        moved += remove(s, e)
    for position in range(n):
        e = s.queue[position]
        start = -1 - s.mark[e]
        s.mark[e] = 0
        moved += insert(s, e, r if start == here else here)
    return moved
