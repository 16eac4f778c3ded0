"""What is wrong in a file: where, and a code that whoever shows it puts into words."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a value is refused."""

    SYNTAX = "syntax"
    ENCODING = "encoding"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    NOT_OBJECT = "not_object"
    NOT_LIST = "not_list"
    NOT_TEXT = "not_text"
    NOT_WHOLE = "not_whole"
    NOT_NUMBER = "not_number"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY = "too_many"
    TWICE = "twice"
    UNKNOWN_PARTICIPANT = "unknown_participant"
    NOT_TWO = "not_two"
    NOT_THREE = "not_three"
    NOT_TWO_OR_THREE = "not_two_or_three"
    BACKWARDS = "backwards"
    BROKEN = "broken"


@dataclass(frozen=True)
class Refusal:
    """One refused value.

    Attributes
    ----------
    line : int
        From 1, as far as it is known.
    column : str
        The key, as a path: ``pairs[3].value``.
    value : str
    fault : Fault
    detail : str
        A bound, a rule that is broken, what the parser says.
    """

    line: int
    column: str
    value: str
    fault: Fault
    detail: str = ""


class RefusedError(ValueError):
    """A file is refused; ``refusals`` tells all that is wrong."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(", ".join(f"{one.column}: {one.fault}" for one in refusals))
        self.refusals = refusals
