"""Why a file is refused."""

from enum import StrEnum


class Problem(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN_EXTENSION = "unknown_extension"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    DAMAGED = "damaged"
    HIDES_SOMETHING = "hides_something"
    ACTIVE_CONTENT = "active_content"
    TOO_DENSE = "too_dense"
    TOO_LARGE_A_PICTURE = "too_large_a_picture"
    VIRUS = "virus"


class RefusedFileError(ValueError):
    """The file is not accepted, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def refuse_if(condition: bool, problem: Problem) -> None:
    """Refuse the file for ``problem`` when ``condition`` holds."""
    if condition:
        raise RefusedFileError(problem)
