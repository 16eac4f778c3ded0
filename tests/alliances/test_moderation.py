"""Reports: who reads what, who is told, and what a decision does."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import Message, Report
from alliances.services.conversations import withdraw_message
from alliances.services.conversations.forgetting import forget_withdrawn
from alliances.services.moderation import Complaint, decide, report
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory
from tests.factories.conversations import Pair, say
from tests.factories.elevation import ElevationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return Pair()


@pytest.fixture
def moderator():
    return ElevationFactory(user__name="Maude Modère").user


@pytest.fixture
def bad(pair):
    say(pair.introduction, pair.camille, pair.own, "ZQavant")
    message = say(pair.introduction, pair.sam, pair.other, "ZQinjure", after_minutes=1)
    say(pair.introduction, pair.sam, pair.other, "ZQaprès", after_minutes=2)
    return message


def reported(pair, message=None):
    complaint = Complaint(pair.other, "insult", "ZQexplication", message)
    return report(complaint, by=pair.camille)


def told(kind):
    found = Notification.objects.filter(kind=kind).order_by("user__name")
    return [one.user.name for one in found]


def test_a_message_is_reported_and_its_reporter_thanked(pair, bad, client, moderator):
    client.force_login(pair.camille)
    url = reverse("alliances:message_report", args=[*pair.keys(), bad.public_id])
    assert "ZQinjure" in client.get(url).text

    response = client.post(url, {"reason": "insult", "words": "Regardez"}, follow=True)

    made = Report.objects.get()
    assert (made.by, made.organisation, made.message) == (pair.camille, pair.other, bad)
    assert "Merci." in response.text
    assert told("report_to_handle") == ["Maude Modère"]


def test_the_same_thing_said_twice_waits_once(pair, bad):
    assert reported(pair, bad) == reported(pair, bad)
    assert reported(pair) == reported(pair)
    assert Report.objects.count() == 2


def test_one_s_own_side_is_not_reported(pair, client):
    own = say(pair.introduction, pair.camille, pair.own, "Bonjour")
    client.force_login(pair.camille)
    url = reverse("alliances:message_report", args=[*pair.keys(), own.public_id])

    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "spam"}).status_code == 404


def test_a_moderator_reads_the_reported_message_alone(pair, bad, client, moderator):
    row = reported(pair, bad)
    client.force_login(moderator)

    page = client.get(reverse("moderation:report_decide", args=[row.public_id])).text
    queue = client.get(reverse("moderation:report_list")).text

    assert ("ZQinjure" in page, "ZQexplication" in page) == (True, True)
    for text in ("ZQavant", "ZQaprès", "Sam Durand", "Camille Petit", "Roue libre"):
        assert text not in page
    assert ("Atelier 44" in queue, "ZQinjure" in queue) == (True, False)


def test_nobody_else_reads_the_queue(pair, bad, client):
    row = reported(pair, bad)
    for person in (pair.camille, pair.sam):
        client.force_login(person)
        assert client.get(reverse("moderation:report_list")).status_code == 404
        url = reverse("moderation:report_decide", args=[row.public_id])
        assert client.get(url).status_code == 404
    client.force_login(pair.sam)
    followup = reverse("moderation:report_followup", args=[row.public_id])
    assert client.get(followup).status_code == 404


def test_a_founded_report_withdraws_the_message_and_warns(pair, bad, client, moderator):
    row = reported(pair, bad)
    client.force_login(moderator)
    url = reverse("moderation:report_decide", args=[row.public_id])

    client.post(url, {"verdict": "upheld", "decision": "Ces mots blessent."})

    row.refresh_from_db()
    bad.refresh_from_db()
    assert (row.state, row.handled_by, bad.withdrawn_at is not None) == (
        "upheld",
        moderator,
        True,
    )
    assert told("report_handled") == ["Camille Petit"]
    assert told("moderation_warning") == ["Sam Durand"]
    client.force_login(pair.camille)
    followup = reverse("moderation:report_followup", args=[row.public_id])
    assert "Ces mots blessent." in client.get(followup).text
    client.force_login(pair.sam)
    warning = client.get(reverse("moderation:warning", args=[row.public_id])).text
    assert "Ces mots blessent." in warning
    for text in ("Camille", "ZQexplication", "Roue libre"):
        assert text not in warning
    thread = reverse("alliances:introduction_detail", args=pair.keys(pair.other))
    assert "ZQinjure" not in client.get(thread).text


def test_a_dismissed_report_changes_nothing_and_warns_nobody(
    pair, bad, moderator, client
):
    row = reported(pair, bad)

    decide(row.pk, by=moderator, is_upheld=False, decision="Rien de grave.")

    bad.refresh_from_db()
    assert (bad.withdrawn_at, told("moderation_warning")) == (None, [])
    assert told("report_handled") == ["Camille Petit"]
    client.force_login(pair.sam)
    url = reverse("moderation:warning", args=[row.public_id])
    assert client.get(url).status_code == 404


def test_a_decision_is_taken_once(pair, bad, client, moderator):
    row = reported(pair, bad)
    decide(row.pk, by=moderator, is_upheld=False, decision="Rien de grave.")
    client.force_login(moderator)
    url = reverse("moderation:report_decide", args=[row.public_id])

    response = client.post(
        url, {"verdict": "upheld", "decision": "Autre avis."}, follow=True
    )

    row.refresh_from_db()
    assert (row.state, row.decision) == ("dismissed", "Rien de grave.")
    assert "a décidé avant vous" in response.text


def test_a_member_who_does_not_decide_reads_no_warning(pair, bad, client, moderator):
    row = reported(pair, bad)
    decide(row.pk, by=moderator, is_upheld=True, decision="Non.")
    colleague = MembershipFactory(organisation=pair.other, role="contributor").user
    client.force_login(colleague)

    url = reverse("moderation:warning", args=[row.public_id])
    assert client.get(url).status_code == 404


def test_a_reported_message_taken_back_stays_for_the_moderators_then_goes(
    pair, bad, moderator
):
    row = reported(pair, bad)
    withdraw_message(bad)
    assert Message.objects.get(pk=bad.pk).body == "ZQinjure"
    assert forget_withdrawn() == 0

    decide(row.pk, by=moderator, is_upheld=True, decision="Non.")
    assert forget_withdrawn() == 0
    old = timezone.now() - dt.timedelta(days=181)
    Report.objects.filter(pk=row.pk).update(handled_at=old)

    assert forget_withdrawn() == 1
    assert Message.objects.get(pk=bad.pk).body == ""
    assert forget_withdrawn() == 0


def test_a_report_without_a_reason_or_a_decision_without_words_is_refused(
    pair, bad, client, moderator
):
    client.force_login(pair.camille)
    url = reverse("alliances:partner_report", args=pair.keys())
    assert "Choisissez ce qui se rapproche" in client.post(url, {}).text
    row = reported(pair, bad)
    client.force_login(moderator)
    url = reverse("moderation:report_decide", args=[row.public_id])
    assert "Expliquez votre décision" in client.post(url, {"verdict": "upheld"}).text
    row.refresh_from_db()
    assert row.state == "open"


def test_the_queue_costs_the_same_whatever_waits(
    pair, client, moderator, django_assert_max_num_queries
):
    for _ in range(15):
        complaint = Complaint(pair.other, "spam")
        report(complaint, by=UserFactory())
    client.force_login(moderator)

    with django_assert_max_num_queries(15):
        client.get(reverse("moderation:report_list"))
