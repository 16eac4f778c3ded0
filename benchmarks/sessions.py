"""Synthetic sessions of the performance page: kinds, wishes, noes, windows, hosts."""

import numpy as np

from rendezvous.scheduling.problem import Candidate, Participant, Problem

KINDS = ("association", "company", "local_authority")
TOPICS = 8
NO_SHARE, LATE_SHARE, EARLY_SHARE, HOST_SHARE = 0.01, 0.15, 0.15, 0.1
WISHES = 6


def session(sizes, rounds, tables, *, seed=0, windows=True):
    """Draw a session: people of one, two or three kinds who meet across kinds.

    A value is between 0 and 1: what two people seek and offer agrees on, raised by the
    wishes of either. One pair in a hundred refuses to meet; 15 % arrive late, 15 % leave
    early; a tenth of the tables have a host. Each is guaranteed half of the mean number
    of seats.
    """
    draws = np.random.default_rng(seed)
    kind = np.repeat(np.arange(len(sizes)), sizes)
    value = _values(draws, kind)
    across = np.triu(kind[:, None] != kind[None, :])
    rows, columns = np.nonzero(across)
    names = [f"p{i + 1}" for i in range(len(kind))]
    refused = draws.random(len(rows)) < NO_SHARE
    people = _people(draws, kind, names, (rounds, tables), windows=windows)
    return Problem(
        rounds=rounds,
        tables=tables,
        participants=people,
        candidates=tuple(
            Candidate((names[a], names[b]), round(float(value[a, b]), 6))
            for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
        ),
        forbidden=frozenset(
            frozenset((names[a], names[b]))
            for a, b in zip(rows[refused], columns[refused], strict=True)
        ),
        kinds=frozenset(frozenset((a, b)) for a in KINDS for b in KINDS if a < b),
        minimum=int(min(rounds, 2 * tables * rounds / len(kind)) / 2),
    )


def _values(draws, kind):
    n = len(kind)
    seeks, offers = draws.dirichlet(np.full(TOPICS, 0.5), size=(2, n))
    agreement = np.sqrt((seeks @ offers.T) * (offers @ seeks.T))
    value = 0.2 + 0.5 * agreement / agreement.max() + 0.1 * draws.random((n, n))
    for i in range(n):
        others = np.flatnonzero(kind != kind[i])
        chosen = draws.choice(others, size=min(WISHES, len(others)), replace=False)
        value[i, chosen] += 0.1
        value[chosen, i] += 0.1
    return np.minimum(1.0, (value + value.T) / 2)


def _people(draws, kind, names, size, *, windows):
    rounds, tables = size
    drawn = draws.random(len(kind)) if windows else np.ones(len(kind))
    hosts = draws.permutation(len(kind))[: int(tables * HOST_SHARE)]
    table = {int(i): position + 1 for position, i in enumerate(hosts)}
    quarter = max(1, rounds // 4)
    return tuple(
        Participant(
            id=name,
            kind=KINDS[kind[i]],
            first=1 + (quarter if drawn[i] < LATE_SHARE else 0),
            last=rounds - (quarter if 1 - EARLY_SHARE <= drawn[i] < 1 else 0),
            table=table.get(i),
        )
        for i, name in enumerate(names)
    )


INSTANCES = {
    "20x20x8": ((20, 20), 8, 16),
    "60x60x10": ((60, 60), 10, 50),
    "150-100-50x12t80": ((150, 100, 50), 12, 80),
    "500x15t200": ((220, 180, 100), 15, 200),
}


def round_robin(board):
    """Turn the circle: everybody moves on by one place, whatever the values are."""
    n, chosen = board.n_participants, np.full(len(board.candidates), -1)
    pairs = {tuple(sorted(row[:2])): e for e, row in enumerate(board.takes.tolist())}
    circle = list(range(n + n % 2))
    for r in range(board.n_rounds):
        left = int(board.capacity[r])
        for a, b in zip(circle[: len(circle) // 2], reversed(circle), strict=False):
            e = pairs.get((min(a, b), max(a, b)))
            if e is not None and left and board.free[[a, b], r].all():
                chosen[e] = r
                left -= 1
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return chosen
