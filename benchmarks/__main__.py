"""Run the benchmarks: ``python -m benchmarks [names…]``.

Each module of this package that has a function ``figures()`` is one benchmark; without
names, all of them run. Those that say ``NEEDS_DATABASE`` share one scratch database,
with the whole geography and 20,000 organisations, dropped at the end. Results are
printed as they come and written to ``var/bench.json``.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

import benchmarks
from benchmarks.database import populated_database
from benchmarks.figures import Figure, commit, load, machine, save, table

RESULTS = Path("var/bench.json")


def available() -> dict[str, ModuleType]:
    """Find the modules that measure something."""
    names = [
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if module.name != "__main__"
    ]
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    return {name: m for name, m in modules.items() if hasattr(m, "figures")}


def measured(modules: list[ModuleType]) -> list[Figure]:
    """Run benchmarks one after the other, those without a database first."""
    figures: list[Figure] = []
    with ExitStack() as stack:
        is_ready = False
        for module in sorted(modules, key=_needs_database):
            if _needs_database(module) and not is_ready:
                print("\npreparing the database…", flush=True)
                stack.enter_context(populated_database())
                is_ready = True
            name = module.__name__.rpartition(".")[2]
            print(f"\n{name}…", end=" ", flush=True)
            start = time.perf_counter()
            found = module.figures()
            print(f"{time.perf_counter() - start:.0f} s\n{table(found)}", flush=True)
            figures += found
    return figures


def _needs_database(module: ModuleType) -> bool:
    return getattr(module, "NEEDS_DATABASE", False)


def main(arguments: list[str]) -> int:
    """Measure, print and save; 2 for an unknown name."""
    modules = available()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"among: {', '.join(modules)}")
    names = parser.parse_args(arguments).names or list(modules)
    unknown = [name for name in names if name not in modules]
    if unknown:
        parser.error(f"unknown benchmark: {', '.join(unknown)}")
    print(f"{machine()}, commit {commit()}, load {load()}", flush=True)
    figures = measured([modules[name] for name in names])
    save(figures, RESULTS)
    print(f"\nwritten to {RESULTS}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
