import json
import re

from territories.vintage import DATA, Vintage


def test_every_file_is_the_one_that_the_manifest_describes():
    assert re.fullmatch("[0-9a-f]{64}", Vintage().fingerprint())


def test_the_readme_of_the_data_gives_the_checksum_of_every_file():
    readme = (DATA / "README.md").read_text()
    manifest = json.loads((DATA / "manifest.json").read_text())

    missing = [
        entry["path"]
        for entry in manifest["files"].values()
        if f"`{entry['path']}`" not in readme or entry["sha256"] not in readme
    ]
    assert missing == []


def test_no_file_is_kept_that_is_not_loaded():
    manifest = json.loads((DATA / "manifest.json").read_text())
    loaded = {entry["path"] for entry in manifest["files"].values()}
    kept = {
        str(path.relative_to(DATA))
        for path in DATA.rglob("*")
        if path.is_file() and path.suffix in {".csv", ".gz", ".topojson"}
    }

    assert kept == loaded
