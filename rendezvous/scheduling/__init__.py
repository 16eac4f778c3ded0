"""Who meets whom, when and where: a session scheduled, with a proven bound.

How to call it::

    problem = Problem(rounds=8, tables=20, participants=..., candidates=...)
    solution = solve(problem, Limits(seed=1, moves=2_000_000), deadline)
    for solution in improve(problem, limits, deadline): ...   # better and better
    broken = check(problem, solution.meetings)                # shares no code with it

Pure functions: frozen dataclasses in and out, no Django, no clock (a deadline is handed
in). The method, the value and the bound are in docs/scheduling.md.
"""
