"""What A answers about others changes nothing of what they receive, until both said yes.

Every address, as the others read it, before and after; and what they were sent.
"""

import pytest
from django.core import mail

from alliances.models import Exclusion, Interest, Introduction
from alliances.services import introductions as services
from alliances.services.introductions import Said
from jobs.models import Job
from notifications.models import Delivery, Notification
from tests.authorisation.test_non_interference import (
    changed,
    paths,
    private_world,
    read,
)
from tests.factories.introductions import InterestFactory, introduce

pytestmark = pytest.mark.django_db

READERS = ("visitor", "contributor_b", "contributor_c", "catalyst_here")
FEW_READERS = ("visitor", "contributor_c")
Answer = Interest.Answer


def say(world, answer, **values):
    a, c = world.organisations["A"], world.organisations["C"]
    person = world.people[
        "contributor_a" if answer == Answer.PROPOSED else "referent_a"
    ]
    return services.answer(a, c, by=person, said=Said(answer, **values))


def a_yes(world):
    say(world, Answer.YES, type="patronage")


def a_no(world):
    say(world, Answer.NO, reason_code="time", reason="ZQAraison nouvelle")


def a_proposal(world):
    Interest.objects.filter(organisation=world.organisations["A"]).delete()
    say(world, Answer.PROPOSED)


def a_withdrawal(world):
    services.withdraw(world.organisations["A"], world.organisations["C"])


def another_reason(world):
    a, c = world.organisations["A"], world.organisations["C"]
    Interest.objects.filter(organisation=a, other=c).update(reason="ZQAraison autre")


def another_mind(world):
    say(world, Answer.YES)
    say(world, Answer.NO, reason_code="known")


def an_expiry(world):
    a = world.organisations["A"]
    rows = Interest.objects.filter(organisation=a)
    for row in rows:
        rows.filter(pk=row.pk).update(expires_at=row.answered_at)
    services.expire_answers()


def an_introduction_with_somebody_else(world):
    """B and C learn nothing of whom A is in touch with, nor of what it has left."""
    partner = world.rows["alliances.Introduction"]["B"]
    introduce(world.organisations["A"], partner.other_than(world.organisations["B"]))


VARIATIONS = (
    a_yes,
    a_no,
    a_proposal,
    a_withdrawal,
    another_reason,
    another_mind,
    an_expiry,
    an_introduction_with_somebody_else,
)


def sent(world):
    """What reached anybody but the members of A, and how much work waits."""
    ours = [world.person(persona).pk for persona in world.members_of_a]
    news = Notification.objects.exclude(user__in=ours)
    letters = [(letter.to, letter.subject, letter.body) for letter in mail.outbox]
    to_send = Delivery.objects.exclude(user__in=ours).order_by("pk")
    # The letters to A's own people wait too: those of the others are just above.
    waiting = Job.objects.waiting().exclude(kind__startswith="notifications.")
    return (
        [*news.values_list("user", "kind", "key")],
        letters,
        [*to_send.values_list("user", "kind", "key")],
        [*waiting.values_list("kind", "key").order_by("pk")],
    )


def near(world, readers):
    """The pages of a pair, of an organisation, of answers: where it would show first."""
    return {
        reader: [
            path
            for path in paths(world, reader)
            if path.startswith(("/propositions/", "/organisations/"))
            and "?" not in path
        ]
        for reader in readers
    }


def differing(variations, readers, prepare=lambda world: None, *, where=near):
    world = private_world()
    prepare(world)
    chosen = where(world, readers)
    before, sent_before = read(world, readers, chosen=chosen), sent(world)
    for vary in variations:
        vary(world)
    after = read(world, readers, chosen=chosen)
    return changed(before, after), sent(world) == sent_before


def test_the_others_receive_the_same_bytes_whatever_a_answers():
    assert differing(VARIATIONS[:-2], FEW_READERS) == ([], True)


@pytest.mark.slow
@pytest.mark.parametrize("vary", VARIATIONS, ids=lambda vary: vary.__name__)
def test_nobody_else_receives_anything_that_changes(vary):
    everywhere = differing([vary], READERS, where=lambda *_: None)

    assert everywhere == ([], True)


def without_room(world):
    """C said yes to A; A accepts nobody this month."""
    a, c = world.organisations["A"], world.organisations["C"]
    a.solicitation_budget = 0
    a.save()
    InterestFactory(organisation=c, other=a)


def refused_by_c(world):
    a, c = world.organisations["A"], world.organisations["C"]
    InterestFactory(organisation=c, other=a)
    Exclusion.objects.create(organisation=c, other=a)


def a_yes_then_the_daily_job(world):
    a_yes(world)
    services.open_waiting()
    assert not Introduction.objects.between(
        world.organisations["A"].pk, world.organisations["C"].pk
    ).exists()


@pytest.mark.parametrize("prepare", [without_room, refused_by_c])
def test_two_yeses_that_wait_are_told_to_nobody(prepare):
    found = differing([a_yes_then_the_daily_job], ("contributor_c",), prepare)

    assert found == ([], True)


def a_yes_that_opens(world):
    a, c = world.organisations["A"], world.organisations["C"]
    InterestFactory(organisation=c, other=a)
    assert say(world, Answer.YES) is not None


def test_two_yeses_are_told_to_both_sides_and_to_who_suggested_and_nobody_else():
    """The control: the same reading sees what is not hidden."""
    world = private_world()
    readers = ("visitor", "contributor_b", "contributor_c")
    chosen = near(world, readers)
    before = read(world, readers, chosen=chosen)
    told_before = set(Notification.objects.values_list("user", flat=True))
    a_yes_that_opens(world)
    touched = changed(before, read(world, readers, chosen=chosen))

    assert touched
    assert {where.split()[0] for where in touched} == {"contributor_c"}
    told = set(Notification.objects.values_list("user", flat=True)) - told_before
    # C has no lead contact, and nobody by name answered for it: its referent is told;
    # and the catalyst who had suggested it to both (tests/authorisation/pieces).
    people = ("referent_a", "member_of_a_and_c", "catalyst_here")
    assert told == {world.people[one].pk for one in people}
