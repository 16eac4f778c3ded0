"""A measured figure, and the file that programs read."""

import json
import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measure: its goal when there is one, and which way is better."""

    name: str
    value: float
    unit: str
    goal: float | None
    better: str
    note: str

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the goal is reached; ``None`` without a goal."""
        if self.goal is None:
            return None
        return (
            self.value <= self.goal
            if self.better == "lower"
            else self.value >= self.goal
        )


def machine() -> str:
    """Describe the machine that measures."""
    model = platform.processor() or platform.machine()
    for line in _cpu_lines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {model}, Python {python}"


def load() -> str:
    """Tell how busy the machine is: programs at work, on average over one minute."""
    return f"{os.getloadavg()[0]:.1f}"


def commit() -> str:
    """Return the short commit measured, marked when files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no commit"
    return done.stdout.strip()


def table(figures: list[Figure]) -> str:
    """Lay figures out for a person."""
    width = max(len(figure.name) for figure in figures)
    return "\n".join(
        f"{figure.name:{width}}  {_readable(figure.value):>12} {figure.unit:8}"
        f" {_goal(figure):16}  {figure.note}"
        for figure in figures
    )


def save(figures: list[Figure], path: Path) -> None:
    """Write figures for programs; those of other runs that are not measured stay."""
    known = json.loads(path.read_text()) if path.exists() else {}
    where = f"{machine()}, commit {commit()}, load {load()} at the end"
    for figure in figures:
        known[figure.name] = {
            "value": figure.value,
            "unit": figure.unit,
            "goal": figure.goal,
            "better": figure.better,
            "note": f"{where}; {figure.note}",
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(f"{text}\n")


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def _readable(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    sign = "≤" if figure.better == "lower" else "≥"
    mark = "reached" if figure.is_reached else "MISSED"
    return f"{sign} {figure.goal:g} {mark}"
