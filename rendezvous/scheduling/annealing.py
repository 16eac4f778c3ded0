"""Simulated annealing: moves drawn, kept when they help, less and less when they do not."""

from rendezvous.scheduling.compiled import compiled, entry
from rendezvous.scheduling.listing import NOBODY
from rendezvous.scheduling.moves import (
    chain,
    fits,
    is_open,
    may_swap,
    may_take,
    place,
    swap,
)
from rendezvous.scheduling.state import LOGGED, State, draw, insert, undo, uniform

NOTHING = -1e300
NEGLIGIBLE = -40.0


@entry
def anneal(
    s: State, n_moves: int, between: tuple[float, float], shares: tuple[int, int]
) -> float:
    """Make moves from a hot temperature to a cold one; return how far the score went.

    ``shares`` are those of placing and of exchanging, in percent; the rest makes way by
    a chain.
    """
    moved = 0.0
    hot, cold = between
    ratio = (cold / hot) ** (1.0 / n_moves)
    temperature = hot
    for _ in range(n_moves):
        moved += step(s, temperature, shares)
        temperature *= ratio
    return moved


@compiled
def step(s: State, temperature: float, shares: tuple[int, int]) -> float:
    """Try one move; keep it or take it back."""
    s.counter[LOGGED] = 0
    drawn = draw(s, 100)
    if drawn < shares[0]:
        moved = try_place(s)
    elif drawn < shares[0] + shares[1]:
        moved = try_swap(s)
    else:
        moved = try_make_way(s)
    if moved >= 0.0 or uniform(s) < exponential(moved / temperature):
        return moved
    undo(s)
    return 0.0


@compiled
def exponential(x: float) -> float:
    """Return e to the power of a negative number, 0 where it is negligible."""
    return 2.718281828459045**x if x > NEGLIGIBLE else 0.0


@compiled
def any_candidate(s: State) -> int:
    """Draw somebody, then one of its candidates, the best ones more often."""
    i = draw(s, s.first.shape[0] - 1)
    n = s.first[i + 1] - s.first[i]
    if n == 0:
        return NOBODY
    u = uniform(s)
    return int(s.choices[s.first[i] + int(u * u * n)])


@compiled
def try_place(s: State) -> float:
    """Place a candidate that is not chosen in a round, others giving way."""
    e = any_candidate(s)
    if e < 0 or s.round_of[e] >= 0:
        return NOTHING
    r = draw(s, s.at.shape[1])
    if not is_open(s, e, r):
        return NOTHING
    return place(s, e, r)


@compiled
def try_swap(s: State) -> float:
    """Exchange two rounds along a chain, from somebody's meeting on."""
    i, r = draw(s, s.at.shape[0]), draw(s, s.at.shape[1])
    e, goal = s.at[i, r], draw(s, s.at.shape[1])
    if e < 0 or goal == r:
        return NOTHING
    n = chain(s, e, goal)
    if not may_swap(s, n, r, goal):
        return NOTHING
    return swap(s, n, r, goal)


@compiled
def try_make_way(s: State) -> float:
    """Place a candidate after freeing one of its two people by a chain."""
    e = any_candidate(s)
    if e < 0 or s.round_of[e] >= 0:
        return NOTHING
    seat = draw(s, 2)
    a, b = s.takes[e, seat], s.takes[e, 1 - seat]
    r = free_round(s, a, NOBODY)
    if r < 0 or not s.free[b, r] or s.load[r] >= s.capacity[r]:
        return NOTHING
    moved = leave(s, b, r)
    return moved + insert(s, e, r) if fits(s, e, r) else NOTHING


@compiled
def leave(s: State, i: int, r: int) -> float:
    """Empty a round of somebody by a chain, where that is possible."""
    goal = free_round(s, i, r)
    if s.at[i, r] < 0 or goal < 0:
        return 0.0
    n = chain(s, s.at[i, r], goal)
    return swap(s, n, r, goal) if may_swap(s, n, r, goal) else 0.0


@compiled
def free_round(s: State, i: int, but: int) -> int:
    """Draw a round in which somebody could still meet; ``NOBODY`` when none is hit."""
    start = draw(s, s.at.shape[1])
    for step_ in range(s.at.shape[1]):
        r = int((start + step_) % s.at.shape[1])
        if r != but and may_take(s, i, r):
            return r
    return NOBODY
