"""The guide of catalysts: one text, on the site and in the documentation."""

import pytest
from django.conf import settings

from rendezvous.guide import PAGE, blocks_in, guide_blocks


def test_a_page_is_read_piece_by_piece():
    page = (
        "# Titre\n\n## Un\n\nDeux **mots**\nsuite <b>\n\n- a\n- `b`\n  fin\n\n1. x\n2. y\n\n"
        "![Une image](../../static/guide/carte.png)\n\n| a | b |\n|---|---|\n| c | d |"
    )

    title, text, bullets, steps, picture, table = blocks_in(page)

    assert (title.sort, title.text, title.anchor) == ("title", "Un", "chapitre-1")
    assert text.text == "Deux <strong>mots</strong> suite &lt;b&gt;"
    assert bullets.lines == ["a", "<code>b</code> fin"]
    assert (steps.sort, steps.lines) == ("steps", ["x", "y"])
    assert (picture.path, picture.text) == ("guide/carte.png", "Une image")
    assert table.rows == [["a", "b"], ["c", "d"]]


def test_nothing_of_the_guide_is_left_as_it_was_typed():
    told = [
        line
        for block in guide_blocks()
        for line in (block.text, *block.lines, *(c for row in block.rows for c in row))
    ]

    assert [one for one in told if "**" in one or "](" in one or "`" in one] == []


def test_every_picture_of_the_guide_is_there_and_every_one_is_shown():
    shown = {block.path for block in guide_blocks() if block.sort == "picture"}
    folder = settings.BASE_DIR / "static" / "guide"

    assert {f"guide/{one.name}" for one in folder.glob("*.png")} == shown


@pytest.mark.django_db
def test_everybody_reads_the_guide_with_its_chapters_and_its_pictures(client):
    page = client.get("/rencontres/guide/").content.decode()

    chapters = [one for one in guide_blocks() if one.sort == "title"]
    assert page.count('<li><a href="#chapitre-') == len(chapters) > 8
    assert page.count("<figure>") == PAGE.read_text().count("![")


def test_a_picture_comes_with_its_size():
    sizes = {(one.width, one.height) for one in guide_blocks() if one.sort == "picture"}

    assert sizes == {(1100, 760), (360, 700)}
