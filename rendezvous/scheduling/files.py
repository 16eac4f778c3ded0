"""A session as a file: JSON in, JSON out (docs/interchange.md)."""

import json
from dataclasses import replace
from itertools import chain
from typing import Any

from rendezvous.scheduling.check import Rule, check
from rendezvous.scheduling.problem import (
    Candidate,
    Meeting,
    Pair,
    Participant,
    Problem,
    Quota,
)
from rendezvous.scheduling.refusals import Fault, Refusal, RefusedError
from rendezvous.scheduling.values import MOST, Reader

SESSION = frozenset(
    [
        "rounds",
        "tables",
        "seed",
        "participants",
        "pairs",
        "triples",
        "forbidden",
        "kinds",
        "min",
        "max",
        "quotas",
        "locked",
        "previous",
        "open_from",
        "closed",
        "buffer",
        "spread",
        "floor",
        "waiting",
    ]
)
PARTICIPANT = frozenset(["id", "kind", "from", "until", "table", "min", "max", "away"])
PAIR = frozenset(["a", "b", "value"])
TRIPLE = frozenset(["ids", "value"])
MEETING = frozenset(["round", "table", "ids"])
QUOTA = frozenset(["kind", "other", "min", "max"])
SIZE_FAULTS = {
    (2,): Fault.NOT_TWO,
    (3,): Fault.NOT_THREE,
    (2, 3): Fault.NOT_TWO_OR_THREE,
}
MOST_ROUNDS, MOST_TABLES, MOST_PEOPLE = 200, 2_000, 3_000


def read_session(text: str) -> tuple[Problem, int | None]:
    """Read a problem and its seed from JSON.

    Raises
    ------
    RefusedError
        With all that is wrong.
    """
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise RefusedError([Refusal(1, "", "", Fault.SYNTAX, "depth")]) from error
    except json.JSONDecodeError as error:
        wrong = Refusal(error.lineno, str(error.colno), "", Fault.SYNTAX, error.msg)
        raise RefusedError([wrong]) from error
    except ValueError as error:  # a number of thousands of digits
        raise RefusedError([Refusal(1, "", "", Fault.SYNTAX, "digits")]) from error
    reader = Reader()
    row = reader.table(data, "", SESSION)
    seed = reader.whole(row.get("seed"), "seed", 0, 2**31)
    problem = _problem(reader, row)
    if reader.refusals or problem is None:
        raise RefusedError(reader.refusals)
    return problem, seed


def _problem(reader: Reader, row: dict[str, Any]) -> Problem | None:
    rounds = reader.whole(reader.required(row, "rounds", ""), "rounds", 1, MOST_ROUNDS)
    tables = reader.whole(reader.required(row, "tables", ""), "tables", 0, MOST_TABLES)
    people = _participants(reader, row.get("participants"), rounds, tables)
    if rounds is None or tables is None:
        return None
    known = {one.id for one in people}
    problem = Problem(
        rounds=rounds,
        tables=tables,
        participants=people,
        candidates=_candidates(reader, row, known),
        forbidden=_forbidden(reader, row.get("forbidden"), known),
        kinds=_kinds(reader, row.get("kinds")),
        minimum=reader.whole(row.get("min"), "min") or 0,
        maximum=reader.whole(row.get("max"), "max"),
        quotas=_quotas(reader, row.get("quotas")),
        locked=_meetings(reader, row.get("locked"), "locked", known),
        previous=_meetings(reader, row.get("previous"), "previous", None),
        open_from=reader.whole(row.get("open_from"), "open_from", 1, rounds + 1) or 1,
        closed=_closed(reader, row.get("closed")),
        buffer=reader.whole(row.get("buffer"), "buffer", 0, rounds) or 0,
        spread=reader.whole(row.get("spread"), "spread", 0, rounds),
        floor=reader.number(row.get("floor"), "floor", 1.0) or 0.0,
        waiting=reader.number(row.get("waiting"), "waiting", 1.0) or 0.0,
    )
    if not reader.refusals:
        _refuse_broken_locks(reader, problem)
    return problem


def _participants(
    reader: Reader, value: Any, rounds: int | None, tables: int | None
) -> tuple[Participant, ...]:
    last, seats = rounds or MOST_ROUNDS, tables or MOST_TABLES
    found: dict[str, Participant] = {}
    for path, item in reader.items(value, "participants"):
        row = reader.table(item, path, PARTICIPANT)
        name = reader.text(reader.required(row, "id", path), f"{path}.id")
        if name is None:
            continue
        if name in found:
            reader.refuse(f"{path}.id", name, Fault.TWICE)
        one = _participant(reader, row, path, (last, seats))
        found[name] = replace(one, id=name)
    if len(found) > MOST_PEOPLE:
        reader.refuse("participants", len(found), Fault.TOO_MANY, str(MOST_PEOPLE))
    return tuple(found.values())


