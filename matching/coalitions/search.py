"""The best coalition by branch and bound, with what nothing can exceed.

Best first: the node with the highest bound is opened, its best candidate is taken or
left out. The bound of a node is that of a submodular function: what is covered, plus
the best separate gains of as many candidates as there are seats, each with half of its
best pairs. Work is counted in nodes, never in seconds: the answer is the same on any
machine. When the nodes run out, the highest bound still open is returned with it.
"""

import heapq
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np

from matching.coalitions.problem import (
    DECIMALS,
    Booleans,
    Floats,
    Integers,
    Problem,
    value_of,
)

EPSILON = 10.0**-DECIMALS
STARTS = 12
"""First members tried before the search proper: something good to beat."""


@dataclass(frozen=True)
class Found:
    """A coalition and what no coalition of the problem exceeds.

    Attributes
    ----------
    rows : tuple of int
        Members, in increasing order.
    value, bound : float
        ``value <= bound``; equal to nine decimals when it is proven the best.
    """

    rows: tuple[int, ...]
    value: float
    bound: float

    @property
    def is_exact(self) -> bool:
        """Whether nothing better exists."""
        return self.bound - self.value <= EPSILON


@dataclass(frozen=True)
class _Node:
    size: int
    chosen: tuple[int, ...]
    candidates: Integers


@dataclass(frozen=True)
class _Opened:
    """A node and its bound; ``order`` sorts its candidates, the best first."""

    node: _Node
    bound: float
    order: Integers


@dataclass
class _Search:
    """What does not change while a problem is searched, and the best so far."""

    problem: Problem
    shared: int
    earlier: list[Booleans]
    covers: Floats
    allowed: Booleans
    pairs: Floats
    best_pairs: Floats
    is_member: Booleans
    best: tuple[int, ...] = ()
    value: float = -np.inf
    spent: int = 0
    waiting: list[tuple[float, int, _Opened]] = field(default_factory=list)


