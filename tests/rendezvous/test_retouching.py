"""A draft that a hand changes: gestures, warnings, what is never told, undoing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.enums import ActorKind
from alliances.models import Block
from rendezvous.enums import RegistrationState, ScheduleState
from rendezvous.models import Wish
from rendezvous.scheduling.problem import Meeting
from rendezvous.services import retouching
from rendezvous.services.schedules import meetings_of
from tests.factories.alliances import OrganisationFactory
from tests.factories.sessions import (
    draft_by_hand,
    registration_of,
    schedule_of,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
ASSOCIATIONS = ("Roue libre", "Pas à pas")
COMPANIES = ("Usine", "Fabrique")


@pytest.fixture
def session():
    return session_of(TerritoryFactory())


@pytest.fixture
def browser(client, session):
    client.force_login(catalyst_of(session.territory))
    return client


@pytest.fixture
def people(session):
    """Two associations, two companies, by name."""
    kinds = {**dict.fromkeys(ASSOCIATIONS, "association")}
    kinds |= dict.fromkeys(COMPANIES, "company")
    return {
        name: registration_of(
            session, OrganisationFactory(name=name, kind=ActorKind(kind))
        )
        for name, kind in kinds.items()
    }


@pytest.fixture
def pairs(people):
    """Each association with each company, by names."""
    return {
        (one, other): (people[one], people[other])
        for one in ASSOCIATIONS
        for other in COMPANIES
    }


@pytest.fixture
def draft(session, pairs):
    """Two tables in the first round; the other two pairs are offered."""
    straight = [pairs["Roue libre", "Usine"], pairs["Pas à pas", "Fabrique"]]
    crossed = [pairs["Roue libre", "Fabrique"], pairs["Pas à pas", "Usine"]]
    return draft_by_hand(
        session, [(1, 1, straight[0]), (1, 2, straight[1])], offered=crossed
    )


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def lead(registration):
    return str(registration.attendees.get(position=1).pk)


def make(browser, draft, geste, **fields):
    """Send a gesture as the forms of the page do; return the page that follows."""
    path = url("schedule_change", draft.session, draft.public_id)
    draft.refresh_from_db()
    values = {"rang": len(draft.changes), "geste": geste, **fields}
    return text(browser.post(path, values, follow=True))


def sat(draft):
    """Who sits where, by names."""
    return {
        (one.round, one.table): " – ".join(
            sorted(
                seat.attendee.registration.organisation.name for seat in one.seats.all()
            )
        )
        for one in draft.meetings.all()
    }


def test_a_meeting_moves_to_a_free_place_and_comes_back(browser, draft):
    before = sat(draft)

    make(browser, draft, "deplacer", rencontre="1-1", tour="3", table="4")
    moved = sat(draft)
    make(browser, draft, "annuler")

    assert moved == {(3, 4): "Roue libre – Usine", (1, 2): "Fabrique – Pas à pas"}
    assert sat(draft) == before
    draft.refresh_from_db()
    assert draft.changes == []


def test_two_meetings_exchange_their_places(browser, draft):
    make(browser, draft, "deplacer", rencontre="1-1", tour="1", table="2")

    assert sat(draft) == {(1, 2): "Roue libre – Usine", (1, 1): "Fabrique – Pas à pas"}


def test_two_people_take_each_other_s_seat(browser, draft, people):
    own, other = lead(people["Usine"]), lead(people["Fabrique"])

    make(browser, draft, "echanger", rencontre="1-1", echange=f"{own}:2:{other}")

    assert sat(draft) == {(1, 1): "Fabrique – Roue libre", (1, 2): "Pas à pas – Usine"}


def test_a_meeting_is_removed_then_added_elsewhere(browser, draft, people):
    group = "-".join(sorted((lead(people["Usine"]), lead(people["Roue libre"]))))

    make(browser, draft, "retirer", rencontre="1-1")
    make(browser, draft, "ajouter", groupe=group, tour="2", table="")

    assert sat(draft) == {(2, 1): "Roue libre – Usine", (1, 2): "Fabrique – Pas à pas"}


@pytest.mark.parametrize("why", ["never offered", "a no", "a block", "another kind"])
def test_a_meeting_that_is_not_offered_is_refused_in_the_same_words(
    browser, session, pairs, people, why
):
    own, other = people["Roue libre"], people["Fabrique"]
    draft = draft_by_hand(session, [(1, 1, pairs["Roue libre", "Usine"])])
    if why == "a no":
        Wish.objects.create(registration=other, other=own, answer="no")
    if why == "a block":
        Block.objects.create(organisation=other.organisation, other=own.organisation)

    page = make(
        browser, draft, "ajouter", groupe=f"{lead(own)}-{lead(other)}", tour="2"
    )

    assert "n’est pas de celles que le site propose : Fabrique – Roue libre" in page
    assert "ne dit rien de personne" in page
    assert len(sat(draft)) == 1


def everything_answered(browser, draft, people):
    """All that a catalyst receives from a draft, gestures included, then undone."""
    page = url("schedule_edit", draft.session, draft.public_id)
    asked = [page, f"{page}?rencontre=1-1", f"{page}?rencontre=1-2"]
    asked += [f"{page}?qui={lead(one)}" for one in people.values()]
    answers = [text(browser.get(path)) for path in asked]
    own, other = lead(people["Usine"]), lead(people["Fabrique"])
    gestures = [
        {"geste": "deplacer", "rencontre": "1-1", "tour": "2"},
        {"geste": "echanger", "rencontre": "1-1", "echange": f"{own}:2:{other}"},
        {
            "geste": "ajouter",
            "groupe": f"{own}-{lead(people['Pas à pas'])}",
            "tour": "2",
        },
    ]
    for one in gestures:
        answers.append(make(browser, draft, **one))
        make(browser, draft, "annuler")
    return [without_token(answer) for answer in answers]


def without_token(answer):
    head, *rest = answer.split('name="csrfmiddlewaretoken" value="')
    return head + "".join(part.partition('"')[2] for part in rest)


@pytest.mark.parametrize("answer", ["no", "must", "like"])
def test_a_wish_changes_no_byte_of_what_a_hand_is_answered(
    browser, draft, people, answer
):
    before = everything_answered(browser, draft, people)

    for one in people.values():
        for other in people.values():
            if one != other:
                Wish.objects.create(registration=one, other=other, answer=answer)

    assert everything_answered(browser, draft, people) == before
    assert any("Usine ↔ Fabrique" in page for page in before)


def test_what_is_wished_since_refuses_the_publication_without_saying_what(
    browser, draft, people
):
    Wish.objects.create(
        registration=people["Usine"], other=people["Roue libre"], answer="no"
    )

    path = url("schedule_publish", draft.session, draft.public_id)
    page = text(browser.post(path, follow=True))

    draft.refresh_from_db()
    assert draft.state == ScheduleState.DRAFT
    assert "des inscriptions ou des choix ont changé" in page


def test_the_value_of_what_a_hand_changed_is_not_told(browser, draft):
    page = text(browser.get(url("schedule_detail", draft.session, draft.public_id)))

    assert "retouché à la main" in page
    assert "Valeur des rencontres" not in page


def test_a_warning_is_given_at_once_and_nothing_is_published(browser, draft, people):
    people["Usine"].attendees.update(until_round=2)

    make(browser, draft, "deplacer", rencontre="1-1", tour="3")
    page = text(browser.get(url("schedule_edit", draft.session, draft.public_id)))
    path = url("schedule_publish", draft.session, draft.public_id)
    browser.post(path)

    draft.refresh_from_db()
    assert (3, 1) in sat(draft)
    assert "ne peut pas encore être publié" in page
    assert "Usine n’est pas là au tour 3." in page
    assert draft.state == ScheduleState.DRAFT


def test_the_choice_of_a_round_says_what_would_go_wrong(browser, draft, people):
    people["Usine"].attendees.update(until_round=2)

    path = url("schedule_edit", draft.session, draft.public_id)
    page = text(browser.get(f"{path}?rencontre=1-1"))

    assert page.count("– Usine n’est pas là au tour") == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"tour": "1", "table": "99"}, "Cette table n’existe pas."),
        ({"tour": "99"}, "Ce tour n’existe pas."),
        ({"tour": "²", "table": "1"}, "Choisissez ce qui change."),
        ({"rencontre": "2-2", "tour": "1"}, "n’est plus à cette place"),
        ({"rencontre": "'; --", "tour": "1"}, "Choisissez ce qui change."),
        ({"geste": "voler", "tour": "1"}, "Choisissez ce qui change."),
        ({"rang": "7", "tour": "1"}, "a changé depuis que vous l’avez ouvert"),
    ],
)
def test_what_cannot_be_written_down_changes_nothing(browser, draft, fields, said):
    before = sat(draft)

    page = make(browser, draft, **{"geste": "deplacer", "rencontre": "1-1", **fields})

    assert said in page
    assert sat(draft) == before


def test_somebody_cannot_be_at_two_tables(browser, draft, pairs, session):
    draft = draft_by_hand(
        session,
        [
            (1, 1, pairs["Roue libre", "Usine"]),
            (2, 2, pairs["Roue libre", "Fabrique"]),
        ],
        version=2,
    )

    page = make(browser, draft, "deplacer", rencontre="2-2", tour="1", table="2")

    assert "Roue libre serait à deux tables à la fois au tour 1." in page
    assert (2, 2) in sat(draft)


def test_the_same_gesture_sent_twice_is_made_once(browser, draft):
    fields = {"rang": 0, "geste": "retirer", "rencontre": "1-1"}
    path = url("schedule_change", draft.session, draft.public_id)

    first = text(browser.post(path, fields, follow=True))
    second = text(browser.post(path, fields, follow=True))

    assert "C’est fait" in first
    assert "a changé depuis que vous l’avez ouvert" in second
    assert len(sat(draft)) == 1


@pytest.mark.parametrize("state", [ScheduleState.PROVISIONAL, ScheduleState.PUBLISHED])
def test_what_others_read_is_copied_before_it_is_changed(
    browser, session, pairs, state
):
    shown = schedule_of(
        session,
        [(1, 1, pairs["Roue libre", "Usine"])],
        state=state,
        reserve=[sorted(lead(one) for one in pairs["Pas à pas", "Usine"])],
    )

    make(browser, shown, "retirer", rencontre="1-1")
    page = browser.post(
        url("schedule_copy", session, shown.public_id), follow=True
    ).context
    copy = session.schedules.get(version=2)

    assert sat(shown) == sat(copy) == {(1, 1): "Roue libre – Usine"}
    assert (copy.parent, copy.origin, copy.state) == (shown, "by_hand", "draft")
    assert len(copy.reserve) == 2
    assert page["draft"].warnings == []


def test_who_left_since_is_a_warning_and_may_be_removed(browser, draft, people):
    people["Usine"].state = RegistrationState.CANCELLED
    people["Usine"].save()

    page = text(browser.get(url("schedule_edit", draft.session, draft.public_id)))
    make(browser, draft, "retirer", rencontre="1-1")
    after = text(browser.get(url("schedule_edit", draft.session, draft.public_id)))

    assert "Une organisation de cette table ne vient plus." in page
    assert "Aucune règle connue n’est enfreinte" in after


def test_more_meetings_cost_no_more_queries(browser, session, pairs):
    draft = draft_by_hand(session, [(1, 1, pairs["Roue libre", "Usine"])])
    path = url("schedule_edit", session, draft.public_id) + "?rencontre=1-1"
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    other = draft_by_hand(
        session,
        [
            (1, 1, pairs["Roue libre", "Usine"]),
            (1, 2, pairs["Pas à pas", "Fabrique"]),
            (2, 2, pairs["Pas à pas", "Usine"]),
        ],
        version=2,
    )

    with CaptureQueriesContext(connection) as many:
        browser.get(url("schedule_edit", session, other.public_id) + "?rencontre=1-1")

    assert len(many) == len(few) < 40


def test_undoing_goes_back_gesture_by_gesture(session, draft):
    start = meetings_of(draft)
    states = [start]
    for round_ in (2, 3, 4):
        retouching.change(
            session,
            draft,
            lambda found, to=round_: tuple(
                sorted(
                    [
                        Meeting(to, 5, one.ids) if one.table in (1, 5) else one
                        for one in found
                    ]
                )
            ),
            expected=len(states) - 1,
        )
        states.append(meetings_of(draft))

    for expected in (3, 2, 1):
        retouching.undo(session, draft, expected=expected)
        assert meetings_of(draft) == states[expected - 1]
