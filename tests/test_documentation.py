"""Rules of the documentation: what it names exists, and what exists is named."""

import re

import pytest
from django.apps import apps
from django.core.management import get_commands

from tests.tree import OUR_APPS, PAGES, ROOT, our_modules


def test_every_model_is_in_the_glossary_and_every_entry_is_a_model():
    table = (ROOT / "docs/glossary.md").read_text().split("## Concepts")[0]
    explained = re.findall(r"^\| `([A-Z][A-Za-z]+)` \|", table, re.MULTILINE)
    models = [
        model.__name__
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if not model._meta.auto_created
        and not hasattr(model, "pgh_tracked_model")  # the events of another one
    ]

    assert sorted(explained) == sorted(models)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(page):
    prose = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)", prose)

    assert [
        target
        for target in targets
        if not target.startswith("http") and not (page.parent / target).exists()
    ] == []


def test_every_page_of_documentation_is_led_to():
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text())
    }
    entrances = {"README.md", "CHANGELOG.md"}

    assert [
        str(page.relative_to(ROOT))
        for page in PAGES
        if page.resolve() not in linked and page.name not in entrances
    ] == []


def test_every_page_of_documentation_that_code_cites_exists():
    cited = {
        name
        for path in our_modules()
        for name in re.findall(r"docs/[a-z0-9/-]+\.md", path.read_text())
    }

    assert sorted(name for name in cited if not (ROOT / name).exists()) == []


def test_every_command_that_a_page_names_exists():
    commands = set(get_commands())
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    text = "\n".join(page.read_text() for page in PAGES)
    named = set(re.findall(r"manage\.py ([a-z_]+)", text))
    made = set(re.findall(r"`make ([a-z]+)", text))

    assert (named - commands, made - targets) == (set(), set())
