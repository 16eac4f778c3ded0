"""What A and S say to each other, how they part, what is reported about it."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from alliances.enums import ClosingReason, ClosingSentence, ReportReason
from alliances.models import Introduction, Message
from alliances.services.conversations.attaching import Piece
from alliances.services.conversations.closing import (
    Closing,
    block,
    close_introduction,
    unblock,
)
from alliances.services.conversations.reading import mark_read
from alliances.services.conversations.sending import (
    Written,
    send_message,
    withdraw_message,
)
from alliances.services.moderation import Complaint, decide, report
from tests.authorisation.neighbours import STRANGER
from tests.authorisation.variations import varies

MODERATORS = "support"


def with_the_stranger(world):
    return world.rows["alliances.Introduction"]["S"]


def those_told(world):
    return [world.people[STRANGER]]


def moderators(world):
    return [*User.objects.filter(is_staff=True), *those_told(world)]


def write(world, organisation, person, chance, *pieces):
    written = Written(f"ZQAmots {chance.random()}", str(chance.random()), pieces)
    return send_message(
        with_the_stranger(world).pk, organisation, author=person, written=written
    )


@varies()
def a_message(a, world, chance):
    person = world.people[chance.choice(["contributor_a", "referent_a"])]
    write(world, a, person, chance)
    return those_told(world)


@varies()
def a_message_with_a_file(a, world, chance):
    data = f"ZQAfichier {chance.random()}".encode() * chance.randint(1, 500)
    piece = Piece("ZQAfichier.txt", "text/plain", data)
    write(world, a, world.people["signatory_a"], chance, piece)
    return those_told(world)


@varies()
def an_answer(a, world, chance):
    write(world, world.organisations["S"], world.people[STRANGER], chance)


@varies()
def a_message_taken_back(a, world, chance):
    withdraw_message(Message.objects.filter(organisation=a).order_by("pk").last())


@varies()
def a_reading(a, world, chance):
    thread = with_the_stranger(world).conversation
    last = thread.messages.latest("sent_at")
    mark_read(thread.pk, world.people["contributor_a"], until=last.sent_at)


@varies()
def a_farewell(a, world, chance):
    closing = Closing(
        sentence=chance.choice(ClosingSentence.values),
        reason=chance.choice(ClosingReason.values),
        words=f"ZQAadieu {chance.random()}",
        is_shared=chance.random() < 0.5,
    )
    close_introduction(with_the_stranger(world).pk, a, closing)
    return those_told(world)


@varies()
def a_farewell_received(a, world, chance):
    closing = Closing(words=f"ZQAadieu {chance.random()}", is_shared=True)
    close_introduction(with_the_stranger(world).pk, world.organisations["S"], closing)


@varies()
def a_block(a, world, chance):
    block(
        with_the_stranger(world).pk,
        a,
        by=world.people["referent_a"],
        reason=f"ZQAblocage {chance.random()}",
    )
    return those_told(world)


@varies()
def a_block_taken_back(a, world, chance):
    unblock(a, world.organisations["D"].pk)


@varies(MODERATORS)
def a_report(a, world, chance):
    _complain(world, world.people["contributor_a"], world.organisations["S"], chance)
    return moderators(world)


@varies(MODERATORS)
def a_report_about_a(a, world, chance):
    _complain(world, world.people[STRANGER], a, chance)
    return moderators(world)


@varies(MODERATORS)
def a_report_that_is_upheld(a, world, chance):
    made = _complain(world, world.people[STRANGER], a, chance)
    administrator = world.people["administrator"]
    upheld = chance.random() < 0.5
    decide(made.pk, by=administrator, is_upheld=upheld, decision="ZQAdecision")
    return moderators(world)


def _complain(world, person, about, chance):
    message = Message.objects.filter(
        organisation=about, conversation__introduction=with_the_stranger(world)
    ).last()
    complaint = Complaint(
        about,
        chance.choice(ReportReason.values),
        f"ZQAmotif {chance.random()}",
        message,
    )
    return report(complaint, by=person)


@varies()
def when_the_first_answer_came(a, world, chance):
    days = dt.timedelta(days=chance.randint(1, 30))
    rows = Introduction.objects.filter(pk=with_the_stranger(world).pk)
    rows.update(opened_at=timezone.now() - days, first_answer_at=timezone.now())
