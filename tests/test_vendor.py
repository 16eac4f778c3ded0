"""What others wrote is served exactly as they published it."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MANIFEST = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text())
FILES = {
    path: digest
    for package in MANIFEST["packages"]
    for path, digest in package["files"].items()
}


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_vendored_file_is_the_one_of_its_package(path):
    assert hashlib.sha512((ROOT / path).read_bytes()).hexdigest() == FILES[path]


def test_every_vendored_file_is_in_the_manifest():
    found = {
        str(path.relative_to(ROOT))
        for folder in ("static/vendor", "tests/vendor", "rendezvous/documents/fonts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }

    assert found == set(FILES)


def test_every_package_names_its_version_licence_and_integrity():
    incomplete = [
        package["name"]
        for package in MANIFEST["packages"]
        if not (package["version"] and package["licence"])
        or not package["integrity"].startswith("sha512-")
    ]

    assert incomplete == []


def test_the_fonts_of_a_page_weigh_less_than_60_kb():
    fonts = (ROOT / "static/vendor").rglob("*.woff2")

    assert sum(path.stat().st_size for path in fonts) < 60_000
