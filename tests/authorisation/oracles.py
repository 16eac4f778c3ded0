"""What is wrong with an answer: its status, a canary in it, a victim's row changed."""

import io

import openpyxl
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from accounts.policy import Access
from tests.authorisation.attempts import VARIANTS, Attempt, fields_of, path_of
from tests.authorisation.world import World
from tests.pdf_reader import text_of

ZIP = b"PK\x03\x04"
FORM = "application/x-www-form-urlencoded"
OK = 200
REFUSALS = (301, 302, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429)
# Whose rows must not change: with the column of the person they belong to, if any.
VICTIMS = {
    "account.EmailAddress": "user_id",
    "mfa.Authenticator": "user_id",
    "usersessions.UserSession": "user_id",
    "accounts.User": "id",
    "accounts.ApiToken": "user_id",
    "accounts.Absence": "user_id",
    "accounts.Consent": "user_id",
    "accounts.DataExport": "user_id",
    "accounts.ErasureRequest": "user_id",
    "alliances.Attachment": "",
    "alliances.Block": "",
    "alliances.Claim": "user_id",
    "alliances.Exclusion": "",
    "alliances.Intention": "",
    "alliances.Interest": "",
    "alliances.Introduction": "",
    "alliances.Invitation": "",
    "alliances.Mandate": "",
    "alliances.Membership": "",
    "alliances.Message": "",
    "alliances.Need": "",
    "alliances.Offer": "",
    "alliances.Organisation": "",
    "alliances.Report": "by_id",
    "alliances.Suggestion": "by_id",
    "notifications.Notification": "user_id",
    "notifications.Preference": "user_id",
    "rendezvous.Attendance": "",
    "rendezvous.Attendee": "",
    "rendezvous.Printout": "",
    "rendezvous.Registration": "",
    "rendezvous.Schedule": "",
    "rendezvous.Session": "",
    "rendezvous.SessionClock": "",
    "rendezvous.Wish": "",
}
# Touched by every visit of the person, and by nothing else.
UNTOLD_COLUMNS = "- 'seen_at' - 'last_login'"


def digest(world: World, persona: str) -> str:
    """A fingerprint of everything of others that could be harmed."""
    person = world.person(persona)
    with connection.cursor() as cursor:
        cursor.execute(_fingerprint(), {"own": getattr(person, "pk", None) or 0})
        return str(cursor.fetchone())


def _fingerprint() -> str:
    parts = []
    for label, owner in VICTIMS.items():
        table = apps.get_model(label)._meta.db_table
        others = f"WHERE {owner} IS DISTINCT FROM %(own)s" if owner else ""
        parts.append(
            "(SELECT md5(string_agg((to_jsonb(t) "
            f"{UNTOLD_COLUMNS})::text, '' ORDER BY id)) FROM {table} t {others})"
        )
    return f"SELECT {', '.join(parts)}"


def leaks(attempt: Attempt, world: World, client: Client, before: str) -> list[str]:
    """Play ``attempt`` in a savepoint and return what is wrong with the answer."""
    path = path_of(attempt, world)
    if path is None:
        return [f"{attempt}: no path"]
    with transaction.atomic():
        mail.outbox.clear()
        status, text = _answer(attempt, world, client, path)
        changed = digest(world, attempt.persona) != before
        transaction.set_rollback(True)
    found = _wrong_status(attempt, world, status)
    found += [
        f"canary {canary}"
        for canary in world.canaries_unknown_to(attempt.persona)
        if canary in text
    ]
    if changed and not _may_write(attempt, world):
        found.append("rows of others changed")
    return [f"{attempt}: {what}" for what in found]


def _answer(
    attempt: Attempt, world: World, client: Client, path: str
) -> tuple[int, str]:
    """The status and everything that came out: headers, body, where it leads, mails."""
    fields = fields_of(attempt, world)
    headers = {"HTTP_HX_REQUEST": "true"} if VARIANTS[attempt.variant].htmx else {}
    if attempt.method in ("GET", "HEAD"):
        asked = {"QUERY_STRING": fields if VARIANTS[attempt.variant].foreign else ""}
        response = client.generic(attempt.method, path, **asked, **headers)
    else:
        response = client.generic(
            attempt.method, path, data=fields, content_type=FORM, **headers
        )
    text = _text(response)
    if attempt.method == "POST" and response.status_code in (301, 302):
        text += _text(client.get(response.url))
    return response.status_code, text + _mails_to_others(world, attempt.persona)


def _text(response: object) -> str:
    body = b"".join(response) if response.streaming else response.content
    return read(body) + str(response.headers)


def read(body: bytes) -> str:
    """What a person reads of a file: its bytes hide texts."""
    if body.startswith(b"%PDF-1.7"):
        return text_of(body)
    if body.startswith(ZIP) and b"xl/workbook.xml" in body:
        book = openpyxl.load_workbook(io.BytesIO(body))
        rows = (row for sheet in book for row in sheet.values)
        return " ".join(str(cell) for row in rows for cell in row)
    return body.decode(errors="replace")


def _mails_to_others(world: World, persona: str) -> str:
    """Mails to this person: what is sent to the others is theirs to read."""
    address = getattr(world.person(persona), "email", "")
    return "".join(
        f"{message.subject} {message.body}"
        for message in mail.outbox
        if address and address in message.to
    )


def _wrong_status(attempt: Attempt, world: World, status: int) -> list[str]:
    if status >= 500:
        return [f"status {status}"]
    if status in REFUSALS:
        return []
    wrong = (
        _opened(attempt),
        _shown(attempt, status),
        _allowed(attempt, world, status),
    )
    return [what for what in wrong if what]


def _opened(attempt: Attempt) -> str:
    """The address itself is not for this person."""
    access = attempt.address.row.access
    if access is Access.SIGNED_IN and attempt.persona == "visitor":
        return "opened to a visitor"
    if access is Access.STAFF and attempt.persona not in ("support", "administrator"):
        return f"opened to {attempt.persona}"
    if access is Access.ELEVATED and attempt.persona != "administrator":
        return f"opened to {attempt.persona}"
    return ""


def _shown(attempt: Attempt, status: int) -> str:
    """The object does not exist, or no longer does for this person."""
    models = dict(attempt.address.row.objects).values()
    if status != OK or not any("." in model for model in models):
        return ""
    if attempt.relation == "random":
        return "a random identifier answers 200"
    archived = attempt.relation == "D" and "alliances.Organisation" in models
    if archived and attempt.persona != "administrator":
        return "an archived organisation answers 200"
    return ""


def _allowed(attempt: Attempt, world: World, status: int) -> str:
    """The view asks a permission that this person does not have there."""
    row = attempt.address.row
    of_somebody = any("." in model for _, model in row.objects)
    if status != OK or not row.permission or not of_somebody:
        return ""
    if attempt.persona in world.admitted(row.name, attempt.relation):
        return ""
    return "a permission that is not theirs answers 200"


def _may_write(attempt: Attempt, world: World) -> bool:
    if attempt.method in ("GET", "HEAD"):
        return False
    admitted = world.admitted(attempt.address.row.name, attempt.relation)
    return attempt.persona in admitted
