"""A file of organisations, from bytes to rows and problems."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from alliances.interchange.decoding import decoded
from alliances.interchange.header import read_header, separator_of
from alliances.interchange.problems import MAX_PROBLEMS, Problem
from alliances.interchange.records import MAX_ROWS, Record, StructureError, records
from alliances.interchange.rows import OrganisationRow, read_row
from alliances.interchange.vocabulary import Vocabulary
from territories.search_text import search_key

IDENTIFIERS = ("siren", "siret", "rna")


@dataclass(slots=True)
class Reading:
    """What a file says, and what is wrong in it.

    Parameters
    ----------
    rows : list of OrganisationRow
        The rows without error, in the order of the file.
    refused : list of OrganisationRow
        The others, without their refused columns: what is left can be checked, so
        that everything wrong in a row is told at once.
    problems : list of Problem
        Errors and notices, in the order of the file; at most ``MAX_PROBLEMS``.
    unlisted_count : int
        Errors that were counted but not kept.
    row_count : int
        Rows that were read, right or wrong.
    is_whole : bool
        Whether the file could be read to its end. If not, nothing may be imported,
        not even the valid rows.
    """

    rows: list[OrganisationRow] = field(default_factory=list)
    refused: list[OrganisationRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unlisted_count: int = 0
    row_count: int = 0
    is_whole: bool = True

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep problems, or count them when there are too many."""
        for problem in problems:
            if len(self.problems) < MAX_PROBLEMS:
                self.problems.append(problem)
            else:
                self.unlisted_count += 1


def read_organisations(
    content: bytes, words: Vocabulary, *, ignore_unknown: bool = False
) -> Reading:
    """Return the organisations of a file, and every problem it has.

    Parameters
    ----------
    content : bytes
        The whole file.
    words : Vocabulary
        Codes and checks.
    ignore_unknown : bool
        Make unknown columns notices.

    Returns
    -------
    Reading
        Never raises on the content of a file, whatever it is.

    Notes
    -----
    Linear in the size of the file. Source: interchange format, ``organisations.csv``.
    """
    text = decoded(content)
    if isinstance(text, Problem):
        return _unreadable(text)
    if not text.strip():
        return _unreadable(Problem(0, "", "", "empty_file"))
    separator = separator_of(text)
    if isinstance(separator, Problem):
        return _unreadable(separator)
    return _read_text(text, separator, words, ignore_unknown=ignore_unknown)


def _unreadable(*problems: Problem) -> Reading:
    return Reading(problems=list(problems), is_whole=False)


def _read_text(
    text: str, separator: str, words: Vocabulary, *, ignore_unknown: bool
) -> Reading:
    found = records(text, separator)
    try:
        first = next(found, None)
    except StructureError as error:
        return _unreadable(error.problem(()))
    if first is None:
        return _unreadable(Problem(0, "", "", "empty_file"))
    header, problems = read_header(first, ignore_unknown=ignore_unknown)
    if any(problem.is_error for problem in problems):
        return _unreadable(*problems)
    reading = Reading(problems=problems)
    try:
        _read_rows(reading, islice(found, MAX_ROWS), header, words)
        _check_end(reading, found)
    except StructureError as error:
        reading.is_whole = False
        reading.add([error.problem(header)])
    return reading


def _check_end(reading: Reading, rest: Iterable[Record]) -> None:
    if extra := next(iter(rest), None):
        reading.is_whole = False
        reading.add([Problem(extra.line, "", "", "too_many_rows", {"limit": MAX_ROWS})])
    elif not reading.row_count:
        reading.add([Problem(0, "", "", "no_row")])


def _read_rows(
    reading: Reading,
    found: Iterable[Record],
    header: tuple[str, ...],
    words: Vocabulary,
) -> None:
    seen: dict[tuple[str, str], int] = {}
    for record in found:
        if not any(cell.strip() for cell in record.cells):
            continue  # spreadsheets end their files with rows of separators
        reading.row_count += 1
        row, problems = read_row(record, header, words)
        problems += _repetitions(row, seen)
        reading.add(problems)
        is_refused = any(problem.is_error for problem in problems)
        (reading.refused if is_refused else reading.rows).append(row)


def _repeated_projects(
    row: OrganisationRow, seen: dict[tuple[str, str], int]
) -> list[Problem]:
    if not row.project or not row.values.get("key"):
        return []
    name = search_key(row.project) or row.project.casefold()
    first = seen.setdefault((f"project of {row.key}", name), row.line)
    if first == row.line:
        return []
    return [row.problem("intention", "repeated_project", line=first)]


def _repetitions(
    row: OrganisationRow, seen: dict[tuple[str, str], int]
) -> list[Problem]:
    """Refuse a key or an identifier that an earlier row of the file bears."""
    problems = []
    if row.names_project:
        return _repeated_projects(row, seen)
    for column in ("key", *IDENTIFIERS):
        value = row.values.get(column)
        if not value:
            continue
        first = seen.setdefault((column, value), row.line)
        if first != row.line:
            code = "repeated_key" if column == "key" else "repeated_identifier"
            problems.append(row.problem(column, code, line=first))
    return problems
