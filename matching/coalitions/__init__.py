"""Who is missing around the table: coalitions of three to six actors.

How to call it::

    subject = Subject("mobility", communes, group=(3, 8))   # rows of the population
    actors = actors_of(profiles, acting, "mobility")
    table = build_table(prepared, subject, actors)
    for coalition in propose(table, configuration): ...
    joining = next_members(table, table.problem.group)

Pure functions over the kernel's arrays. A coalition covers the means that are sought
and the functions of a balanced table, its members may all be proposed to one another
by the kernel's hard rules, and its value comes with a bound that nothing exceeds. The
definition is in docs/matching.md, « Who is missing around the table ».
"""

from matching.coalitions.bringing import (
    FUNCTION_ITEMS,
    MEANS_ITEMS,
    PLACE_ITEMS,
    Subject,
    functions_of,
)
from matching.coalitions.building import Table, actors_of, build_table, without_pairs
from matching.coalitions.naive import best_by_trying, every_coalition
from matching.coalitions.problem import Problem, may_sit, mean_agreement, value_of
from matching.coalitions.proposing import propose, proposed
from matching.coalitions.reading import (
    Brought,
    Coalition,
    NextMember,
    Seat,
    given_of,
    motor_of,
    next_members,
    read,
)
from matching.coalitions.search import Found, best_coalition

__all__ = [
    "FUNCTION_ITEMS",
    "MEANS_ITEMS",
    "PLACE_ITEMS",
    "Brought",
    "Coalition",
    "Found",
    "NextMember",
    "Problem",
    "Seat",
    "Subject",
    "Table",
    "actors_of",
    "best_by_trying",
    "best_coalition",
    "build_table",
    "every_coalition",
    "functions_of",
    "given_of",
    "may_sit",
    "mean_agreement",
    "motor_of",
    "next_members",
    "propose",
    "proposed",
    "read",
    "value_of",
    "without_pairs",
]
