"""What each subject adds to the world of the matrix: a module here, with ``add(world)``.

In it, ``world.bind("app.Model", "A", row)`` gives a real row of A's to the addresses
that take one, and ``world.keep_secret("ZQA…", known_to={…})`` names a text of the row
that must reach nobody but these personas.
"""

import importlib
import pkgutil


def add_all(world):
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").add(world)