def best_coalition(
    problem: Problem,
    *,
    nodes: int,
    earlier: Collection[Collection[int]] = (),
    shared: int = 0,
) -> Found | None:
    """Find the coalition of highest value.

    Parameters
    ----------
    problem : Problem
        The candidates; their order changes nothing.
    nodes : int
        How many nodes may be opened; the answer is exact if they suffice.
    earlier : collection of collections of int
        Coalitions already shown.
    shared : int
        How many organisations outside the group may be in each earlier one.

    Returns
    -------
    Found or None
        None when nobody may sit together.

    Notes
    -----
    One node costs time in n × items; memory grows with the nodes.
    """
    order = np.argsort(np.array(problem.public_ids, dtype=np.str_), kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    search = _prepare(
        _reordered(problem, order, place),
        earlier=[[int(place[row]) for row in rows] for rows in earlier],
        shared=shared,
    )
    for size in search.problem.sizes:
        _start(search, size)
    _run(search, nodes)
    if not search.best:
        return None
    still_open = [-entry[0] for entry in search.waiting]
    bound = max([search.value, problem.ceiling, *still_open])
    return Found(tuple(sorted(int(order[r]) for r in search.best)), search.value, bound)


def _reordered(problem: Problem, order: Integers, place: Integers) -> Problem:
    """Put the candidates in the order of their names, so that it changes nothing."""
    return replace(
        problem,
        public_ids=tuple(problem.public_ids[row] for row in order),
        organisation=problem.organisation[order],
        covers=problem.covers[order],
        agreement=problem.agreement[np.ix_(order, order)],
        may_lead=problem.may_lead[order],
        group=tuple(sorted(int(place[row]) for row in problem.group)),
    )


def _prepare(problem: Problem, *, earlier: list[list[int]], shared: int) -> _Search:
    n, most = len(problem), problem.largest
    pairs = np.nan_to_num(problem.agreement)
    highest = -np.sort(-pairs, axis=1)[:, : most - 1]
    best_pairs = np.zeros((n, most + 1))
    best_pairs[:, 1 : highest.shape[1] + 1] = np.cumsum(highest, axis=1)
    best_pairs[:, highest.shape[1] + 1 :] = best_pairs[:, [highest.shape[1]]]
    is_member = np.zeros(n, bool)
    is_member[list(problem.group)] = True
    organisation = problem.organisation
    return _Search(
        problem=problem,
        shared=shared,
        earlier=[np.isin(organisation, organisation[rows]) for rows in earlier],
        covers=problem.covers.astype(np.float64),
        allowed=~np.isnan(problem.agreement),
        pairs=pairs,
        best_pairs=best_pairs,
        is_member=is_member,
    )


def _start(search: _Search, size: int) -> None:
    group = search.problem.group
    beside = ~search.is_member & search.allowed[list(group)].all(axis=0)
    root = _Node(size, group, _apart(search, group, np.flatnonzero(beside)))
    opened = _open(search, root)
    if opened is None:
        return
    if size - len(group) > 1:
        for at in opened.order[:STARTS]:
            _climb(search, _with(search, root, int(root.candidates[at])))
    _push(search, root)


def _climb(search: _Search, node: _Node) -> None:
    """Fill the seats with the best candidate each time: a first value to beat."""
    while opened := _open(search, node):
        if len(node.chosen) + 1 >= node.size:
            return
        node = _with(search, node, int(node.candidates[opened.order[0]]))


def _run(search: _Search, nodes: int) -> None:
    while search.waiting and search.spent < nodes:
        bound, _turn, opened = heapq.heappop(search.waiting)
        if -bound <= search.value + EPSILON:
            search.waiting.clear()
            return
        node = opened.node
        taken = int(node.candidates[opened.order[0]])
        rest = np.delete(node.candidates, opened.order[0])
        _push(search, _with(search, node, taken))
        _push(search, replace(node, candidates=rest))


def _push(search: _Search, node: _Node) -> None:
    opened = _open(search, node)
    if opened is None or opened.bound <= search.value + EPSILON:
        return
    if len(node.chosen) + 1 == node.size:
        return  # one seat left: its best value is known
    heapq.heappush(search.waiting, (-opened.bound, search.spent, opened))


def _with(search: _Search, node: _Node, taken: int) -> _Node:
    chosen = (*node.chosen, taken)
    beside = node.candidates[search.allowed[taken, node.candidates]]
    return _Node(node.size, chosen, _apart(search, chosen, beside))


def _apart(search: _Search, chosen: tuple[int, ...], rows: Integers) -> Integers:
    """Leave out those that would share too much with a coalition already shown."""
    added = [row for row in chosen if not search.is_member[row]]
    for theirs in search.earlier:
        if int(theirs[added].sum()) >= search.shared:
            rows = rows[~theirs[rows]]
    return rows


def _open(search: _Search, node: _Node) -> _Opened | None:
    """Bound a node; with one seat left, keep its best coalition if it is better."""
    search.spent += 1
    problem, rows = search.problem, node.candidates
    left = node.size - len(node.chosen)
    leads = bool(problem.may_lead[list(node.chosen)].any())
    if left == 1 and not leads:
        rows = rows[problem.may_lead[rows]]
    if len(rows) < left or not (leads or problem.may_lead[rows].any()):
        return None
    chosen = list(node.chosen)
    covered = problem.covered(chosen)
    share = problem.agreement_weight / (node.size * (node.size - 1) / 2)
    base = (
        float(problem.weights[covered].sum())
        + share * float(np.triu(search.pairs[chosen][:, chosen]).sum())
        - problem.seat_cost * (node.size - problem.smallest)
    )
    missing = problem.weights * ~covered
    links = search.pairs[rows][:, chosen].sum(axis=1)
    links = share * (links + search.best_pairs[rows, left - 1] / 2)
    gains = search.covers[rows] @ missing + links
    order = np.argsort(-gains, kind="stable")
    reachable = float(missing[problem.covers[rows].any(axis=0)].sum())
    highest = np.sort(links)[-left:].sum()
    bound = base + min(float(gains[order[:left]].sum()), reachable + float(highest))
    if left == 1:
        _keep(search, (*node.chosen, int(rows[order[0]])))
    return _Opened(replace(node, candidates=rows), bound, order)


def _keep(search: _Search, rows: tuple[int, ...]) -> None:
    value = value_of(search.problem, sorted(rows))
    if value > search.value + EPSILON:
        search.best, search.value = rows, value
