"""Reads back the text of a PDF of ours, page by page, without any library.

Enough of the format for what typst writes: no object streams, strings of two-byte
glyphs, a ToUnicode table for each font.
"""

import re
import zlib

OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
# A font, a string (its parentheses may be in pairs inside), or what shows strings.
TOKEN = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()|(TJ|Tj)\b")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(document):
    """Return the text of each page, one line for each piece of it."""
    objects = {int(m[1]): m[2] for m in OBJECT.finditer(document)}
    pages = [body for body in objects.values() if b"/Type/Page/" in body]
    return [_page_text(body, objects) for body in pages]


def text_of(document):
    """Return the whole text, with single spaces and no invisible break."""
    text = " ".join(pages_of(document)).replace("\u200b", "")
    return " ".join(text.split())


def letters_of(document):
    """Return the text without any space: lines may end anywhere."""
    return "".join(text_of(document).split())


def is_pdf_ua(document):
    """Tell whether it says that it is accessible, in which language, with which title."""
    return all(
        sign in document
        for sign in (b"<pdfuaid:part>1</pdfuaid:part>", b"/Lang", b"/MarkInfo")
    )


def _page_text(page, objects):
    resources = objects[int(re.search(rb"/Resources (\d+) 0 R", page)[1])]
    fonts = {
        name: _letters(int(number), objects)
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    content = _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])
    pieces, letters, glyphs, at = [], {}, b"", 0
    while token := TOKEN.search(content, at):
        font, opens, _shows = token.groups()
        at = token.end()
        if font:
            letters = fonts[font]
        elif opens:
            end = _closing(content, at)
            glyphs += _unescaped(content[at:end])
            at = end + 1
        else:
            pieces.append(_decoded(glyphs, letters))
            glyphs = b""
    return "\n".join(pieces)


def _closing(content, at):
    """Return where the string that began before ``at`` ends."""
    depth = 1
    while depth:
        if content[at] == ord("\\"):
            at += 1
        elif content[at] == ord("("):
            depth += 1
        elif content[at] == ord(")"):
            depth -= 1
        at += 1
    return at - 1


def _decoded(glyphs, letters):
    codes = [glyphs[at : at + 2] for at in range(0, len(glyphs), 2)]
    return "".join(letters.get(int.from_bytes(one), "") for one in codes)


def _unescaped(text):
    def plain(match):
        one = match[1]
        return bytes([int(one, 8)]) if one[:1].isdigit() else NAMED.get(one, one)

    return ESCAPE.sub(plain, text)


def _letters(number, objects):
    table = int(re.search(rb"/ToUnicode (\d+) 0 R", objects[number])[1])
    lines = re.findall(
        r"^<([0-9A-F]+)> <([0-9A-F]+)>$", _stream(objects[table]).decode(), re.MULTILINE
    )
    return {
        int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be")
        for glyph, letters in lines
    }


def _stream(body):
    head, content = body.split(b"stream\n", 1)
    length = int(re.search(rb"/Length (\d+)", head)[1])
    return zlib.decompress(content[:length])
