"""The name of a file, as it may be kept, shown and sent back."""

import re
import unicodedata

MAX_CHARS = 100
_UNSAFE = re.compile(r"[^\w\-. ()'’,+&°]", re.UNICODE)
_BLANKS = re.compile(r"\s+")
_DOTS = re.compile(r"\.{2,}")


def clean_name(name: str) -> str:
    r"""Return ``name`` without path, marks, line breaks nor anything that may act.

    >>> clean_name("../../etc/Devis\r\n 2026.pdf")
    'Devis 2026.pdf'
    >>> clean_name("fdp.\u202egpj.exe")
    'fdp.gpj.exe'
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(_kept(one) for one in unicodedata.normalize("NFC", last))
    plain = _DOTS.sub(".", _BLANKS.sub(" ", _UNSAFE.sub("_", kept)))
    stem, dot, extension = plain.strip().rstrip(" .").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip(" .")[: MAX_CHARS - len(extension) - 1] or "fichier"
    return f"{stem}{dot}{extension}"


def extension_of(name: str) -> str:
    """Return the last extension, in lower case: what a machine would trust."""
    return clean_name(name).rpartition(".")[2].lower() if "." in name else ""


def _kept(character: str) -> str:
    """Blanks become a space; controls, formats and lone surrogates disappear."""
    if character.isspace():
        return " "
    return (
        "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") else character
    )
