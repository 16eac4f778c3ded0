"""Texts that a spreadsheet would run as a formula, made harmless and back."""

import re

# OWASP, "CSV Injection": what starts a formula once the cell is opened, with the
# full-width forms that some spreadsheets take for the plain ones.
_STARTERS = "=+\\-@\t\r\n＝＋－＠"
_DANGEROUS = re.compile(f"'*[{_STARTERS}]")
_NEUTRALISED = re.compile(f"'+[{_STARTERS}]")


def neutralised(text: str) -> str:
    r"""Return ``text`` with an apostrophe before what would start a formula.

    Parameters
    ----------
    text : str
        Any text of the base.

    Returns
    -------
    str
        The same text, or the text after one more apostrophe. The function is
        injective: ``restored`` gives the text back, whatever it was.

    Notes
    -----
    Source: OWASP, CSV Injection; reliability bar, E4.

    Examples
    --------
    >>> neutralised("=1+1"), neutralised("Les vélos"), neutralised("'=1")
    ("'=1+1", 'Les vélos', "''=1")
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def restored(text: str) -> str:
    r"""Return the text that ``neutralised`` protected.

    Parameters
    ----------
    text : str
        A cell of a file, from an export of the platform or written by hand.

    Returns
    -------
    str
        The text without the apostrophe that protects a formula; unchanged when
        there is none.

    Examples
    --------
    >>> restored("'=1+1"), restored("'tis"), restored(neutralised("''@x"))
    ('=1+1', "'tis", "''@x")
    """
    return text[1:] if _NEUTRALISED.match(text) else text
