"""Templates set in type: accessible, the same twice, and never commanded by a text."""

import datetime as dt
import json
import subprocess

import pytest

from rendezvous.documents import press as module
from rendezvous.documents.coverage import RANGES
from rendezvous.documents.press import TEMPLATES, PressError, press
from rendezvous.documents.printable import BOX, BREAK, is_held, printable
from tests.pdf_reader import is_pdf_ua, letters_of, pages_of, text_of

AT = dt.datetime(2026, 11, 20, 18, 12, tzinfo=dt.UTC)
HOSTILE = (
    '#panic() #import "@preview/cetz:0.3.0" $x^2$ *gras* _it_ `brut` <label> @ref',
    "= Titre\n- liste\n/ terme: défini \\ // commentaire /* bloc */",
    ']#read("/etc/passwd")[ {{ 7*7 }} <script>alert(1)</script> &amp; %PDF',
    "\\u{41} \\\" ' ) ( ) >> endstream endobj",
)


def values(**more):
    words = {
        name: name
        for name in (
            *("page", "hour", "round", "table", "whom", "who_sits", "notes", "free"),
            *("organisation", "person", "presence", "signature", "sheet"),
        )
    }
    return {
        "title": "Feuille – Rencontres",
        "brand": "Alliances",
        "session": {"title": "Rencontres", "when": "samedi", "place": "Clisson"},
        "note": "Programme n° 3",
        "words": words,
        **more,
    }


def signing(*names):
    people = [
        {
            "organisation": name,
            "kind": "association",
            "label": "Association",
            "name": name,
            "presence": "tous les tours",
        }
        for name in names
    ]
    return values(people=people)


def test_a_sheet_is_accessible_french_and_titled():
    sheet = press("signing", signing("Roue libre"), at=AT)

    assert is_pdf_ua(sheet)
    assert b"/Lang(fr-FR)" in sheet
    assert "Roue libre" in text_of(sheet)


def test_its_fonts_are_in_the_document():
    sheet = press("signing", signing("Roue libre"), at=AT)

    assert sheet.count(b"/FontFile") >= 1
    assert b"Figtree" in sheet


def test_the_same_values_give_the_same_bytes():
    assert press("signing", signing("A"), at=AT) == press(
        "signing", signing("A"), at=AT
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_is_printed_as_it_is(text):
    sheet = press("signing", signing(text), at=AT)

    assert letters_of(sheet).count("".join(text.split())) == 2
    assert len(pages_of(sheet)) == 1


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Fête 🎉 du livre", f"Fête {BOX} du livre"),
        ("nul\x00 et \x1b[31mrouge", "nul et [31mrouge"),
        ("\u202eélargi\u202c \ud800", "élargi"),
        ("e\u0301te\u0301", "été"),
        ("日本", BOX * 2),
        ("a\u2028b\tc\r\nd", "a b c d"),
    ],
)
def test_what_no_font_holds_is_a_box_and_commands_nothing(text, printed):
    assert printable(text) == printed
    assert letters_of(press("signing", signing(text), at=AT)).count(
        "".join(printed.split())
    )


def test_every_character_that_is_said_to_be_held_is_printed():
    held = [chr(one) for low, high in RANGES for one in range(low, high + 1)]
    sheets = ["".join(held[at : at + 400]) for at in range(0, len(held), 400)]

    sheet = press("signing", signing(*sheets), at=AT)

    assert is_pdf_ua(sheet)
    assert all(is_held(one) for one in held)


def test_a_word_without_end_stays_in_its_column():
    word = "A" * 200
    sheet = press("signing", signing(word), at=AT)

    assert len(pages_of(sheet)) == 1
    assert word in letters_of(sheet)
    assert printable(word).replace(BREAK, "") == word


def test_hebrew_and_arabic_do_not_break_the_page():
    sheet = press("signing", signing("שלום", "سلام"), at=AT)

    assert len(pages_of(sheet)) == 1


def test_a_text_reaches_no_file(tmp_path):
    """Values are data: a path, a package or a template among them is only printed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("ZQsecret")

    sheet = press("signing", signing(f'#read("{secret}")'), at=AT)

    assert "ZQsecret" not in text_of(sheet)


def test_a_template_opens_nothing_outside_of_its_folder(monkeypatch, tmp_path):
    outside = tmp_path / "outside.typ"
    outside.write_text('#read("/etc/passwd")')
    (tmp_path / "page.typ").write_text('#import "/../outside.typ"\n')
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)

    with pytest.raises(PressError):
        press("page", {}, at=AT)


def test_what_takes_too_long_is_stopped(monkeypatch, tmp_path):
    (tmp_path / "page.typ").write_text(
        "#let f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }\n#f(60)"
    )
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    monkeypatch.setattr(module, "SECONDS", 1)

    with pytest.raises(PressError):
        press("page", {}, at=AT)


def test_what_takes_too_much_memory_is_stopped(monkeypatch, tmp_path):
    page = '#set document(title: "x")\n#{ let a = "xxxxxxxx"\n while true { a += a } }'
    (tmp_path / "page.typ").write_text(page)
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)

    with pytest.raises(PressError):
        press("page", {}, at=AT)


def test_a_failure_does_not_quote_what_was_written(monkeypatch, tmp_path):
    page = (
        "#let data = json(bytes(sys.inputs.data))\n"
        '#set document(title: "x")\n#data.name'
    )
    (tmp_path / "page.typ").write_text(page)
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    monkeypatch.setattr(module, "printable_values", lambda values: values)

    with pytest.raises(PressError, match="could not be displayed") as caught:
        press("page", {"name": "\U0001f389"}, at=AT)

    assert "\U0001f389" not in str(caught.value)


def test_the_compiler_runs_apart_without_our_environment(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options, command=command, order=json.loads(options["input"]))
        return subprocess.CompletedProcess(command, 0, b"%PDF", b"")

    monkeypatch.setattr(module.subprocess, "run", run)

    press("signing", signing("A"), at=AT)

    assert "DJANGO_SECRET_KEY" not in seen["env"]
    assert seen["order"]["root"] == str(TEMPLATES)
