"""What is found, as the JSON of docs/interchange.md."""

from typing import Any

from rendezvous.scheduling.measures import idle_rounds_of
from rendezvous.scheduling.problem import Change, Meeting, Solution, Worst
from rendezvous.scheduling.requested import Arrangement


def written(solution: Solution, reasons: list[str], seconds: float) -> dict[str, Any]:
    """Lay a schedule out."""
    return {
        "status": str(solution.status),
        "value": round(solution.value, 6),
        "bound": round(solution.bound, 6),
        "gap_pct": round(solution.gap_pct, 4),
        "breaks": solution.breaks,
        "idle": solution.idle,
        "worst": _worst(solution.worst),
        "short": [{"id": one.id, "missing": one.missing} for one in solution.short],
        "meetings": [_meeting(one) for one in solution.meetings],
        "changed": [_change(one) for one in solution.changed],
        "reasons": reasons,
        "seconds": round(seconds, 3),
    }


def written_arrangement(
    found: Arrangement, reasons: list[str], seconds: float
) -> dict[str, Any]:
    """Lay an arrangement of requested meetings out: its value is its breaks."""
    breaks, bound = found.breaks, found.bound
    return {
        "status": str(found.status),
        "value": breaks,
        "bound": bound,
        "gap_pct": None if breaks is None else 100 * (breaks - bound) / max(1, breaks),
        "breaks": breaks,
        "idle": idle_rounds_of(found.meetings),
        "worst": None,
        "short": [],
        "meetings": [_meeting(one) for one in found.meetings],
        "changed": [],
        "reasons": reasons,
        "seconds": round(seconds, 3),
    }


def _worst(worst: Worst | None) -> dict[str, Any] | None:
    if worst is None:
        return None
    value, ceiling = round(worst.value, 6), round(worst.ceiling, 6)
    return {"id": worst.id, "value": value, "ceiling": ceiling}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    ids = list(meeting.ids)
    return {"round": meeting.round, "table": meeting.table, "ids": ids}


def _change(change: Change) -> dict[str, Any]:
    before, after = ([_meeting(m) for m in s] for s in (change.before, change.after))
    return {"id": change.id, "before": before, "after": after}
