"""Conversations: A and B speak, with a file, a report, a block and a farewell."""

from django.core.files.base import ContentFile
from django.utils import timezone

from alliances.models import Attachment, Block, Introduction, Report
from tests.factories.conversations import introduce, say

DECISIONS = ("introduction_close", "organisation_block", "organisation_unblock")


def add(world):
    a, b, c = (world.organisations[letter] for letter in "ABC")
    both = world.members_of_a | world.members_of_b
    introduction = world.rows.get("alliances.Introduction", {}).get("A")
    if introduction is None:
        introduction = introduce(a, b)
        world.bind("alliances.Introduction", "A", introduction)
    said_by_a = say(introduction, world.people["referent_a"], a, "ZQABmessage de A")
    said_by_b = say(introduction, world.people["signatory_b"], b, "ZQBAreported")
    for relation, message in (("A", said_by_b), ("B", said_by_a)):
        world.bind("alliances.Message", relation, message)
    _file(world, said_by_b)
    world.keep_secret("ZQABmessage", known_to=both)
    # Reported: the moderators read this one, and only the names of its files.
    world.keep_secret("ZQBAreported", known_to=both | {"administrator"})
    world.keep_secret("ZQABfichier", known_to=both | {"administrator"})
    world.keep_secret("ZQABcontenu", known_to=both)
    _closed_one(world, a, c)
    _report_and_block(world, a, b, said_by_b)
    _doors(world)


def _file(world, message):
    piece = Attachment(
        message=message,
        name="ZQABfichier.txt",
        media_type="text/plain",
        size_bytes=11,
        sha256="0" * 64,
        scan=Attachment.Scan.NOT_SCANNED,
    )
    piece.file.save("matrix", ContentFile(b"ZQABcontenu"), save=True)
    world.bind("alliances.Attachment", "A", piece)


def _closed_one(world, a, c):
    """A closed another introduction, with words kept among its members."""
    closed = introduce(
        a,
        c,
        state=Introduction.State.DECLINED,
        closed_at=timezone.now(),
        closed_by=a,
        closing_sentence="plain",
        closing_words="ZQAadieu",
    )
    say(closed, world.people["referent_a"], a, "ZQACmessage")
    of_c = {name for name in world.people if name.endswith("_c")}
    world.keep_secret("ZQAadieu", known_to=world.members_of_a)
    world.keep_secret("ZQACmessage", known_to=world.members_of_a | of_c)


def _report_and_block(world, a, b, message):
    Block.objects.create(
        organisation=a, other=world.organisations["D"], reason="ZQAblocage"
    )
    report = Report.objects.create(
        by=world.people["contributor_a"],
        organisation=b,
        message=message,
        reason_code="spam",
        words="ZQAsignalement",
    )
    world.bind("alliances.Report", "A", report)
    readers = {"contributor_a", "token_of_a", "administrator"}
    world.keep_secret("ZQAsignalement", known_to=readers)
    world.keep_secret("ZQAblocage", known_to=world.members_of_a)


def _doors(world):
    for name in DECISIONS:
        world.admit(f"alliances:{name}", "A", "referent_a", "signatory_a")
        world.admit(f"alliances:{name}", "B", "signatory_b")
    for relation in ("A", "B", "D"):
        world.admit("moderation:report_decide", relation, "administrator")
        world.admit("moderation:warning", relation)
        world.admit("moderation:report_followup", relation, "contributor_a")
