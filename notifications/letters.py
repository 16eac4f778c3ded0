"""From a kind of news and its context to the text and the HTML of a letter.

People's words are only ever text: they make no header, no markup and no address.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from notifications.registry import Text

VALUE_MAX_CHARS = 300
SUBJECT_MAX_CHARS = 150
LINE_ENDS = re.compile("[\u2028\u2029]")
LETTER = re.compile(r'<div class="letter".*</div>', re.DOTALL)
# What a text would have to hold to become a link in somebody’s mail reader.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """What is sent, without its recipient."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Footing:
    """The end of a letter: why it came, and how to receive fewer of them."""

    why: Text
    preferences: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph of a body, or a list when its lines begin with a dash."""

    lines: tuple[str, ...]
    is_list: bool


def one_line(text: object, limit: int = VALUE_MAX_CHARS) -> str:
    """Return ``text`` on one line, without a character that does not print."""
    plain = "".join(
        " " if unicodedata.category(char)[0] == "C" else char
        for char in LINE_ENDS.sub(" ", str(text))
    )
    # French puts other spaces before its signs: those are left alone.
    return re.sub(" +", " ", SCHEME.sub("", plain)).strip()[:limit].rstrip()


def storable(context: Mapping[str, object]) -> dict[str, str]:
    """Return the context of a template as it may be kept and written."""
    return {name: one_line(value) for name, value in context.items()}


def part(code: str, name: str, context: Mapping[str, object]) -> str:
    """Render one part of the template of the kind ``code`` as plain text."""
    found = get_template(f"notifications/kinds/{code}.txt#{name}")
    plain = Context(autoescape=False)
    plain.dicts.append(context)  # as it is: a sample has a value for every name
    return str(found.template.render(plain)).strip()  # type: ignore[attr-defined]


def subject_of(code: str, context: Mapping[str, object]) -> str:
    """Return the subject: one line, whatever the names in it."""
    return one_line(part(code, "subject", context), SUBJECT_MAX_CHARS)


def sentence_of(code: str, context: Mapping[str, object]) -> str:
    """Return the line of the page and of the digests."""
    return one_line(part(code, "sentence", context), 2 * VALUE_MAX_CHARS)


def compose(
    subject: str, body: str, *, link: str, action: Text, footing: Footing
) -> Letter:
    """Dress a body: the text as it is, and the same in HTML."""
    context = {
        "subject": subject,
        "body": body,
        "blocks": blocks(body),
        "link": link,
        "action": action,
        "footing": footing,
        "style": style(),
    }
    text = get_template("notifications/letter.txt").template  # type: ignore[attr-defined]
    return Letter(
        subject=subject,
        text=tidy(text.render(Context(context, autoescape=False))),
        html=render_to_string("notifications/letter.html", context),
    )


def inside_of(html: str) -> SafeString:
    """Return the part of a letter that a page may show, empty for any other HTML.

    Our own template wrote it, which escapes whatever people wrote.
    """
    found = LETTER.search(html)
    return mark_safe(found[0] if found else "")  # noqa: S308


def blocks(body: str) -> list[Block]:
    """Cut a body into paragraphs and lists, at its empty lines."""
    found = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = tuple(line.strip() for line in chunk.splitlines() if line.strip())
        is_list = bool(lines) and all(line.startswith(("- ", "– ")) for line in lines)
        if lines:
            found.append(
                Block(tuple(x[2:] for x in lines) if is_list else lines, is_list)
            )
    return found


def tidy(text: str) -> str:
    """Leave no more than one empty line in a row, and none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def address_of(path: str) -> str:
    """Return the whole address of a page of this site."""
    return settings.SITE_URL.rstrip("/") + path


@cache
def style() -> SafeString:
    """Return the style sheet of letters, which mail readers want inside of them."""
    sheet = (settings.BASE_DIR / "static" / "css" / "letter.css").read_text()
    return format_html("<style>{}</style>", mark_safe(sheet))  # noqa: S308 - our file
