"""Whether the engine finds real partnerships again: docs/evaluation.md."""

import csv
from pathlib import Path

from benchmarks.figures import Figure
from matching.evaluation import (
    Measure,
    Outcome,
    Study,
    engine,
    leave_one_out,
    namings,
    outcomes,
    plain_sum,
    quality_of,
    rankings,
    same_place_same_cause,
    study_of,
    without,
)
from matching.kernel import COMPONENTS, TYPES, Configuration, default_configuration

FILE = Path(__file__).parents[1] / "portal" / "data" / "partnerships.csv"
BASELINES = (
    ("plain weighted sum", plain_sum),
    ("same place, same cause", same_place_same_cause),
)
GOALS = (
    ("recall_at_5", "recall", 0.95),
    ("mrr", "reciprocal_rank", 0.8),
    ("type_accuracy", "type_accuracy", 0.85),
)
PARTS = {
    "kept aside": lambda one: one.pair.is_told and one.pair.is_kept_aside,
    "looked at": lambda one: one.pair.is_told and not one.pair.is_kept_aside,
    "all that are told": lambda one: one.pair.is_told,
    "all, told or not": lambda one: True,
}


def figures() -> list[Figure]:
    """Print the tables of the evaluation, and return what is kept of it."""
    with FILE.open(encoding="utf-8", newline="") as file:
        study = study_of(list(csv.DictReader(file)))
    configuration = default_configuration()
    rows = _ways(study, configuration)
    for part, belongs in PARTS.items():
        print(f"\n{part}\n{_HEAD}")
        for name, found in rows.items():
            print(_line(name, [one for one in found if belongs(one)]))
    print(f"\n{_left_out(study, configuration)}")
    print(f"\n{_cases(rows['engine'])}\n")
    return _kept(rows["engine"], configuration)


def _ways(study: Study, configuration: Configuration) -> dict[str, list[Outcome]]:
    """Answer every question in every way: engine, less each component, baselines."""
    found = {"engine": outcomes(study, configuration, way=engine)}
    for component in COMPONENTS:
        tried = without(configuration, component)
        found[f"without {component}"] = outcomes(study, tried)
    for name, way in BASELINES:
        found[name] = outcomes(study, configuration, way=way)
    return found


_HEAD = f"{'':26}{'recall@5':>22}{'MRR':>22}{'type':>22}"


def _line(name: str, found: list[Outcome]) -> str:
    quality = quality_of(found)
    cells = (quality.recall, quality.reciprocal_rank, quality.type_accuracy)
    names_types = any(one.named is not None for one in found)
    shown = [_cell(cell) for cell in cells[: 2 + names_types]]
    return f"{name:26}" + "".join(f"{cell:>22}" for cell in shown)


def _cell(measure: Measure) -> str:
    return f"{measure.value:.2f} [{measure.low:.2f}–{measure.high:.2f}] {measure.n:2d}"


def _left_out(study: Study, configuration: Configuration) -> str:
    """Judge each told pair under numbers chosen on the others."""
    ranked = leave_one_out(
        study,
        rankings(configuration),
        pairs=PARTS["all that are told"],
        worth=lambda one: one.reciprocal_rank,
    )
    named = leave_one_out(
        study,
        namings(configuration),
        pairs=lambda one: one.pair.is_told and one.true is not None,
        worth=lambda one: float(one.is_well_named),
    )
    lines = ["leave-one-out, numbers chosen on the other pairs", _HEAD]
    for title, chosen in (("one weight", ranked), ("share in the name", named)):
        lines.append(_line(title, list(chosen.outcomes)))
        lines.append(f"{'':26}chosen: {_wins(chosen.wins)}")
    return "\n".join(lines)


def _wins(wins: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in wins.items())


def _cases(found: list[Outcome]) -> str:
    """List the pairs that are told, and how each came out."""
    told = [one for one in found if one.pair.is_told]
    lines = [f"{'pair':6}{'part':8}{'recall':>8}{'1/rank':>8}  named / sources"]
    for one in told:
        part = "aside" if one.pair.is_kept_aside else "looked"
        said = "–" if one.true is None else one.true
        mark = "" if one.true is None or one.is_well_named else "  ←"
        lines.append(
            f"{one.pair.id:6}{part:8}{one.recall:8.2f}{one.reciprocal_rank:8.2f}"
            f"  {one.named} / {said}{mark}"
        )
    typed = [one for one in told if one.true is not None]
    counts = [
        f"{t} {sum(one.named == t for one in typed)} for "
        f"{sum(one.true == t for one in typed)}"
        for t in TYPES
    ]
    return "\n".join([*lines, f"names given for true ones: {', '.join(counts)}"])


def _kept(found: list[Outcome], configuration: Configuration) -> list[Figure]:
    kept: list[Figure] = []
    quality = quality_of([one for one in found if PARTS["kept aside"](one)])
    for name, attribute, goal in GOALS:
        measure: Measure = getattr(quality, attribute)
        note = (
            f"n = {measure.n}, 95 % {measure.low:.2f} to {measure.high:.2f}, "
            f"configuration {configuration.version}"
        )
        kept.append(Figure(f"quality.{name}", measure.value, "", goal, "higher", note))
    return kept
