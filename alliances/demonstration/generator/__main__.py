"""Write the files of the demonstration: stories told by hand, then a drawn population.

Run from the root of the repository, once ``territories/data`` is there::

    python -m alliances.demonstration.generator

The same seed gives the same file. What is drawn is plausible, never real: the proper
nouns are invented, and none is the name of a commune.
"""

import csv
import random
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alliances.demonstration.generator.complements import (
    STORY_LINKS,
    STORY_SITES,
    Drawn,
    drawn_links,
    drawn_sites,
)
from alliances.demonstration.generator.draws import drawn_row
from alliances.demonstration.generator.names import Names
from alliances.demonstration.generator.places import Communes

HERE = Path(__file__).parent
SEED = 2026
DRAWN_COUNT = 580
UNFINISHED_EVERY = 27  # one organisation in so many lacks what matching needs
COLUMNS = [
    "key",
    "name",
    "kind",
    "sub_kind",
    "model",
    "staff",
    "summary",
    "website",
    "commune",
    "perimeter",
    "domains",
    "square_hr",
    "square_stk",
    "square_eco",
    "square_inn",
    "offers",
    "needs",
    "types",
    "general_interest",
    "phase",
    "maturity",
    "sectors",
    "excludes",
    "values",
]


def main() -> int:
    """Write the file and say how many organisations it holds."""
    draw = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    archetypes = tomllib.loads((HERE / "archetypes.toml").read_text())["archetype"]
    stories = tomllib.loads((HERE / "stories.toml").read_text())["story"]
    communes = Communes.of_the_demonstration()
    names = Names((HERE / "nouns.txt").read_text().splitlines(), communes.names)
    rows = [story_row(story) for story in stories]
    drawn: list[Drawn] = []
    for number, archetype in enumerate(shuffled(archetypes, draw), 1):
        place = communes.drawn(draw)
        row = drawn_row(archetype, place, names=names, draw=draw)
        row["key"] = f"{archetype['code']}-{number:03}"
        if number % UNFINISHED_EVERY == 0:
            unfinish(row, draw)
        rows.append(row)
        drawn.append(Drawn(row["key"], archetype["code"], archetype["kind"], place))
    write("organisations", COLUMNS, rows)
    sites = STORY_SITES + drawn_sites(drawn, communes, draw)
    write("establishments", ("key", "name", "commune"), sites)
    links = STORY_LINKS + drawn_links(drawn, draw)
    write("links", ("key", "network_head", "hidden_parts"), links)
    sys.stdout.write(f"{len(rows)} organisations\n")
    return 0


def shuffled(
    archetypes: list[dict[str, Any]], draw: random.Random
) -> list[dict[str, Any]]:
    """Return ``DRAWN_COUNT`` archetypes, each as often as its share, mixed."""
    total = sum(each["share"] for each in archetypes)
    exact = [(each["share"] * DRAWN_COUNT / total, each) for each in archetypes]
    counts = [(int(count), each) for count, each in exact]
    missing = DRAWN_COUNT - sum(count for count, _ in counts)
    extra = draw.sample(archetypes, missing)
    chosen = [each for count, each in counts for _ in range(count)] + extra
    draw.shuffle(chosen)
    return chosen


def story_row(story: dict[str, object]) -> dict[str, object]:
    """Return the cells of an organisation told by hand."""
    row = {key: value for key, value in story.items() if key != "square"}
    square = story.get("square")
    if isinstance(square, list):
        row |= dict(zip(COLUMNS[11:15], square, strict=True))
    return row


def unfinish(row: dict[str, object], draw: random.Random) -> None:
    """Empty one of the parts that matching needs."""
    for column in draw.choice((COLUMNS[11:15], ["offers"], ["needs"], ["domains"])):
        row[column] = ""


def write(
    name: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """Write a file beside the package, in the format of the import."""
    path = HERE.parent / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({column: cell(value) for column, value in row.items()})


def cell(value: object) -> object:
    """Return a list as the import writes it; anything else unchanged."""
    return "|".join(map(str, value)) if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
