"""The sessions of the demonstration, loaded beside its population."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from alliances.demonstration import FOLDER as POPULATION
from alliances.demonstration import SOURCE, accounts
from alliances.enums import MandateRole
from alliances.models import Introduction, Mandate, Membership, Organisation
from notifications.models import Notification
from rendezvous.clock import Phase, position
from rendezvous.demonstration import (
    ABSENT,
    EVENING,
    LATE,
    PAST,
    PROCESS,
    began_at,
    begins_at,
    charenton,
    evening,
    past,
    who_comes,
    wishes,
)
from rendezvous.enums import ProcessStageCode, SessionState
from rendezvous.models import (
    Attendance,
    Attendee,
    Checkpoint,
    Commitment,
    Encounter,
    Feedback,
    FollowUp,
    PlenaryShare,
    Process,
    ProcessAction,
    Registration,
    Schedule,
    Session,
    Wish,
)
from rendezvous.outcomes import outcome_of
from rendezvous.scheduling.check import check
from rendezvous.selectors.aftercare import SORTS, care_of
from rendezvous.selectors.afterwards import afterwards_of
from rendezvous.selectors.figures import figures_of
from rendezvous.selectors.live import clock_of
from rendezvous.selectors.met import sat
from rendezvous.selectors.problem import problem_of
from rendezvous.services.demonstration import load_sessions
from rendezvous.services.demonstration_process import load_process
from rendezvous.services.following.progress import _add_up
from rendezvous.services.schedules import meetings_of
from territories.models import Territory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

PARIS = ZoneInfo("Europe/Paris")
NOON = dt.datetime(2031, 5, 17, 12, tzinfo=PARIS)


def population():
    with (POPULATION / "organisations.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def test_who_comes_is_of_the_demonstration_and_fills_what_is_announced():
    known = population()
    for name, setting, missing in (("evening", evening(), 6), ("past", past(), 0)):
        coming = who_comes(name)
        kinds = [known[one.key]["kind"] for one in coming]
        taken = {kind: kinds.count(kind) for kind in setting.capacities}

        assert len({one.key for one in coming}) == len(coming)
        assert sum(setting.capacities.values()) - len(coming) == missing
        assert [k for k in taken if taken[k] > setting.capacities[k]] == []


def test_nobody_is_wished_twice_nor_of_one_s_own_kind():
    known = population()
    rows = wishes()

    assert len({(own, other) for own, other, _ in rows}) == len(rows) > 100
    assert [r for r in rows if known[r[0]]["kind"] == known[r[1]]["kind"]] == []
    assert {answer for _, _, answer in rows} == {"must", "like", "no"}


@pytest.mark.parametrize(("hour", "day"), [(8, 17), (17, 17), (18, 18), (23, 18)])
def test_the_evening_is_tonight_or_tomorrow_when_it_is_late(hour, day):
    now = dt.datetime(2031, 5, 17, hour, tzinfo=PARIS)

    assert begins_at(now) == dt.datetime(2031, 5, day, 18, 30, tzinfo=PARIS)


def test_the_past_session_was_a_thursday_three_weeks_before():
    for number in range(7):
        now = NOON + dt.timedelta(days=number)
        began = began_at(now)

        assert began.isoweekday() == 4
        assert 21 <= (now.date() - began.date()).days <= 27


@pytest.fixture
def demonstration(db):
    """Those of the demonstration who come, with the accounts that they have."""
    known = population()
    pays = TerritoryFactory(epci=True)
    for account in accounts():
        if account.territory:
            reference = account.territory
            kind, code = Territory.Kind.PROJECT, reference.removeprefix("PRJ-")
            if account.role == "catalyst":
                Territory.objects.filter(pk=pays.pk).update(kind=kind, code=code)
    TerritoryFactory(department=True, code="94")
    keys = {one.key for one in (*who_comes("evening"), *who_comes("past"))}
    for key in sorted(keys):
        row = known[key]
        organisation = OrganisationFactory(
            source=SOURCE, key=key, name=row["name"], kind=row["kind"]
        )
        IntentionFactory(organisation=organisation, is_default=True)
    for account in accounts():
        user = User.objects.create_user(account.email, name=account.name)
        if account.role == "catalyst":
            Mandate.objects.create(
                user=user,
                territory=pays,
                role=MandateRole.CATALYST,
                starts_on=timezone.localdate(),
            )
        if account.organisation:
            organisation = Organisation.objects.get(key=account.organisation)
            Membership.objects.create(
                user=user, organisation=organisation, role=account.role, is_lead=True
            )


def state():
    models = (Session, Registration, Attendee, Wish, Schedule, Encounter, Process)
    models = (*models, ProcessAction, PlenaryShare, Notification, Attendance)
    models = (*models, Feedback, FollowUp, Commitment, Checkpoint, Introduction)
    return [list(model.objects.order_by("pk").values()) for model in models]


def load(**options):
    call_command("load_demo_sessions", force=True, verbosity=0, **options)


def test_tonight_is_ready_to_be_computed(demonstration):
    load()

    tonight = Session.objects.get(public_id__startswith=EVENING)
    problem = problem_of(tonight)
    assert tonight.takes_registrations(timezone.now())
    assert Registration.objects.filter(session=tonight).count() == 60
    assert len(problem.participants) == 62
    assert tonight.schedules.count() == 0
    assert (
        Attendee.objects.filter(
            registration__session=tonight, user__isnull=False
        ).count()
        == 3
    )


def test_the_past_session_has_a_programme_that_breaks_no_rule(demonstration):
    load()

    session = Session.objects.get(public_id=PAST)
    schedule = session.schedules.get()
    assert session.state == SessionState.CLOSED
    assert schedule.is_published
    assert check(problem_of(session), meetings_of(schedule)) == ()
    assert 0 < schedule.value <= schedule.bound


def test_who_was_absent_or_late_met_fewer_and_the_others_everybody(demonstration):
    load()

    session = Session.objects.get(public_id=PAST)
    away = set(Organisation.objects.filter(key__in=ABSENT).values_list("pk", flat=True))
    late = Organisation.objects.get(key__in=LATE).pk
    seats = sat(session, until=session.rounds)
    missed = {
        frozenset(one.organisation for one in table)
        for table in tables_of(seats)
        if away & {one.organisation for one in table}
        or (table[0].round == 1 and late in {one.organisation for one in table})
    }
    met = Encounter.objects.filter(session=session).values_list("low", "high")
    assert len(away) == 2
    assert missed
    assert {frozenset(pair) for pair in met} == {
        frozenset(one.organisation for one in table) for table in tables_of(seats)
    } - missed


def tables_of(seats):
    tables = {}
    for one in seats:
        tables.setdefault(one.meeting, []).append(one)
    return tables.values()


def test_the_past_session_is_over_for_every_screen(demonstration):
    load()

    session = Session.objects.get(public_id=PAST)
    here = position(clock_of(session), timezone.now())
    assert (here.phase, here.round) == (Phase.OVER, session.rounds)


def test_opinions_are_told_on_meetings_that_took_place_and_settled_by_the_rules(
    demonstration,
):
    load()

    rows = Feedback.objects.select_related("registration", "other")
    met = set(Encounter.objects.values_list("low", "high"))
    said = {(one.registration_id, one.other_id): one for one in rows}
    assert len(said) > 40
    for (own, other), one in said.items():
        sides = one.registration.organisation_id, one.other.organisation_id
        back = said.get((other, own))
        told = outcome_of(one.answer, back.answer) if back else ""
        assert (min(sides), max(sides)) in met
        assert one.outcome == told
    assert {one.answer for one in said.values()} == {"yes", "maybe", "no"}


def test_two_yeses_opened_an_introduction_and_are_asked_on_every_day(demonstration):
    load()

    mutual = FollowUp.objects.mutual().select_related("introduction", "low", "high")
    assert mutual.count() > 5
    for one in mutual:
        sides = one.low.organisation_id, one.high.organisation_id
        assert set(one.introduction.sides) == set(sides)
        assert one.introduction.opened_at == one.mutual_at
        assert one.introduction.conversation
        assert one.checkpoints.count() == 8
    assert Feedback.objects.filter(outcome="mutual").count() == 2 * mutual.count()


def test_stages_of_the_past_session_are_those_that_its_answers_say(demonstration):
    load()
    followups = FollowUp.objects.mutual().order_by("pk")
    before = list(followups.values())

    for one in followups.exclude(answered_at=None):
        _add_up(one, one.answered_at)

    assert list(followups.values()) == before


def test_the_board_of_the_past_session_has_pairs_of_every_sort(
    demonstration, time_machine
):
    time_machine.move_to(NOON)
    load()

    session = Session.objects.get(public_id=PAST)
    care = care_of(session, session.by, sort="", kind="", number=None)
    assert {tab.code: tab.count > 0 for tab in care.tabs} == dict.fromkeys(SORTS, True)


def test_the_figures_of_the_past_session_go_down_step_by_step(demonstration):
    load()

    session = Session.objects.get(public_id=PAST)
    figures = figures_of(session, session.by)
    counts = [count for _, count in figures.funnel.steps]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == len(counts)
    assert counts[-1] > 0
    assert figures.cards_signed > 0
    assert figures.stopped > 0


def test_a_member_finds_an_opinion_to_give_a_card_to_sign_and_a_question(
    demonstration, time_machine
):
    time_machine.move_to(NOON)
    load()

    member = User.objects.get(email="membre@demonstration.test")
    own = Registration.objects.get(session__public_id=PAST, by=member)
    found = list(afterwards_of(own, member, timezone.now()).values())
    assert [one for one in found if not one.own and one.may_answer]
    assert [one for one in found if one.card and one.card.waits_for_own]
    assert [one for one in found if one.question and not one.question.stage]


def test_who_has_an_account_is_told_of_tonight_and_of_nothing_past(demonstration):
    load()

    told = Notification.objects.values_list("user__email", "kind")
    assert set(told) == {
        (one.email, "session_registered") for one in accounts() if one.organisation
    }


def test_loading_twice_changes_nothing(demonstration):
    load()
    before = state()

    load()

    assert state() == before


def test_an_evening_that_nobody_played_is_put_off(demonstration):
    load_sessions(NOON)

    later = load_sessions(NOON + dt.timedelta(days=3))

    assert Session.objects.filter(public_id__startswith=EVENING).count() == 1
    assert later.evening.begins_at == begins_at(NOON + dt.timedelta(days=3))
    assert later.evening.ends_at - later.evening.begins_at == dt.timedelta(minutes=72)


def test_an_evening_that_was_played_stays_and_another_follows(demonstration):
    played = load_sessions(NOON).evening
    Schedule.objects.create(
        session=played,
        version=1,
        outcome="feasible",
        value=1,
        bound=1,
        seed=1,
        idle_count=0,
        short_count=0,
        seconds=1,
    )

    follows = load_sessions(NOON + dt.timedelta(days=3)).evening

    assert follows.pk != played.pk
    assert follows.registrations.count() == 60
    played.refresh_from_db()
    assert played.begins_at == begins_at(NOON)


@pytest.mark.django_db
def test_a_site_that_is_not_a_demonstration_refuses(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="n’est pas une démonstration") as refusal:
        call_command("load_demo_sessions")

    assert refusal.value.returncode == 2


@pytest.mark.django_db
def test_without_the_population_nothing_is_loaded():
    with pytest.raises(CommandError, match="load_demo"):
        call_command("load_demo_sessions", force=True, stderr=io.StringIO())

    assert Session.objects.count() == 0


@pytest.fixture
def replayed(db):
    TerritoryFactory(department=True, code="94")
    return load_process()


def test_the_figures_of_charenton_are_those_of_its_source(replayed):
    stages = {one.stage: one for one in replayed.stages.all()}
    shares = {
        code: [
            (one.kind or one.label, one.share_pct) for one in row.shares.order_by("pk")
        ]
        for code, row in stages.items()
    }

    assert (stages["invitation"].attended, stages["restitution"].attended) == (142, 118)
    assert (stages["invitation"].ready, stages["invitation"].ready_is_about) == (
        40,
        True,
    )
    assert shares["invitation"] == [
        ("association", 50),
        ("company", 30),
        ("local_authority", 20),
    ]
    assert shares["restitution"] == [
        ("association", 40),
        ("company", 40),
        ("Dirigeants hors territoire", 20),
    ]
    assert [stages[code].begins_on for code in ProcessStageCode.values] == [
        dt.date(2012, 10, 2),
        dt.date(2012, 12, 1),
        dt.date(2013, 6, 5),
        dt.date(2013, 6, 6),
    ]


def test_charenton_kept_two_actions_in_each_of_three_groups_and_one_for_all(replayed):
    kept = ProcessAction.objects.kept().filter(process=replayed)
    groups = list(replayed.groups.all())

    assert [
        (kept.filter(group=one).count(), one.meetings.count()) for one in groups
    ] == [
        (2, 3),
        (2, 3),
        (2, 3),
    ]
    assert {(one.size_min, one.size_max) for one in groups} == {(10, 15)}
    assert (kept.filter(group=None).count(), kept.count()) == (1, 7)


def test_what_the_source_does_not_say_is_not_filled(replayed):
    assert set(replayed.actions.values_list("carrier", "carrier_is_unknown")) == {
        (None, True)
    }
    assert replayed.groups.filter(members__isnull=False).count() == 0
    assert charenton()["source"] == replayed.source
    assert replayed.public_id == PROCESS
