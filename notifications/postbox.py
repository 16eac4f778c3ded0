"""What the answers of mail servers mean (RFC 5321, and RFC 3463 for the finer codes)."""

import re
import smtplib

MAIL_ERRORS = (smtplib.SMTPException, OSError)
PERMANENT = range(500, 600)
# « No such mailbox », for servers that say no more than a number.
DEAD_ADDRESS_CODES = frozenset({550, 551, 553, 556})
FINER_CODE = re.compile(r"\b[245]\.([0-9]{1,3})\.[0-9]{1,3}\b")
ADDRESS = re.compile(r"\S*@\S*")


def is_final(error: Exception) -> bool:
    """Tell whether the same letter would be refused again.

    A refused sender or a refused password is ours to repair: the letter waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code in PERMANENT


def is_dead_address(error: Exception) -> bool:
    """Tell whether the server says that nobody reads this address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(_is_dead(code, text) for code, text in error.recipients.values())


def plain_reason(error: Exception) -> str:
    """Say what the server answered, without the address nor the words of the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_words(text)}" for code, text in error.recipients.values()]
        return "; ".join(answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return type(error).__name__


def _is_dead(code: int, text: bytes | str) -> bool:
    finer = FINER_CODE.search(_words(text))
    if finer:  # x.1.x is about the address, anything else is not
        return code in PERMANENT and finer[1] == "1"
    return code in DEAD_ADDRESS_CODES


def _words(text: bytes | str) -> str:
    plain = text.decode(errors="replace") if isinstance(text, bytes) else text
    return " ".join(ADDRESS.sub("…", plain).replace("\0", "").split())