def _participant(
    reader: Reader, row: dict[str, Any], path: str, sizes: tuple[int, int]
) -> Participant:
    first = reader.whole(row.get("from"), f"{path}.from", 1, MOST) or 1
    until = reader.whole(row.get("until"), f"{path}.until", 0, MOST)
    away = (
        reader.whole(one, at, 1, sizes[0])
        for at, one in reader.items(row.get("away"), f"{path}.away")
    )
    return Participant(
        id="",
        kind=reader.text(row.get("kind"), f"{path}.kind") or "",
        first=first,
        last=until,
        table=reader.whole(row.get("table"), f"{path}.table", 1, sizes[1]),
        minimum=reader.whole(row.get("min"), f"{path}.min"),
        maximum=reader.whole(row.get("max"), f"{path}.max"),
        away=frozenset(one for one in away if one is not None),
    )


def _candidates(
    reader: Reader, row: dict[str, Any], known: set[str]
) -> tuple[Candidate, ...]:
    found: dict[Pair, Candidate] = {}
    both = chain(
        reader.items(row.get("pairs"), "pairs"),
        reader.items(row.get("triples"), "triples"),
    )
    for path, item in both:
        is_pair = path.startswith("pairs")
        one = reader.table(item, path, PAIR if is_pair else TRIPLE)
        ids = [one.get("a"), one.get("b")] if is_pair else one.get("ids")
        value = reader.number(reader.required(one, "value", path), f"{path}.value")
        names = _names(reader, ids, path, known, (2,) if is_pair else (3,))
        if frozenset(names) in found:
            reader.refuse(path, names, Fault.TWICE)
        if names and value is not None:
            found[frozenset(names)] = Candidate(names, value)
    return tuple(found.values())


def _names(
    reader: Reader,
    value: Any,
    path: str,
    known: set[str] | None,
    sizes: tuple[int, ...],
) -> tuple[str, ...]:
    """Read who takes part; empty when something is wrong."""
    before = len(reader.refusals)
    names = [reader.text(one, at) for at, one in reader.items(value, path)]
    if len(names) not in sizes or None in names or len(set(names)) < len(names):
        reader.refuse(path, value, SIZE_FAULTS[sizes])
    elif known is not None:
        for name in sorted(name for name in names if name and name not in known):
            reader.refuse(path, name, Fault.UNKNOWN_PARTICIPANT)
    is_right = len(reader.refusals) == before
    return tuple(name for name in names if name is not None) if is_right else ()


def _forbidden(reader: Reader, value: Any, known: set[str]) -> frozenset[Pair]:
    pairs = (
        _names(reader, item, path, known, (2,))
        for path, item in reader.items(value, "forbidden")
    )
    return frozenset(frozenset(pair) for pair in pairs if pair)


def _kinds(reader: Reader, value: Any) -> frozenset[Pair] | None:
    if value is None:
        return None
    found = set()
    for path, item in reader.items(value, "kinds"):
        kinds = [reader.text(one, at) for at, one in reader.items(item, path)]
        if len(kinds) != 2:  # noqa: PLR2004
            reader.refuse(path, item, Fault.NOT_TWO)
        found.add(frozenset(kind for kind in kinds if kind is not None))
    return frozenset(found)


def _quotas(reader: Reader, value: Any) -> tuple[Quota, ...]:
    found = []
    for path, item in reader.items(value, "quotas"):
        row = reader.table(item, path, QUOTA)
        kind = reader.text(reader.required(row, "kind", path), f"{path}.kind")
        other = reader.text(reader.required(row, "other", path), f"{path}.other")
        least = reader.whole(row.get("min"), f"{path}.min") or 0
        most = reader.whole(row.get("max"), f"{path}.max")
        found.append(Quota(kind or "", other or "", least, most))
    return tuple(found)


def _meetings(
    reader: Reader, value: Any, key: str, known: set[str] | None
) -> tuple[Meeting, ...]:
    found = []
    for path, item in reader.items(value, key):
        row = reader.table(item, path, MEETING)
        round_, table = (
            reader.whole(reader.required(row, part, path), f"{path}.{part}", 1)
            for part in ("round", "table")
        )
        ids = _names(reader, row.get("ids"), f"{path}.ids", known, (2, 3))
        if round_ and table and ids:
            found.append(Meeting(round_, table, ids))
    return tuple(found)


def _closed(reader: Reader, value: Any) -> frozenset[tuple[int, int]]:
    found = set()
    for path, item in reader.items(value, "closed"):
        cell = [reader.whole(one, at, 1) for at, one in reader.items(item, path)]
        if len(cell) != 2:  # noqa: PLR2004
            reader.refuse(path, item, Fault.NOT_TWO)
        elif cell[0] and cell[1]:
            found.add((cell[0], cell[1]))
    return frozenset(found)


def _refuse_broken_locks(reader: Reader, problem: Problem) -> None:
    """Refuse locked meetings that break a rule: no schedule could keep them."""
    for broken in check(problem, problem.locked):
        if broken.rule is not Rule.NOT_A_CANDIDATE:
            where = [broken.round, broken.table, *broken.ids]
            reader.refuse("locked", where, Fault.BROKEN, broken.rule)
