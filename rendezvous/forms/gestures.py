"""What a hand asks of a draft, typed or dropped: the same fields for both."""

import re
from collections.abc import Callable, Mapping

from rendezvous.scheduling import gestures
from rendezvous.scheduling.gestures import Meetings, Place
from rendezvous.scheduling.problem import Meeting

Gesture = Callable[[Meetings], Meetings]
NUMBER = r"([0-9]{1,9})"
PLACE = re.compile(f"{NUMBER}-{NUMBER}")
EXCHANGE = re.compile(f"{NUMBER}:{NUMBER}:{NUMBER}")
GROUP = re.compile(f"{NUMBER}-{NUMBER}(?:-{NUMBER})?")
ONE = re.compile(NUMBER)


class UnreadableError(ValueError):
    """The fields hold nothing that can be done."""


def place_in(text: str) -> Place:
    """Read a round and a table.

    Raises
    ------
    UnreadableError
        If there are none.
    """
    found = PLACE.fullmatch(text)
    if found is None:
        raise UnreadableError
    return int(found[1]), int(found[2])


def number_in(data: Mapping[str, str], name: str) -> int:
    """Read a whole number, 0 where nothing is chosen."""
    text = data.get(name, "")
    if text and not ONE.fullmatch(text):
        raise UnreadableError
    return int(text or 0)


def gesture_in(data: Mapping[str, str], tables: int) -> Gesture:
    """Read what is to be done.

    Raises
    ------
    UnreadableError
        If it is nothing known.
    """
    known = {"deplacer": _move, "echanger": _exchange, "retirer": _remove}
    asked = data.get("geste", "")
    if asked == "ajouter":
        return _add(data, tables)
    if asked not in known:
        raise UnreadableError
    return known[asked](data, place_in(data.get("rencontre", "")), tables)


def _move(data: Mapping[str, str], place: Place, tables: int) -> Gesture:
    round_, table = number_in(data, "tour"), number_in(data, "table")

    def gesture(meetings: Meetings) -> Meetings:
        goal = table or gestures.free_table(meetings, round_, tables, place[1])
        return gestures.moved(meetings, place, (round_, goal))

    return gesture


def _exchange(data: Mapping[str, str], place: Place, tables: int) -> Gesture:
    found = EXCHANGE.fullmatch(data.get("echange", ""))
    if found is None or int(found[2]) > tables:
        raise UnreadableError
    own, table, other = found[1], int(found[2]), found[3]
    goal = place[0], table
    return lambda meetings: gestures.exchanged(meetings, (place, own), (goal, other))


def _remove(_data: Mapping[str, str], place: Place, _tables: int) -> Gesture:
    return lambda meetings: gestures.removed(meetings, place)


def _add(data: Mapping[str, str], tables: int) -> Gesture:
    found = GROUP.fullmatch(data.get("groupe", ""))
    if found is None:
        raise UnreadableError
    ids = tuple(sorted(one for one in found.groups() if one))
    round_, table = number_in(data, "tour"), number_in(data, "table")

    def gesture(meetings: Meetings) -> Meetings:
        where = table or gestures.free_table(meetings, round_, tables)
        return gestures.added(meetings, Meeting(round_, where, ids))

    return gesture
