"""The clock of the day: what hosts do, at any instant, in any order."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.clock import (
    MINUTE,
    Clock,
    NotNowError,
    Phase,
    delay,
    end,
    fitted,
    foreseen,
    go_on,
    pause,
    planned,
    position,
    prolong,
    remaining,
    resume,
)

NINE = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)
CHANGES = {
    "go_on": go_on,
    "pause": pause,
    "resume": resume,
    "delay": lambda clock, at: delay(clock, at, by=5 * MINUTE),
    "prolong": lambda clock, at: prolong(clock, at, by=MINUTE),
    "end": end,
}

plans = st.builds(
    planned,
    st.just(NINE),
    rounds=st.integers(1, 6),
    length=st.integers(1, 10).map(lambda n: n * MINUTE),
    pause=st.integers(0, 4).map(lambda n: n * MINUTE),
)
presses = st.lists(
    st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 900)), max_size=14
)


def days(plan, pressed):
    """Each clock of a day, with the instant of the press that made it."""
    clock, at = plan, NINE - 10 * MINUTE
    yield clock, at
    for name, seconds in pressed:
        at += seconds * SECOND
        try:
            clock = CHANGES[name](clock, at)
        except NotNowError:
            continue
        yield clock, at


def bounds(clock):
    return [at for one in clock.rounds for at in (one.begins_at, one.ends_at)]


def clock_at(hour_by_hour="7+2", rounds=3):
    length, between = (int(part) * MINUTE for part in hour_by_hour.split("+"))
    return planned(NINE, rounds=rounds, length=length, pause=between)


def minutes(clock):
    return [
        ((one.begins_at - NINE) / MINUTE, (one.ends_at - NINE) / MINUTE)
        for one in clock.rounds
    ]


@given(plans, presses)
def test_rounds_never_overlap_nor_end_before_they_begin(plan, pressed):
    for clock, _at in days(plan, pressed):
        assert bounds(clock) == sorted(bounds(clock))


@given(plans, presses)
def test_what_is_past_never_moves(plan, pressed):
    former, _begin = plan, None
    for clock, at in days(plan, pressed):
        reached = position(former, at).step
        assert bounds(clock)[:reached] == bounds(former)[:reached]
        former = clock


@given(plans, presses)
def test_the_round_never_goes_back(plan, pressed):
    last = 0
    for clock, at in days(plan, pressed):
        number = position(clock, at).round
        assert number >= last
        last = number


@given(plans, presses)
def test_a_round_that_nobody_shortened_or_prolonged_keeps_its_length(plan, pressed):
    length = plan.rounds[0].ends_at - plan.rounds[0].begins_at
    pressed = [one for one in pressed if one[0] in ("delay", "pause", "resume")]
    clock = go_on(plan, NINE)
    lost = dt.timedelta()
    at = NINE
    for name, seconds in pressed:
        at += seconds * SECOND
        stopped = clock.stopped_at
        try:
            clock = CHANGES[name](clock, at)
        except NotNowError:
            continue
        if name == "resume":
            lost += at - stopped
    total = sum(
        (one.ends_at - one.begins_at for one in clock.rounds), start=dt.timedelta()
    )
    assert total <= length * len(clock.rounds) + lost
    assert all(one.ends_at - one.begins_at >= length for one in clock.rounds)


@given(plans, presses, st.integers(1, 3600))
def test_a_pause_takes_nothing_from_what_remained(plan, pressed, seconds):
    for clock, at in days(plan, pressed):
        if position(clock, at).phase not in (Phase.ROUND, Phase.BREAK):
            continue
        later = at + seconds * SECOND
        stopped = pause(clock, at)
        assert position(stopped, later).phase is Phase.PAUSED
        assert remaining(stopped, later) == remaining(clock, at)
        assert remaining(resume(stopped, later), later) == remaining(clock, at)
        assert foreseen(stopped, later) == resume(stopped, later).rounds


@given(plans, presses)
def test_going_on_takes_exactly_one_step(plan, pressed):
    for clock, at in days(plan, pressed):
        before = position(clock, at)
        if before.phase is Phase.OVER:
            with pytest.raises(NotNowError):
                go_on(clock, at)
            continue
        after = position(go_on(clock, at), at)
        # Without a break between them, the end of a round is the beginning of the next.
        assert after.step - before.step in (1, 2)
        assert after.begins_at == at


@given(plans, presses)
def test_an_end_by_mistake_is_taken_back(plan, pressed):
    for clock, at in days(plan, pressed):
        if position(clock, at).phase not in (Phase.ROUND, Phase.BREAK):
            continue
        ended = end(clock, at)
        assert position(ended, at + MINUTE).phase is Phase.OVER
        assert resume(ended, at) == clock


@given(plans, presses, plans)
def test_other_rounds_prepared_since_change_nothing_of_the_past(plan, pressed, other):
    for clock, at in days(plan, pressed):
        now_planned = fitted(clock, other)
        same = min(len(clock.rounds), len(now_planned.rounds))
        assert now_planned.rounds[:same] == clock.rounds[:same]
        assert bounds(now_planned) == sorted(bounds(now_planned))
        expected = len(other.rounds)
        if clock.started_at:
            expected = max(expected, len(clock.rounds))
            before = position(clock, at)
            # Once the last round has ended, one that is added may begin at once.
            if before.phase is not Phase.OVER or clock.is_ended:
                assert position(now_planned, at).round == before.round
        assert len(now_planned.rounds) == expected


def test_a_late_start_shifts_the_day():
    clock = go_on(clock_at(), NINE + 4 * MINUTE)

    assert minutes(clock) == [(4, 11), (13, 20), (22, 29)]
    assert position(clock, NINE + 12 * MINUTE).phase is Phase.BREAK


def test_before_the_start_the_hours_shown_go_with_the_delay():
    waiting = clock_at()

    assert position(waiting, NINE + 3 * MINUTE).phase is Phase.BEFORE
    assert foreseen(waiting, NINE + 3 * MINUTE)[0].begins_at == NINE + 3 * MINUTE
    assert foreseen(waiting, NINE - 3 * MINUTE)[0].begins_at == NINE


def test_a_day_whose_clock_nobody_started_is_over_and_was_held_as_prepared():
    waiting = clock_at()
    evening, later = NINE + 12 * HOUR, NINE + 13 * HOUR

    assert position(waiting, evening).phase is Phase.BEFORE
    assert foreseen(waiting, evening)[0].begins_at == evening
    assert position(waiting, later).phase is Phase.OVER
    assert position(waiting, later).round == 3
    assert remaining(waiting, later) is None
    assert foreseen(waiting, later) == waiting.rounds
    with pytest.raises(NotNowError):
        delay(waiting, later, by=5 * MINUTE)
    assert position(go_on(waiting, later), later).phase is Phase.ROUND


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (-3, [(5, 12), (14, 21), (23, 30)]),  # not begun: from the hour that was said
        (2, [(7, 14), (16, 23), (25, 32)]),  # already late: from now
    ],
)
def test_five_minutes_late_before_the_start(after, expected):
    late = delay(clock_at(), NINE + after * MINUTE, by=5 * MINUTE)

    assert minutes(late) == expected


def test_five_minutes_late_leave_the_present_round_alone():
    running = go_on(clock_at(), NINE)

    assert minutes(delay(running, NINE + MINUTE, by=5 * MINUTE)) == [
        (0, 7),
        (14, 21),
        (23, 30),
    ]
    assert minutes(delay(running, NINE + 8 * MINUTE, by=5 * MINUTE)) == [
        (0, 7),
        (14, 21),
        (23, 30),
    ]
    with pytest.raises(NotNowError):
        delay(running, NINE + 19 * MINUTE, by=5 * MINUTE)  # the last round


def test_a_minute_more_puts_off_all_that_follows():
    running = go_on(clock_at(), NINE)

    longer = prolong(running, NINE + 3 * MINUTE, by=MINUTE)

    assert minutes(longer) == [(0, 8), (10, 17), (19, 26)]


def test_a_round_may_end_early():
    running = go_on(clock_at(), NINE)

    shorter = go_on(running, NINE + 5 * MINUTE)

    assert minutes(shorter) == [(0, 5), (7, 14), (16, 23)]
    assert position(shorter, NINE + 6 * MINUTE).next_round == 2


def test_rounds_left_out_are_not_held():
    ended = end(go_on(clock_at(), NINE), NINE + 10 * MINUTE)

    assert [ended.takes_place(number) for number in (1, 2, 3, 4)] == [
        True,
        True,
        False,
        False,
    ]
    assert foreseen(ended, NINE + MINUTE * 30)[1].ends_at == NINE + 10 * MINUTE
    assert position(ended, NINE + MINUTE * 30).next_round is None


@pytest.mark.parametrize("name", ["pause", "resume", "prolong", "end"])
def test_nothing_is_stopped_before_it_began(name):
    with pytest.raises(NotNowError):
        CHANGES[name](clock_at(), NINE)


def test_a_day_goes_through_its_phases():
    clock = go_on(clock_at(rounds=2), NINE)

    phases = [position(clock, NINE + n * MINUTE) for n in (0, 6, 7, 8, 9, 15, 16)]

    assert [(one.phase, one.round) for one in phases] == [
        (Phase.ROUND, 1),
        (Phase.ROUND, 1),
        (Phase.BREAK, 1),
        (Phase.BREAK, 1),
        (Phase.ROUND, 2),
        (Phase.ROUND, 2),
        (Phase.OVER, 2),
    ]


def test_a_clock_without_changes_is_the_plan():
    assert clock_at() == Clock(clock_at().rounds)
