"""People's words are only ever text."""

import unicodedata

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from jobs.services import drain
from notifications.letters import Footing, blocks, compose, one_line, storable
from notifications.services import write_to

HOSTILE = [
    "Asso\r\nBcc: tous@exemple.test",
    "Asso\nContent-Type: text/html\n\n<script>",
    "Asso\x00\u2028Bcc: x@y.z",
    "\u202egnorw\u200b",
    "Asso\x0b\x0c\x85Bcc: x@y.z",
]


def dressed(body):
    return compose("Objet", body, link="/a/", action="Ouvrir", footing=Footing("Car"))


@given(st.text())
def test_a_value_is_one_line_that_prints(text):
    line = one_line(text)

    assert len(line) <= 300
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char)[0] == "C" for char in line)
    line.encode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_makes_no_header(new_kind, name):
    kind = new_kind()

    write_to(
        "qui@exemple.test",
        kind,
        key="1",
        path="/a/",
        context={"organisation": name},
    )
    drain()

    [sent] = mail.outbox
    message = sent.message()
    assert (message["Bcc"], message.get_all("To")) == (None, ["qui@exemple.test"])
    assert sent.subject == f"Réponse de {one_line(name)}"
    assert sent.recipients() == ["qui@exemple.test"]


def test_a_name_makes_no_markup():
    letter = dressed("Bonjour,\n\n<b>Asso</b> & <script>alert(1)</script>")

    assert "&lt;b&gt;Asso&lt;/b&gt; &amp; &lt;script&gt;" in letter.html
    assert "<b>Asso</b> & <script>" in letter.text


def test_a_name_makes_no_link():
    assert storable({"organisation": "Gagnez https://piege.example/ vite"}) == {
        "organisation": "Gagnez piege.example/ vite"
    }


def test_a_letter_fetches_nothing():
    html = dressed("Bonjour").html

    assert not any(
        word in html for word in ("<img", "src=", "url(", "@import", "<link")
    )


def test_a_body_is_cut_into_paragraphs_and_lists():
    found = blocks("Bonjour,\nvous\n\n- un\n- deux\n\n\nÀ bientôt")

    assert [(block.lines, block.is_list) for block in found] == [
        (("Bonjour,", "vous"), False),
        (("un", "deux"), True),
        (("À bientôt",), False),
    ]
