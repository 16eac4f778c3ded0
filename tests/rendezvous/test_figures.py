"""What becomes of a session: the catalyst's board, the funnel, what an observer reads."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind, FragilityDomain, MandateRole
from rendezvous.enums import Stage, StopReason
from rendezvous.models import FollowUp
from rendezvous.selectors.figures import figures_of
from rendezvous.selectors.funnels import Funnel
from rendezvous.services.attendance import mark_absent
from rendezvous.services.following.progress import ask_due, say_progress
from rendezvous.services.upkeep import remember_encounters
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory
from tests.factories.followups import (
    NO,
    Side,
    both_say_yes,
    card_of,
    met,
    past_session,
    say,
)
from tests.factories.sessions import seat
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
COMPANY = ActorKind.COMPANY
HIDDEN = None


@pytest.fixture
def session():
    return past_session(tables=12)


@pytest.fixture
def catalyst(session):
    return catalyst_of(session.territory)


@pytest.fixture
def observer(session):
    person = UserFactory()
    person.mandates.create(
        territory=session.territory,
        role=MandateRole.OBSERVER,
        starts_on=dt.date(2026, 1, 1),
    )
    return person


def room(session, count, *, told=0):
    """As many pairs that met, of which some told that they go on."""
    schedule, pairs = None, []
    for number in range(count):
        pair = (
            Side(session, f"Association {number}"),
            Side(session, f"Usine {number}", COMPANY),
        )
        pairs.append(pair)
        if schedule is None:
            schedule = met(session, *pair)
        else:
            seat(schedule, 1, number + 1, [side.registration for side in pair])
        if number < told:
            both_say_yes(*pair)
    remember_encounters(timezone.now())
    return pairs


def tell(pair, stage):
    followup = FollowUp.objects.between(*(side.registration.pk for side in pair)).get()
    for side in pair:
        say_progress(followup, side.registration, stage=stage, by=side.user)


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def test_the_funnel_counts_pairs_from_planned_to_executed(session, catalyst):
    pairs = room(session, 6, told=4)
    seat(
        session.schedules.get(),
        4,
        1,
        [pairs[0][0].registration, pairs[1][1].registration],
    )
    for pair, stage in zip(
        pairs, (Stage.EXECUTED, Stage.AGREEMENT, Stage.FIRST_MEETING), strict=False
    ):
        tell(pair, stage)

    figures = figures_of(session, catalyst)

    assert figures.funnel == Funnel(7, 6, 4, 3, 2, 2, 1)
    assert figures.organisations == 12
    assert figures.months_to_agreement == 0
    assert [line.label for line in figures.by_kinds] == [
        "Association\u00a0– entreprise"
    ]


def test_who_was_said_absent_at_the_door_did_not_come(session, catalyst, observer):
    pairs = room(session, 6)
    absent = pairs[0][0].registration.attendees.get()
    mark_absent(session, absent, by=catalyst)

    whole, guarded = (figures_of(session, who) for who in (catalyst, observer))

    assert (whole.organisations, whole.came) == (12, 11)
    assert (whole.people, whole.people_came) == (12, 11)
    assert [(one.organisations, one.came) for one in whole.by_kind] == [(6, 5), (6, 6)]
    assert (guarded.came, guarded.by_kind) == (11, whole.by_kind)


def test_an_observer_reads_neither_a_small_kind_nor_the_one_that_would_tell_it(
    session, catalyst, observer
):
    for side in room(session, 5)[0][:1]:
        mark_absent(session, side.registration.attendees.get(), by=catalyst)

    figures = figures_of(session, observer)

    assert figures.came == 9
    assert [one.came for one in figures.by_kind] == [HIDDEN, HIDDEN]


def test_an_observer_reads_why_it_stopped_only_where_five_said_so(
    session, catalyst, observer
):
    for number, pair in enumerate(room(session, 6, told=6)):
        followup = FollowUp.objects.between(*(one.registration.pk for one in pair))
        say_progress(
            followup.get(),
            pair[0].registration,
            stage=Stage.STOPPED,
            why=StopReason.NO_MEANS if number else StopReason.ANOTHER,
            by=pair[0].user,
        )

    whole, guarded = (figures_of(session, who) for who in (catalyst, observer))

    assert whole.stop_reasons == (
        ("Les moyens ont manqué", 5),
        ("Nous avançons avec quelqu’un d’autre", 1),
    )
    assert guarded.stop_reasons == ()


def test_a_no_and_a_silence_count_the_same(session, catalyst):
    pairs = room(session, 2)
    before = figures_of(session, catalyst)

    say(*pairs[0], NO)
    say(*pairs[1])

    assert figures_of(session, catalyst) == before


def test_pairs_are_told_apart_by_type_and_by_the_domain_that_both_came_for(
    session, catalyst
):
    domains = FragilityDomain.MOBILITY, FragilityDomain.HEALTH
    for pair, domain in zip(room(session, 3), domains, strict=False):
        for side in pair:
            side.registration.intention = IntentionFactory(
                organisation=side.organisation, domains=[domain]
            )
            side.registration.save()

    figures = figures_of(session, catalyst)

    assert [(one.label, one.funnel.met) for one in figures.by_domain] == [
        ("Santé", 1),
        ("Mobilité, transports", 1),
        ("Sans domaine commun", 1),
    ]
    assert sum(one.funnel.met for one in figures.by_type) == 3


def test_an_observer_reads_no_cell_with_fewer_than_five_organisations(
    session, observer
):
    pairs = room(session, 4, told=3)
    assert figures_of(session, observer).funnel == Funnel(4, 4, 3, *[HIDDEN] * 4)

    tell(pairs[0], Stage.AGREEMENT)

    figures = figures_of(session, observer)
    assert figures.funnel.agreement is HIDDEN
    assert figures.months_to_agreement is HIDDEN


def test_one_hidden_cell_cannot_be_found_by_difference(session, observer, catalyst):
    room(session, 4)
    town = Side(session, "Mairie", ActorKind.LOCAL_AUTHORITY)
    other = Side(session, "Fabrique", COMPANY)
    seat(session.schedules.get(), 2, 1, [town.registration, other.registration])

    whole, guarded = (figures_of(session, who) for who in (catalyst, observer))

    assert sorted(line.funnel.planned for line in whole.by_kinds) == [1, 4]
    assert [line.funnel.planned for line in guarded.by_kinds] == [HIDDEN, HIDDEN]
    assert guarded.funnel.planned == 5


def test_shares_are_comparable_whatever_the_size(session, catalyst):
    room(session, 4, told=1)

    funnel = figures_of(session, catalyst).funnel

    assert (funnel.mutual_pct, funnel.talked_pct) == (25, 0)
    assert replace(funnel, met=None).mutual_pct is None


def test_figures_cost_the_same_queries_whatever_the_size(session, catalyst):
    room(session, 2, told=1)
    with CaptureQueriesContext(connection) as few:
        figures_of(session, catalyst)
    FollowUp.objects.all().delete()
    session.schedules.all().delete()
    session.registrations.all().delete()
    room(session, 6, told=5)

    with CaptureQueriesContext(connection) as many:
        figures_of(session, catalyst)

    assert len(many) == len(few) < 20


@pytest.mark.parametrize("role", ["catalyst", "observer"])
def test_who_looks_after_the_place_reads_the_figures(client, session, request, role):
    room(session, 3, told=1)
    client.force_login(request.getfixturevalue(role))

    page = text(client.get(url("session_figures", session)))
    compared = text(
        client.get(
            reverse("rendezvous:figures_compare"), {"session": session.public_id}
        )
    )

    assert ("moins de cinq organisations" in page) == (role == "observer")
    assert session.title in compared


def test_nobody_else_reads_the_figures(client, session):
    (pair,) = room(session, 1, told=1)
    for person in (pair[0].user, catalyst_of(TerritoryFactory())):
        client.force_login(person)

        assert client.get(url("session_figures", session)).status_code == 404
        assert client.get(url("followup_list", session)).status_code == 404
        page = client.get(
            reverse("rendezvous:figures_compare"), {"session": session.public_id}
        )
        assert session.title not in page.content.decode()


def board(client, session, sort):
    return text(client.get(url("followup_list", session), {"etat": sort}))


def test_the_board_sorts_what_goes_on_what_is_stalled_and_what_is_to_handle(
    client, session, catalyst
):
    pairs = room(session, 4, told=4)
    rows = {
        pair: FollowUp.objects.between(*(side.registration.pk for side in pair)).get()
        for pair in map(tuple, pairs)
    }
    disputed, silent, stopped, going = rows.values()
    for followup, pair, stage in (
        (disputed, pairs[0], Stage.AGREEMENT),
        (stopped, pairs[2], Stage.STOPPED),
    ):
        say_progress(followup, pair[0].registration, stage=stage, by=pair[0].user)
    client.force_login(catalyst)
    now = timezone.now()
    with time_machine.travel(now + dt.timedelta(days=8), tick=False):
        ask_due(timezone.now())
    with time_machine.travel(now + dt.timedelta(days=23), tick=False):
        client.force_login(catalyst)
        say_progress(
            going,
            pairs[3][0].registration,
            stage=Stage.FRAMING,
            by=pairs[3][0].user,
        )
        say_progress(
            disputed,
            pairs[0][1].registration,
            stage=Stage.FRAMING,
            by=pairs[0][1].user,
        )
        found = {
            sort: [
                number
                for number in range(4)
                if f"Association {number}</a>" in board(client, session, sort)
            ]
            for sort in ("a-traiter", "a-l-arret", "terminees", "en-cours")
        }

    assert found == {
        "a-traiter": [0],
        "a-l-arret": [1],
        "terminees": [2],
        "en-cours": [3],
    }
    assert silent.stage == Stage.NOTHING


def test_the_catalyst_reads_that_there_is_a_card_never_its_words(
    client, session, catalyst
):
    ((one, other),) = room(session, 1, told=1)
    card_of(FollowUp.objects.get(), one, other, what="ZQpromesse")
    client.force_login(catalyst)

    page = board(client, session, "en-cours")

    assert "fiche signée, pour le" in page
    assert "ZQpromesse" not in page


def test_the_catalyst_nudges_and_keeps_a_note(client, session, catalyst):
    room(session, 1, told=1)
    followup = FollowUp.objects.get()
    client.force_login(catalyst)
    where = url("followup_act", session, followup.public_id)

    nudged = text(client.post(where, {"geste": "relancer"}, follow=True))
    client.post(where, {"geste": "noter", "note": "Appeler la mairie"})

    assert "sont relancées" in nudged
    assert "Appeler la mairie" in board(client, session, "en-cours")
    assert client.post(where, {"geste": "effacer"}).status_code == 404


def test_more_pairs_cost_no_more_queries_on_the_board(client, session, catalyst):
    room(session, 1, told=1)
    client.force_login(catalyst)
    board(client, session, "en-cours")
    with CaptureQueriesContext(connection) as few:
        board(client, session, "en-cours")
    for number in range(3):
        pair = Side(session, f"A{number}"), Side(session, f"U{number}", COMPANY)
        seat(
            session.schedules.get(), 2, number + 1, [side.registration for side in pair]
        )
        both_say_yes(*pair)

    with CaptureQueriesContext(connection) as many:
        board(client, session, "en-cours")

    assert len(many) == len(few) < 30


def test_the_board_is_paged_and_filtered_by_kind(client, session, catalyst):
    room(session, 2, told=2)
    client.force_login(catalyst)
    where = url("followup_list", session)

    kept = text(client.get(where, {"etat": "en-cours", "nature": "company"}))
    none = text(client.get(where, {"etat": "en-cours", "nature": "foundation"}))

    assert "Usine 0" in kept
    assert "Rien ici." in none
    for query in ({"etat": "x" * 300}, {"page": "٣"}, {"nature": "\ufdd0"}):
        assert client.get(where, query).status_code == 200
