"""What one says of a meeting: hidden until both have answered, then told to both."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Exclusion, Interest, Introduction
from alliances.services.introductions import OwnRefusalError
from notifications.models import Notification
from rendezvous.models import Encounter, Feedback, FollowUp
from rendezvous.services.following.feedback import NotMetError, SettledError
from tests.factories.followups import (
    MAYBE,
    NO,
    YES,
    Side,
    both_say_yes,
    met,
    past_session,
    say,
)
from tests.factories.introductions import introduce
from tests.factories.partners import BlockFactory
from tests.factories.sessions import begun, seat, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
COMPANY = ActorKind.COMPANY
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def session():
    return past_session()


@pytest.fixture
def wheels(session):
    return Side(session)


@pytest.fixture
def works(session):
    return Side(session, "Usine", COMPANY)


@pytest.fixture
def programme(session, wheels, works):
    return met(session, wheels, works)


def url(name, side, *more):
    args = [side.registration.session.public_id, side.organisation.public_id, *more]
    return reverse(f"rendezvous:{name}", args=args)


def page(client, side, other=None):
    """The programme of one side, or its page about another."""
    client.force_login(side.user)
    where = (
        url("followup_detail", side, other.registration.public_id)
        if other
        else url("programme_detail", side)
    )
    return " ".join(client.get(where).content.decode().split())


def answers():
    rows = Feedback.objects.order_by("pk")
    return list(rows.values_list("answer", "outcome"))


@pytest.mark.usefixtures("programme")
def test_two_yeses_open_one_introduction_and_tell_both(wheels, works):
    say(wheels, works, track="Un atelier commun")
    assert not Introduction.objects.exists()

    say(works, wheels)

    followup = FollowUp.objects.get()
    introduction = Introduction.objects.get()
    assert followup.introduction == introduction
    assert set(introduction.sides) == {wheels.organisation.pk, works.organisation.pk}
    assert answers() == [("yes", "mutual"), ("yes", "mutual")]
    told = Notification.objects.filter(kind="introduction_opened")
    assert set(told.values_list("user", flat=True)) == {wheels.user.pk, works.user.pk}
    assert not Interest.objects.filter(closed_at=None).exists()
    assert Encounter.objects.count() == 1


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [(YES, MAYBE, "open"), (MAYBE, MAYBE, "open"), (YES, NO, "none")],
    ids=str,
)
def test_anything_else_opens_nothing(wheels, works, one, other, outcome):
    say(wheels, works, one)
    say(works, wheels, other)

    assert answers() == [(one, outcome), (other, outcome)]
    assert not Introduction.objects.exists()
    assert not Interest.objects.exists()
    assert not FollowUp.objects.exists()


@pytest.mark.usefixtures("programme")
def test_one_may_change_ones_mind_until_the_other_answers(wheels, works):
    say(wheels, works, NO)
    say(wheels, works, YES)
    say(works, wheels, YES)

    with pytest.raises(SettledError):
        say(wheels, works, NO)
    assert answers() == [("yes", "mutual"), ("yes", "mutual")]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("answer", [YES, MAYBE, NO])
def test_the_other_side_reads_nothing_of_an_answer_before_its_own(
    client, wheels, works, answer
):
    def read():
        texts = page(client, works), page(client, works, wheels)
        return [TOKEN.sub("", text) for text in texts]

    before = read()

    say(wheels, works, answer, track="ZQpiste")

    assert read() == before
    assert Notification.objects.count() == 0


@pytest.mark.usefixtures("programme")
def test_an_answer_costs_the_other_side_the_same_queries(client, wheels, works):
    page(client, works)
    with CaptureQueriesContext(connection) as before:
        page(client, works)
    say(wheels, works, track="ZQpiste")

    with CaptureQueriesContext(connection) as after:
        page(client, works)

    assert len(after) == len(before)


@pytest.mark.usefixtures("programme")
def test_tracks_are_shared_when_nobody_said_no(client, wheels, works):
    say(wheels, works, MAYBE, track="Réparer des vélos")
    say(works, wheels, MAYBE, track="Prêter un local")

    text = page(client, works, wheels)

    assert "Réparer des vélos" in text
    assert "L’un de vous hésite encore" in text


@pytest.mark.usefixtures("programme")
def test_a_no_is_not_said_to_be_anybodys(client, wheels, works):
    say(wheels, works, NO, track="ZQraison")
    say(works, wheels, YES, track="Prêter un local")

    text = page(client, works, wheels)

    assert "Pas de suite cette fois" in text
    assert "ZQraison" not in text


def test_nobody_answers_before_the_round_nor_about_who_was_not_met(
    session, wheels, works
):
    met(session, wheels, works, number=4)
    third = Side(session, "Tierce")

    for other in (works, third):
        with pytest.raises(NotMetError):
            say(wheels, other)


def test_the_clock_of_the_day_says_which_rounds_have_begun():
    late = session_of(TerritoryFactory(), days=0)
    begun(late, at=timezone.now())
    one, other = Side(late), Side(late, "Usine", COMPANY)
    met(late, one, other, number=2)

    with pytest.raises(NotMetError):
        say(one, other)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=10), tick=False):
        say(one, other)


def test_where_nobody_started_the_clock_a_planned_end_is_enough():
    session = session_of(TerritoryFactory(), days=0)
    one, other = Side(session), Side(session, "Usine", COMPANY)
    met(session, one, other)

    with pytest.raises(NotMetError):
        say(one, other)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=8), tick=False):
        say(one, other)


@pytest.mark.usefixtures("programme")
def test_nobody_answers_three_months_after(wheels, works):
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=92), tick=False),
        pytest.raises(NotMetError),
    ):
        say(wheels, works)


@pytest.mark.usefixtures("programme")
def test_an_evening_of_meetings_does_not_wait_for_the_budget(wheels, works):
    wheels.organisation.solicitation_budget = 0
    wheels.organisation.save()

    assert both_say_yes(wheels, works).introduction is not None


@pytest.mark.usefixtures("programme")
def test_partners_already_keep_their_introduction(wheels, works):
    known = introduce(wheels.organisation, works.organisation, days_ago=30)

    assert both_say_yes(wheels, works).introduction == known
    assert Introduction.objects.count() == 1


@pytest.mark.usefixtures("programme")
def test_a_pair_that_parted_lately_waits_and_is_followed(wheels, works):
    introduce(wheels.organisation, works.organisation, days_ago=60, closed_days_ago=30)

    followup = both_say_yes(wheels, works)

    assert followup.introduction is None
    assert Interest.objects.filter(closed_at=None).count() == 2


@pytest.mark.usefixtures("programme")
def test_a_block_since_then_is_a_no_like_another(client, wheels, works):
    say(wheels, works)
    BlockFactory(organisation=wheels.organisation, other=works.organisation)

    say(works, wheels)

    assert answers() == [("yes", "none"), ("yes", "none")]
    assert "Pas de suite cette fois" in page(client, works, wheels)
    assert not Introduction.objects.exists()


@pytest.mark.usefixtures("programme")
def test_ones_own_refusal_is_told_to_oneself_alone(client, wheels, works):
    Exclusion.objects.create(organisation=wheels.organisation, kind=COMPANY)

    with pytest.raises(OwnRefusalError):
        say(wheels, works)
    client.force_login(wheels.user)
    answer = client.post(
        url("feedback_give", wheels, works.registration.public_id),
        {"reponse": "yes"},
        follow=True,
    )

    assert "Vos critères de refus" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_a_table_of_three_is_three_pairs(session, wheels, works):
    town = Side(session, "Mairie", ActorKind.LOCAL_AUTHORITY)
    met(session, wheels, works, town)

    both_say_yes(wheels, works)
    say(wheels, town)
    say(town, wheels, NO)

    followups = FollowUp.objects.values_list("low", "high")
    assert list(followups) == [
        tuple(sorted((wheels.registration.pk, works.registration.pk)))
    ]


@pytest.mark.usefixtures("programme")
def test_three_buttons_are_on_the_page_as_soon_as_the_round_has_begun(
    client, wheels, works
):
    text = page(client, wheels)

    for label in ("Je veux continuer", "Peut-être", "Non"):
        assert f"{label}</button>" in text


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "data",
    [{}, {"reponse": "oui"}, {"reponse": "yes", "piste": "x" * 201}],
    ids=["none", "unknown", "long"],
)
def test_what_is_not_an_answer_is_refused_with_a_message(client, wheels, works, data):
    client.force_login(wheels.user)
    answer = client.post(
        url("feedback_give", wheels, works.registration.public_id), data
    )

    assert answer.status_code == 422
    assert "Rien n’a été enregistré" in answer.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("programme")
def test_who_was_not_met_has_no_page(client, session, wheels):
    third = Side(session, "Tierce")
    client.force_login(wheels.user)

    for name, method in (("followup_detail", "get"), ("feedback_give", "post")):
        where = url(name, wheels, third.registration.public_id)
        assert getattr(client, method)(where).status_code == 404


def test_more_meetings_cost_no_more_queries(client, session, wheels, works):
    programme = met(session, wheels, works)
    page(client, wheels)
    with CaptureQueriesContext(connection) as few:
        page(client, wheels)
    for table, name in enumerate(("Fabrique", "Atelier"), start=2):
        other = Side(session, name, COMPANY)
        seat(programme, table, 1, [wheels.registration, other.registration])
        both_say_yes(wheels, other) if table == 2 else say(wheels, other)

    with CaptureQueriesContext(connection) as many:
        page(client, wheels)

    assert len(many) == len(few) < 50
