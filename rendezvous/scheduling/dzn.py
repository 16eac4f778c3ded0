"""Reading a ``.dzn`` file of the public B2B meeting-scheduling instances."""

import re

from rendezvous.scheduling.refusals import Fault, Refusal, RefusedError
from rendezvous.scheduling.requested import Request, RequestedMeetings

ASSIGNMENT = re.compile(r"([A-Za-z]\w*)\s*=\s*([^;]*);")
SET = re.compile(r"\{([0-9,\s]*)\}")
NUMBERS = re.compile(r"[0-9]+", re.ASCII)
SIZES = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
LISTS = ("requested", "forbidden")
OTHERS = ("meetingsxBusiness", "nMeetingsBusiness", "fixed", "precedences")
MORNING, AFTERNOON, ANY = 1, 2, 3
MOST = 10_000


def read_dzn(text: str) -> RequestedMeetings:
    """Read the requested meetings of an instance.

    Raises
    ------
    RefusedError
        With all that is wrong. Precedences between meetings are refused: none of the
        public originals has any.
    """
    found = {
        name: (value, _line(text, name)) for name, value in ASSIGNMENT.findall(text)
    }
    wrong = [
        Refusal(line, name, "", Fault.UNKNOWN_KEY)
        for name, (_, line) in found.items()
        if name not in SIZES + LISTS + OTHERS
    ]
    wrong += [
        Refusal(1, name, "", Fault.MISSING)
        for name in (*SIZES, *LISTS)
        if name not in found
    ]
    wrong += [
        Refusal(found[name][1], name, found[name][0].strip()[:20], Fault.NOT_WHOLE)
        for name in SIZES
        if name in found and not re.fullmatch(r"\s*[0-9]{1,4}\s*", found[name][0])
    ]
    if wrong:
        raise RefusedError(wrong)
    return _instance(found)


def _line(text: str, name: str) -> int:
    place = re.search(rf"\b{name}\s*=", text)
    return text.count("\n", 0, place.start() if place else 0) + 1


def _instance(found: dict[str, tuple[str, int]]) -> RequestedMeetings:
    people, meetings, tables, slots, morning = (int(found[name][0]) for name in SIZES)
    rows = _rows(found, meetings, people)
    away = _sets(found["forbidden"][0])
    fixed = _numbers(found["fixed"][0]) if "fixed" in found else [0] * meetings
    _refuse_sizes(found, away, fixed, (people, meetings, slots))
    windows = {
        MORNING: frozenset(range(1, morning + 1)),
        AFTERNOON: frozenset(range(morning + 1, slots + 1)),
        ANY: frozenset(range(1, slots + 1)),
    }
    return RequestedMeetings(
        slots=slots,
        tables=tables,
        requests=tuple(
            Request((str(a), str(b)), frozenset({slot}) if slot else windows[session])
            for (a, b, session), slot in zip(rows, fixed, strict=True)
        ),
        away={
            str(i): frozenset(gone) - {0}
            for i, gone in enumerate(away, start=1)
            if set(gone) - {0}
        },
    )


def _rows(
    found: dict[str, tuple[str, int]], meetings: int, people: int
) -> list[tuple[int, int, int]]:
    text, line = found["requested"]
    numbers = _numbers(text)
    rows = list(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False))
    wrong = [
        Refusal(line + 1 + i, "requested", str(row), Fault.OUT_OF_RANGE)
        for i, row in enumerate(rows)
        if not (_are_two(row, people) and MORNING <= row[2] <= ANY)
    ]
    if len(numbers) != 3 * meetings:
        detail = f"{meetings} × 3"
        wrong.append(
            Refusal(line, "requested", str(len(numbers)), Fault.OUT_OF_RANGE, detail)
        )
    if wrong:
        raise RefusedError(wrong)
    return rows


def _are_two(row: tuple[int, int, int], people: int) -> bool:
    return row[0] != row[1] and all(1 <= one <= people for one in row[:2])


def _refuse_sizes(
    found: dict[str, tuple[str, int]],
    away: list[list[int]],
    fixed: list[int],
    sizes: tuple[int, int, int],
) -> None:
    people, meetings, slots = sizes
    wrong = []
    if len(away) != people:
        wrong.append(("forbidden", str(people)))
    if len(fixed) != meetings or any(slot > slots for slot in fixed):
        wrong.append(("fixed", str(meetings)))
    if "precedences" in found and any(_sets(found["precedences"][0])):
        wrong.append(("precedences", "0"))
    if wrong:
        raise RefusedError(
            [
                Refusal(found[name][1], name, "", Fault.OUT_OF_RANGE, detail)
                for name, detail in wrong
            ]
        )


def _numbers(text: str) -> list[int]:
    return [min(MOST, int(one[:9])) for one in NUMBERS.findall(text)]


def _sets(text: str) -> list[list[int]]:
    return [_numbers(one) for one in SET.findall(text)]
