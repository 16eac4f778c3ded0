"""Run the benchmarks: ``python -m benchmarks [names…]``.

Each module of this package that has a function ``figures()`` is one benchmark; without
names, all of them run. Results are printed and written to ``var/bench.json``.
"""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

import benchmarks
from benchmarks.figures import Figure, commit, machine, save, table

RESULTS = Path("var/bench.json")


def available() -> dict[str, object]:
    """Find the modules that measure something."""
    names = [
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if module.name != "__main__"
    ]
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    return {name: m for name, m in modules.items() if hasattr(m, "figures")}


def main(arguments: list[str]) -> int:
    """Measure, print and save; 2 for an unknown name."""
    modules = available()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"among: {', '.join(modules)}")
    names = parser.parse_args(arguments).names or list(modules)
    unknown = [name for name in names if name not in modules]
    if unknown:
        parser.error(f"unknown benchmark: {', '.join(unknown)}")
    print(f"{machine()}, commit {commit()}")
    figures: list[Figure] = []
    for name in names:
        measured = modules[name].figures()
        print(f"\n{name}\n{table(measured)}", flush=True)
        figures += measured
    save(figures, RESULTS)
    print(f"\nwritten to {RESULTS}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
