"""What the rows that name a project make of it, once the organisations are planned."""

from collections import Counter
from collections.abc import Iterable, Sequence

from alliances.interchange.problems import Problem
from alliances.interchange.rows import OrganisationRow
from alliances.models import Intention
from alliances.services.imports.checks import Checked
from alliances.services.imports.plans import Plan, fill_intention
from alliances.services.imports.snapshot import Held, held_projects
from alliances.services.projects.creating import MAX_PROJECTS
from alliances.services.projects.naming import name_key

Key = tuple[str, str]


def projects_held(checked: Checked) -> dict[Key, Held]:
    """Return the projects of the base, by key of the organisation and by name.

    Of two of one name, the one that is not closed: a closed project gives it up.
    """
    keys = {row.key for row in checked.projects}
    owners = [held.organisation for key, held in checked.held.items() if key in keys]
    found: dict[Key, Held] = {}
    for held in held_projects(owners):
        assert held.intention is not None  # noqa: S101 - said by the selector
        key = (held.organisation.key, name_key(held.intention.title))
        if key not in found or held.intention.state != Intention.State.CLOSED:
            found[key] = held
    return found


def excess(checked: Checked, held: dict[Key, Held]) -> Iterable[Problem]:
    """Refuse the projects that are one too many for their organisation."""
    closed = Intention.State.CLOSED
    living = Counter(
        key
        for (key, _), one in held.items()
        if one.intention and one.intention.state != closed
    )
    for row in checked.projects:
        if (row.key, name_key(row.project)) in held:
            continue
        living[row.key] += 1
        if living[row.key] >= MAX_PROJECTS:  # besides the main one
            yield row.problem("intention", "too_many_projects", limit=MAX_PROJECTS)


def planned_projects(
    rows: Sequence[OrganisationRow],
    checked: Checked,
    *,
    plans: Sequence[Plan],
    held: dict[Key, Held],
) -> list[Plan]:
    """Return what each row makes of a project; nothing is written."""
    owners = {plan.organisation.key: plan.organisation for plan in plans}
    made = []
    for row in rows:
        owner = owners.get(row.key) or checked.held[row.key].organisation
        known = held.get((row.key, name_key(row.project)))
        intention = known.intention if known else None
        plan = Plan(
            owner,
            intention or Intention(title=row.project),
            Held(owner) if known is None else known,
        )
        fill_intention(plan, row, checked)
        plan.has_new_aims = plan.has_new_aims or intention is None
        made.append(plan)
    return made
