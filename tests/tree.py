"""What is in the tree, for the tests that hold the whole project to its rules."""

from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OUR_APPS = (
    "jobs",
    "accounts",
    "territories",
    "notifications",
    "alliances",
    "matching",
    "rendezvous",
    "portal",
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def our_modules():
    for folder in ("config", *OUR_APPS):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
