"""The guide of catalysts, read from the page of documentation that it is.

A few marks are enough: headings, paragraphs, lists, a table, pictures, bold words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from struct import unpack

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PAGE = Path(__file__).parent.parent / "docs" / "users" / "guide-du-catalyseur.md"
PICTURES = PAGE.parent.parent.parent / "static"
PICTURE = re.compile(r"!\[([^\]]*)\]\(\S*/(guide/[a-z-]+\.png)\)")
ITEM = re.compile(r"(- |[0-9]+\. )(.*)", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One piece of the guide.

    ``sort``: title, text, picture, bullets, steps or table.
    """

    sort: str
    text: str = ""
    lines: list[SafeString] = field(default_factory=list)
    rows: list[list[SafeString]] = field(default_factory=list)
    path: str = ""
    width: int = 0
    height: int = 0
    anchor: str = ""


@cache
def guide_blocks() -> tuple[Block, ...]:
    """Return the pieces of the guide, its own title left out."""
    return tuple(blocks_in(PAGE.read_text(encoding="utf-8")))


def blocks_in(page: str) -> list[Block]:
    """Return the pieces of a page."""
    pieces = [one.strip() for one in page.split("\n\n") if one.strip()]
    titles = iter(range(1, len(pieces) + 1))
    return [_block(one, titles) for one in pieces if not one.startswith("# ")]


def _block(piece: str, titles: Iterator[int]) -> Block:
    picture = PICTURE.fullmatch(piece)
    if picture:
        return _picture(picture[1], picture[2])
    if piece.startswith("## "):
        return Block("title", inline(piece[3:]), anchor=f"chapitre-{next(titles)}")
    if piece.startswith("|"):
        rows = [line.strip("|").split("|") for line in piece.splitlines()]
        del rows[1]
        return Block("table", rows=[[inline(c.strip()) for c in r] for r in rows])
    items = re.split(r"\n(?=- |[0-9]+\. )", piece)
    marks = [ITEM.fullmatch(one) for one in items]
    if all(marks):
        sort = "bullets" if piece.startswith("- ") else "steps"
        return Block(sort, lines=[inline(mark[2]) for mark in marks if mark])
    return Block("text", inline(piece))


def _picture(caption: str, path: str) -> Block:
    """Return a picture with its size, so that the page does not move as it comes."""
    file = PICTURES / path
    width, height = unpack(">II", file.read_bytes()[16:24]) if file.exists() else (0, 0)
    return Block("picture", escape(caption), path=path, width=width, height=height)


def inline(text: str) -> SafeString:
    """Return a line with its bold words and its code; everything else is escaped."""
    safe = str(escape(" ".join(text.split(" ")).replace("\n", " ")))
    safe = re.sub(r" {2,}", " ", safe)
    safe = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", safe))  # noqa: S308 - ours
