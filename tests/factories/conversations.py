"""Two organisations in touch, and what they said."""

import datetime as dt
import io
import zipfile

from alliances.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.introductions import introduce

SENT_AT = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)


def say(introduction, author, organisation, body, *, after_minutes=0, **fields):
    """Write a message as it is in the database, telling nobody."""
    thread = introduction.conversation
    number = thread.messages.count()
    return Message.objects.create(
        conversation=thread,
        organisation=organisation,
        author=author,
        body=body,
        key=f"factory-{number}",
        sent_at=fields.pop("sent_at", SENT_AT + dt.timedelta(minutes=after_minutes)),
        **fields,
    )


class Pair:
    """Roue libre and Atelier 44, in touch: a referent on each side."""

    def __init__(self, **fields):
        self.own = OrganisationFactory(name="Roue libre", seat=None)
        self.other = OrganisationFactory(name="Atelier 44", kind="company", seat=None)
        self.camille = UserFactory(name="Camille Petit")
        self.sam = UserFactory(name="Sam Durand")
        MembershipFactory(
            user=self.camille, organisation=self.own, role="referent", is_lead=True
        )
        MembershipFactory(
            user=self.sam, organisation=self.other, role="referent", is_lead=True
        )
        self.introduction = introduce(self.own, self.other, **fields)

    def keys(self, own=None):
        return [(own or self.own).public_id, self.introduction.public_id]


def archive(*members, **options):
    """A zip of ``(name, content)``, as office documents are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in members:
            file.writestr(name, content)
    return made.getvalue()


def docx(*more, types="wordprocessingml.document.main+xml", text="<w:document/>"):
    return archive(
        ("[Content_Types].xml", f"<Types>application/vnd.{types}</Types>"),
        ("word/document.xml", text),
        *more,
    )


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"
