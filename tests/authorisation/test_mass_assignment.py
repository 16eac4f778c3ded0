"""Every form receives every field of every model: only what it declares may change."""

from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build
from tests.form_reader import forms_of
from tests.tree import OUR_APPS

pytestmark = pytest.mark.django_db

PERSONAS = ("contributor_a", "account_without_organisation")
FORM = "application/x-www-form-urlencoded"
# What no form of these people changes in a row that exists, theirs included.
PROTECTED = {
    "accounts.User": (
        *("public_id", "email", "is_staff", "is_superuser", "is_active"),
        *("erased_at", "date_joined", "inactivity_notice_at"),
    ),
    "accounts.ApiToken": ("user_id", "public_id", "digest", "scopes", "expires_at"),
    "alliances.Organisation": (
        *("public_id", "source", "key", "is_fictitious", "created_at"),
        *("archived_at", "merged_into_id"),
    ),
    "alliances.Intention": ("organisation_id", "public_id"),
    "alliances.Membership": ("user_id", "organisation_id", "role"),
    "alliances.Mandate": ("user_id", "territory_id", "role"),
    "alliances.Exclusion": ("organisation_id",),
    "alliances.Claim": ("public_id", "user_id", "organisation_id", "proof"),
    "alliances.Invitation": ("public_id", "organisation_id", "email", "role"),
    "alliances.Interest": ("organisation_id", "other_id", "by_id"),
    "alliances.Introduction": ("public_id", "low_id", "high_id", "opened_at"),
    "alliances.Message": ("public_id", "organisation_id", "author_id", "sent_at"),
    "alliances.Attachment": ("public_id", "message_id", "name", "scan", "file"),
    "alliances.Block": ("organisation_id", "other_id", "reason"),
    "alliances.Suggestion": ("public_id", "low_id", "high_id", "by_id", "opened_at"),
    "alliances.Report": ("public_id", "by_id", "organisation_id", "state", "decision"),
    "accounts.Absence": ("user_id", "starts_on", "ends_on"),
    "accounts.Consent": ("user_id", "purpose", "scope", "is_given", "recorded_at"),
    "accounts.DataExport": ("public_id", "user_id", "expires_at", "file"),
    "accounts.Elevation": ("user_id", "ends_at"),
    "accounts.ErasureRequest": ("user_id", "due_at"),
    "account.EmailAddress": ("user_id", "email", "verified"),
    "mfa.Authenticator": ("user_id", "type"),
    "notifications.Notification": ("public_id", "user_id", "path", "context"),
    "notifications.Preference": ("user_id", "kind"),
    "rendezvous.Attendance": ("attendee_id", "arrived_at", "by_id"),
    "rendezvous.Registration": ("public_id", "session_id", "organisation_id", "kind"),
    "rendezvous.Session": ("public_id", "territory_id", "by_id", "state", "title"),
    "rendezvous.SessionClock": ("session_id", "revision", "by_id", "started_at"),
    "rendezvous.Schedule": ("public_id", "session_id", "state", "value", "bound"),
    "rendezvous.Wish": ("registration_id", "other_id"),
}
# Lines that their own members write, and what no form writes at all.
LEFT_OUT = {
    "accounts.Erasure",
    "accounts.Purge",
    "alliances.Conversation",
    "alliances.Establishment",
    "alliances.IntentionDomain",
    "alliances.IntentionPlace",
    "alliances.Merge",
    "alliances.Need",
    "alliances.Offer",
    "alliances.PrivilegedRead",
    "alliances.Reading",
    "notifications.Delivery",
    "notifications.Suppression",
}


def values(world) -> dict[str, str]:
    """A value that would do harm in each column of each model of ours."""
    found = {}
    for label in OUR_APPS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                harm = harm_in(field, world)
                found |= dict.fromkeys((field.name, field.attname), harm)
    return found


NAMED = {"role": "signatory", "email": "zqvol@exemple.test"}


def harm_in(field: models.Field, world) -> str:
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField | models.DateField):
        return "2020-01-01"
    if field.is_relation or isinstance(field, models.IntegerField):
        return str(world.people["administrator"].pk)
    return NAMED.get(field.name, "ZQvol")


def fingerprint() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for label, columns in PROTECTED.items():
            table = apps.get_model(label)._meta.db_table
            kept = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f"SELECT id, {kept} FROM {table} ORDER BY id")
            found[label] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


def changed(before, after) -> list[str]:
    """Rows that existed and are no longer what they were."""
    return [
        f"{label} {pk}"
        for label, rows in before.items()
        for pk, row in rows.items()
        if pk in after[label] and after[label][pk] != row
    ]


def bodies(client, path, harm):
    """The harm alone, then with each form of the page filled as it is shown."""
    yield path, urlencode(harm)
    page = client.get(path)
    if page.status_code == 200 and "html" in page["Content-Type"]:
        for form in forms_of(page.content.decode()):
            if form.method == "POST":
                target = urlsplit(urljoin(path, form.action)).path
                yield target, urlencode({**harm, **form.data}, doseq=True)
                empty = {
                    name: value
                    for name, value in form.data.items()
                    if any(value) or name not in harm
                }
                yield target, urlencode({**harm, **empty}, doseq=True)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_field_that_a_form_does_not_declare_changes_nothing(persona):
    world = build()
    client = world.client(persona)
    harm, before = values(world), fingerprint()
    found, accepted = [], 0
    for address in addresses():
        if address.name == "account_logout":
            continue
        path = path_of(Attempt(persona, address, "A", "POST", 0), world)
        for target, body in list(bodies(client, path, harm)):
            with transaction.atomic():
                answer = client.generic("POST", target, body, FORM)
                accepted += answer.status_code < 400
                found += [
                    f"{target}: {what}" for what in changed(before, fingerprint())
                ]
                transaction.set_rollback(True)

    assert found == []
    assert accepted > 5, "only refusals prove little"


def test_every_model_that_holds_something_of_somebody_is_protected():
    """A model that joins the site joins the one list or the other."""
    ours = {
        model._meta.label
        for label in ("accounts", "alliances", "notifications")
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.endswith("Event")
    }

    assert ours - set(PROTECTED) == LEFT_OUT


def test_a_change_of_what_is_protected_is_seen():
    world = build()
    before = fingerprint()
    person = world.people["contributor_a"]
    person.is_staff = True
    person.save()

    assert changed(before, fingerprint()) == [f"accounts.User {person.pk}"]
