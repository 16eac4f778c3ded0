"""Rules of the templates and of the texts that people read."""

import ast
import datetime as dt
import re

import pytest
from django.utils.formats import date_format

from tests.tree import ROOT, TEMPLATES, our_modules

# What Django, allauth and the forms look up by themselves.
FRAMEWORK_TEMPLATES = re.compile(
    r"(account|admin|allauth|django|mfa)/|[45][0-9]{2}(_csrf)?\.html\Z"
)
# The gallery of components is read by contributors; 500.html is served without an engine.
UNTRANSLATED = re.compile(r"portal/gallery/|500\.html\Z")
TRANSLATED = [
    path
    for path in TEMPLATES
    if not UNTRANSLATED.match(str(path.relative_to(ROOT / "templates")))
]
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_script_style_or_handler(template):
    text = template.read_text()

    assert (
        re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", text)
        == []
    )


def template_names_in(source):
    """Yield a pattern for every name of a template written in Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+"
                for part in node.values
            ]
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value.partition("#")[0])


def test_every_template_is_used():
    patterns = {
        pattern
        for path in our_modules()
        for pattern in template_names_in(path.read_text())
        if pattern.endswith("html")
    }
    included = {
        name
        for template in TEMPLATES
        for name in re.findall(r"[\"']([a-z_/]+\.html)[\"'#]", template.read_text())
    }
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]

    assert [
        name
        for name in names
        if not FRAMEWORK_TEMPLATES.match(name)
        and name not in included
        and not any(re.fullmatch(pattern, name) for pattern in patterns)
    ] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_loads_its_tags_in_alphabetical_order(template):
    loaded = [
        library
        for tags in re.findall(r"\{% load ([a-z_ ]+) %\}", template.read_text())
        if " from " not in tags
        for library in tags.split()
    ]

    assert loaded == sorted(set(loaded))


@pytest.mark.parametrize("template", TRANSLATED, ids=lambda path: path.name)
def test_no_sentence_of_a_template_escapes_translation(template):
    text = template.read_text()
    for pattern in (
        r"\{% comment.*?endcomment %\}",
        r"\{#.*?#\}",
        r"\{% blocktranslate.*?\{% endblocktranslate %\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!--.*?-->",
        r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""",
    ):
        text = re.sub(pattern, "\n", text, flags=re.DOTALL)
    names_only = {"Alliances", "· Alliances", "Alliances API", "France", "Leaflet"}

    assert [
        line.strip()
        for line in text.splitlines()
        if re.search(r"[a-zà-ÿ]{3}", line) and line.strip() not in names_only
    ] == []


def texts_of_code():
    for path in our_modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
                constants = [a for a in node.args if isinstance(a, ast.Constant)]
                yield from ((path, constant.value) for constant in constants)


def texts_of_templates():
    block = re.compile(r"\{% blocktranslate.*?%\}(.*?)\{% endblocktranslate", re.DOTALL)
    for path in TEMPLATES:
        text = path.read_text()
        tags = [found[1] for found in re.findall(r"\{% translate ([\"'])(.*?)\1", text)]
        yield from ((path, text) for text in (*tags, *block.findall(text)))


def test_french_texts_are_set_with_their_own_signs_and_spaces():
    wrong = re.compile(r"\w'\w|\S [;:!?»](?!\w)|« |\.\.\.")

    assert [
        (str(path.relative_to(ROOT)), text)
        for path, text in (*texts_of_code(), *texts_of_templates())
        if wrong.search(text)
    ] == []


def test_hours_are_written_by_the_name_of_their_format():
    letters = (ROOT / "templates").rglob("*.txt")
    typed = re.compile(r"[GH][ \xa0]*\\+h")

    assert [
        path
        for path in (*TEMPLATES, *letters, *our_modules())
        if typed.search(path.read_text())
    ] == []


def test_an_hour_is_not_cut_at_the_end_of_a_line():
    moment = dt.datetime(2026, 3, 9, 7, 5, tzinfo=dt.UTC)

    assert [
        date_format(moment, name)
        for name in ("TIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")
    ] == [
        "7\xa0h\xa005",
        "lundi 9 mars 2026 à 7\xa0h\xa005",
        "9 mars 2026 à 7\xa0h\xa005",
    ]
