import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from alliances.models import Interest, Introduction
from alliances.services.conversations import block
from jobs.registry import handler_of
from matching.models import COMPONENTS, Configuration, Signal
from matching.services.signals import keep_signals
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.matching import worked_pair

pytestmark = pytest.mark.django_db

CLOSED = dt.timedelta(days=1)


def pair():
    association, company = worked_pair()
    return association.organisation, company.organisation


def kept():
    return [
        (signal.kind, signal.reason)
        for signal in Signal.objects.order_by("created_at", "pk")
    ]


def test_an_introduction_is_kept_with_what_the_score_saw():
    introduce(*pair(), type="patronage")

    assert keep_signals() == 1

    signal = Signal.objects.get()
    seen = dict(zip(COMPONENTS, signal.components, strict=True))
    assert seen["objectives"] == pytest.approx((0.8667 + 0.7667) / 2, abs=1e-4)
    assert seen["needs"] == pytest.approx((0.5 + 0.35) / 2)
    assert (seen["domains"], seen["territory"], seen["proximity"]) == (1, 1, None)
    assert signal.configuration == Configuration.objects.get()


def test_what_happened_is_kept_once_however_often_it_is_asked():
    introduction = introduce(*pair())
    keep_signals()
    introduction.first_answer_at = timezone.now()
    introduction.save()

    assert [keep_signals(), keep_signals()] == [1, 0]
    assert kept() == [("accepted", ""), ("met", "")]


def test_a_farewell_without_a_word_before_is_no_meeting():
    now = timezone.now()
    introduce(
        *pair(),
        state=Introduction.State.DECLINED,
        closed_at=now - CLOSED,
        first_answer_at=now,
        closing_reason="too_far",
    )

    keep_signals()

    assert set(kept()) == {("accepted", ""), ("declined", "too_far")}


def test_a_pair_that_talked_and_parted_is_kept_for_both():
    now = timezone.now()
    introduce(
        *pair(),
        state=Introduction.State.DECLINED,
        closed_at=now,
        first_answer_at=now - CLOSED,
        closing_reason="means",
    )

    keep_signals()

    assert set(kept()) == {("accepted", ""), ("met", ""), ("declined", "means")}


def test_a_block_leaves_no_trace():
    one, other = pair()
    introduction = introduce(one, other)
    keep_signals()

    block(introduction.pk, one, by=UserFactory(), reason="Insultes.")

    introduction.refresh_from_db()
    assert introduction.state == Introduction.State.DECLINED
    assert keep_signals() == 0


def test_hidden_answers_leave_no_signal():
    one, other = pair()
    InterestFactory(organisation=one, other=other)
    InterestFactory(
        organisation=other, other=one, answer=Interest.Answer.NO, reason_code="means"
    )

    assert keep_signals() == 0


def test_organisations_without_a_description_are_kept_as_unknown():
    introduce(OrganisationFactory(), OrganisationFactory())

    keep_signals()

    assert Signal.objects.get().components == [None] * len(COMPONENTS)


def test_a_signal_is_never_rewritten():
    introduce(*pair())
    keep_signals()

    with pytest.raises(InternalError), transaction.atomic():
        Signal.objects.update(kind=Signal.Kind.MET)

    assert kept() == [("accepted", "")]


def test_it_is_done_every_day():
    assert handler_of("matching.keep_signals").every == dt.timedelta(days=1)
