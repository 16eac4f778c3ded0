"""Sessions for the tests: small ones drawn by Hypothesis, and one by hand."""

from itertools import combinations

from hypothesis import strategies as st

from rendezvous.scheduling.problem import Candidate, Participant, Problem, Quota

KINDS = ("association", "company", "local_authority")


def pairs_of(people, value=1.0):
    return tuple(
        Candidate((a.id, b.id), value)
        for a, b in combinations(people, 2)
        if a.kind != b.kind
    )


def square(n, *, rounds, tables, **rest):
    """Return a session of n associations and n companies, all pairs of value 1."""
    people = tuple(Participant(f"{k[0]}{i}", k) for k in KINDS[:2] for i in range(n))
    candidates = pairs_of(people)
    return Problem(
        rounds=rounds, tables=tables, participants=people, candidates=candidates, **rest
    )


@st.composite
def participants(draw, rounds, tables):
    sizes = draw(st.tuples(*[st.integers(0, 6)] * 3))
    found = []
    for kind, size in zip(KINDS, sizes, strict=True):
        for i in range(size):
            first = draw(st.integers(1, rounds))
            table = draw(st.none() | st.integers(1, tables)) if tables else None
            found.append(
                Participant(
                    f"{kind[0]}{i}",
                    kind,
                    first=draw(st.sampled_from((1, 1, first))),
                    last=draw(st.none() | st.integers(first, rounds)),
                    table=draw(st.sampled_from((None, None, table))),
                    maximum=draw(st.none() | st.integers(0, rounds)),
                    away=draw(st.frozensets(st.integers(1, rounds), max_size=1)),
                )
            )
    return tuple(found)


@st.composite
def quotas(draw):
    kind, other = draw(st.permutations(KINDS))[:2]
    return Quota(
        kind, other, draw(st.integers(0, 2)), draw(st.none() | st.integers(0, 2))
    )


@st.composite
def sessions(draw):
    """Draw a session with noes, windows, hosts, tables of three, minima out of reach."""
    rounds, tables = draw(st.integers(1, 6)), draw(st.integers(0, 5))
    people = draw(participants(rounds, tables))
    values = st.sampled_from((0.0, 0.1, 0.5, 0.9, 1.0))
    names = [one.id for one in people]
    groups = list(combinations(names, 2))
    triples = draw(st.lists(st.sampled_from(list(combinations(names, 3)) or [()])))
    chosen = {ids for ids in triples if ids}
    refused = draw(st.sampled_from(("none", "some", "all")))
    forbidden = {
        "none": [],
        "some": draw(st.lists(st.sampled_from(groups), max_size=5)) if groups else [],
        "all": groups,
    }[refused]
    kinds = draw(st.none() | st.just(frozenset({frozenset(KINDS[:2])})))
    return Problem(
        rounds=rounds,
        tables=tables,
        participants=people,
        candidates=tuple(
            Candidate(ids, draw(values)) for ids in (*groups, *sorted(chosen))
        ),
        forbidden=frozenset(frozenset(pair) for pair in forbidden),
        kinds=kinds,
        minimum=draw(st.integers(0, 7)),
        maximum=draw(st.none() | st.integers(0, 7)),
        quotas=tuple(draw(st.lists(quotas(), max_size=2))),
        spread=draw(st.none() | st.integers(0, 2)),
        buffer=draw(st.sampled_from((0, 0, 1))),
        floor=draw(st.sampled_from((0.0, 0.9))),
        closed=draw(
            st.frozensets(
                st.tuples(st.integers(1, rounds), st.integers(1, max(1, tables))),
                max_size=3 if tables else 0,
            )
        ),
    )
