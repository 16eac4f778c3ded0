"""Conversations of A and of B with strangers: a file, a report, a block, a farewell.

The partners are neither A, B nor C: what a partner reads is tried apart
(tests/alliances/test_conversations.py).
"""

from django.core.files.base import ContentFile
from django.utils import timezone

from alliances.models import Attachment, Block, Introduction, Report
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.conversations import say
from tests.factories.introductions import introduce

DECISIONS = ("introduction_close", "organisation_block", "organisation_unblock")


def add(world):
    members = {"A": world.members_of_a, "B": world.members_of_b}
    for letter, known in members.items():
        own = world.organisations[letter]
        writer = world.people[f"signatory_{letter.lower()}"]
        introduction = _introduction(world, letter)
        say(introduction, writer, own, f"ZQ{letter}message")
        answer = _answered(world, introduction, letter)
        _closed(own, letter)
        block = Block(organisation=own, other=world.organisations["D"])
        block.reason = f"ZQ{letter}blocage"
        block.save()
        for text in ("message", "contenu", "adieu", "blocage"):
            world.keep_secret(f"ZQ{letter}{text}", known_to=known)
        # Reported: the moderators read this answer, and the names of its files.
        for text in ("reponse", "fichier"):
            world.keep_secret(f"ZQ{letter}{text}", known_to=known | {"administrator"})
        _report(world, answer, letter)
    _doors(world)


def _introduction(world, letter):
    known = world.rows.get("alliances.Introduction", {}).get(letter)
    if known is not None:
        return known
    made = introduce(world.organisations[letter], OrganisationFactory())
    world.bind("alliances.Introduction", letter, made)
    return made


def _answered(world, introduction, letter):
    own = world.organisations[letter]
    other = introduction.high if own.pk == introduction.low_id else introduction.low
    answer = say(introduction, UserFactory(), other, f"ZQ{letter}reponse")
    world.bind("alliances.Message", letter, answer)
    piece = Attachment(
        message=answer,
        name=f"ZQ{letter}fichier.txt",
        media_type="text/plain",
        size_bytes=10,
        sha256="0" * 64,
        scan=Attachment.Scan.NOT_SCANNED,
    )
    piece.file.save("matrix", ContentFile(f"ZQ{letter}contenu".encode()), save=True)
    world.bind("alliances.Attachment", letter, piece)
    return answer


def _closed(own, letter):
    """Words of a farewell that stay among the members of who wrote them."""
    introduce(
        own,
        OrganisationFactory(),
        state=Introduction.State.DECLINED,
        closed_at=timezone.now(),
        closed_by=own,
        closing_sentence="plain",
        closing_words=f"ZQ{letter}adieu",
    )


def _report(world, message, letter):
    persona = f"contributor_{letter.lower()}"
    report = Report.objects.create(
        by=world.people[persona],
        organisation=message.organisation,
        message=message,
        reason_code="spam",
        words=f"ZQ{letter}signalement",
    )
    world.bind("alliances.Report", letter, report)
    readers = {persona, "administrator"} | ({"token_of_a"} if letter == "A" else set())
    world.keep_secret(f"ZQ{letter}signalement", known_to=readers)


def _doors(world):
    for name in DECISIONS:
        world.admit(f"alliances:{name}", "A", "referent_a", "signatory_a")
        world.admit(f"alliances:{name}", "B", "signatory_b")
    for relation in ("A", "B", "D"):
        world.admit("moderation:report_decide", relation, "administrator")
        world.admit("moderation:warning", relation)
    for relation in ("A", "D"):
        world.admit("moderation:report_followup", relation, "contributor_a")
    world.admit("moderation:report_followup", "B", "contributor_b")
