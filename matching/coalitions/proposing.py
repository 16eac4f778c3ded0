"""Several coalitions that differ: the best, then the best that is not the same people."""

from matching.coalitions.building import Table
from matching.coalitions.reading import Coalition, read
from matching.coalitions.search import Found, best_coalition
from matching.kernel import Configuration


def propose(table: Table, configuration: Configuration) -> tuple[Coalition, ...]:
    """Return the coalitions to show, told, in the order they were found.

    Parameters
    ----------
    table : Table
        The candidates.
    configuration : Configuration
        ``coalition.shown``, ``coalition.nodes`` and ``coalition.shared`` are read.

    Returns
    -------
    tuple of Coalition
        The first has the highest value found; each of the others has the highest among
        those that share few members with every earlier one. Its bound holds among
        those, not among all.
    """
    return tuple(read(table, one) for one in proposed(table, configuration))


def proposed(table: Table, configuration: Configuration) -> tuple[Found, ...]:
    """Find the coalitions that :func:`propose` tells, as rows of the table."""
    shared = int(configuration.number("coalition.shared"))
    nodes = int(configuration.number("coalition.nodes"))
    found: list[Found] = []
    for _rank in range(int(configuration.number("coalition.shown"))):
        one = best_coalition(
            table.problem,
            nodes=nodes,
            earlier=[each.rows for each in found],
            shared=shared,
        )
        if one is None:
            break
        found.append(one)
    return tuple(found)
