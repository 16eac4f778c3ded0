"""Versions: shared as provisional, compared, and computed again around what is locked."""

import pytest
from django.urls import reverse

from alliances.enums import ActorKind
from jobs.models import Job
from jobs.services import drain
from rendezvous.enums import ScheduleState, SessionState
from rendezvous.models import Arrangement, Computation, Lock, Quota, Schedule, Wish
from rendezvous.scheduling.check import check
from rendezvous.selectors.problem import problem_of
from rendezvous.services import computing, schedules
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import (
    draft_by_hand,
    registration_of,
    schedule_of,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
SIDE = 5
DRAFT, PROVISIONAL = ScheduleState.DRAFT, ScheduleState.PROVISIONAL
PUBLISHED, REPLACED = ScheduleState.PUBLISHED, ScheduleState.REPLACED


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), tables=SIDE, rounds=4)


@pytest.fixture
def catalyst(session):
    return catalyst_of(session.territory)


@pytest.fixture
def browser(client, catalyst):
    client.force_login(catalyst)
    return client


@pytest.fixture
def everybody(session):
    """Five associations, five companies."""
    kinds = [ActorKind.ASSOCIATION] * SIDE + [ActorKind.COMPANY] * SIDE
    return [registration_of(session, OrganisationFactory(kind=kind)) for kind in kinds]


@pytest.fixture
def pair(everybody):
    return [everybody[0], everybody[-1]]


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def lead(registration):
    return registration.attendees.get(position=1)


def act(browser, name, schedule):
    path = url(name, schedule.session, schedule.public_id)
    return text(browser.post(path, follow=True))


def states(session):
    return list(session.schedules.order_by("version").values_list("state", flat=True))


def test_a_provisional_version_is_read_by_who_comes_and_marked(
    browser, client, session, pair
):
    member = MembershipFactory(organisation=pair[0].organisation).user
    act(browser, "schedule_share", schedule_of(session, [(2, 3, pair)]))

    client.force_login(member)
    page = text(
        client.get(
            url("programme_detail", session, pair[0].organisation.public_id),
        )
    )

    assert "Provisoire" in page
    assert "Table 3</p>" in page or "Table 3 –" in page
    assert pair[1].organisation.name in page


def test_one_version_is_provisional_then_one_is_published(browser, session, pair):
    first, second, third = (
        schedule_of(session, [(n, 1, pair)], version=n) for n in (1, 2, 3)
    )

    act(browser, "schedule_share", first)
    act(browser, "schedule_share", second)
    shared = states(session)
    act(browser, "schedule_publish", third)
    refused = act(browser, "schedule_share", first)

    assert shared == [DRAFT, PROVISIONAL, DRAFT]
    assert states(session) == [DRAFT, REPLACED, PUBLISHED]
    assert "Un programme est déjà publié" in refused


@pytest.mark.parametrize("name", ["schedule_share", "schedule_publish"])
def test_nobody_reads_the_programme_of_a_session_that_was_called_off(
    browser, session, pair, name
):
    schedule = schedule_of(session, [(1, 1, pair)])
    session.state = SessionState.CANCELLED
    session.save()

    page = act(browser, name, schedule)

    assert "Cette session est annulée" in page
    assert states(session) == [DRAFT]


def test_a_provisional_version_is_published_by_itself(browser, session, pair):
    schedule = schedule_of(session, [(1, 1, pair)])

    act(browser, "schedule_share", schedule)
    act(browser, "schedule_publish", schedule)

    assert states(session) == [PUBLISHED]


def test_what_breaks_a_rule_is_not_shared(browser, session, pair):
    schedule = schedule_of(session, [(1, 1, pair)])
    Wish.objects.create(registration=pair[0], other=pair[1], answer="no")

    page = act(browser, "schedule_share", schedule)

    assert states(session) == [DRAFT]
    assert "des inscriptions ou des choix ont changé" in page


def test_two_versions_side_by_side(browser, session, everybody):
    a, b, *_more, y, z = everybody
    first = schedule_of(
        session,
        [(1, 1, [a, z]), (2, 1, [b, z]), (1, 2, [b, y])],
        worst=lead(a),
        worst_pct=81.0,
    )
    second = schedule_of(
        session,
        [(1, 1, [a, z]), (3, 2, [b, z]), (2, 2, [a, y])],
        version=2,
        parent=first,
        value=1.2,
        short_count=3,
    )

    page = browser.get(url("schedule_compare", session))
    found = page.context["comparison"]

    lines = {one.label: (one.before, one.after) for one in found.lines}
    assert page.context["chosen"] == (first, second)
    assert lines["Valeur"] == ("1,0", "1,2")
    assert lines["association\u00a0– entreprise"] == ("3", "3")
    assert lines["Personnes sous le minimum"] == ("0", "3")
    assert lines["La moins servie"][0].startswith(a.organisation.name)
    assert [one.before for one in found.gone] == ["tour 1, table 2"]
    assert [one.after for one in found.come] == ["tour 2, table 2"]
    assert [(one.before, one.after) for one in found.moved] == [
        ("tour 2, table 1", "tour 3, table 2")
    ]
    assert found.same_count == 1


def test_the_value_of_a_retouched_version_is_not_compared(browser, session, pair):
    schedule_of(session, [(1, 1, pair)])
    draft_by_hand(session, [(1, 1, pair)], version=2)
    schedule_of(
        session, [(1, 1, pair)], version=3, origin="resumed", value=1.48, bound=1.5
    )

    of_two, of_three = (
        {
            one.label: one.after
            for one in browser.get(
                url("schedule_compare", session),
                {"apres": session.schedules.get(version=number).public_id},
            )
            .context["comparison"]
            .lines
        }
        for number in (2, 3)
    )

    assert (of_two["Valeur"], of_three["Valeur"]) == ("–", "–")
    assert "retouché à la main" in of_two["Écart avec le meilleur"]
    assert of_three["Écart avec le meilleur"] == "moins de 2\u202f%"


def test_one_version_has_nothing_to_be_compared_with(browser, session, pair):
    schedule_of(session, [(1, 1, pair)])

    page = text(browser.get(url("schedule_compare", session), {"avant": "x"}))

    assert "Il faut au moins deux versions" in page


def computed(session, catalyst, parent=None):
    computing.request_schedule(session, by=catalyst, parent=parent)
    drain()
    return session.schedules.order_by("version").last()


def lock(browser, draft, **fields):
    path = url("schedule_lock", draft.session, draft.public_id)
    return text(browser.post(path, fields, follow=True))


def places(schedule):
    return {(one.round, one.table): one.ids for one in schedules.meetings_of(schedule)}


def test_what_is_locked_stays_and_the_rest_is_computed_again(
    browser, session, catalyst, everybody, monkeypatch
):
    monkeypatch.setattr(computing, "SECONDS", 1)
    a, b, c, *_more, z = everybody
    draft = draft_by_hand(session, [(1, 4, [a, z]), (3, 2, [b, z]), (4, 5, [c, z])])
    lock(browser, draft, rencontre="1-4")
    lock(browser, draft, tour="3")
    lock(browser, draft, table="5")

    browser.post(url("schedule_compute", session), {"autour": draft.public_id})
    drain()
    new = session.schedules.get(version=2)

    found = places(new)
    kept = places(draft)
    assert {place: found.get(place) for place in kept} == kept
    assert [place for place in found if place[0] == 3] == [(3, 2)]
    assert [place for place in found if place[1] == 5] == [(4, 5)]
    assert len(found) > len(kept)
    assert (new.parent, new.origin) == (draft, "resumed")
    assert new.locks.count() == 3
    assert not check(problem_of(session), schedules.meetings_of(new))


def test_the_whole_programme_of_somebody_stays_free_rounds_included(
    browser, session, catalyst, everybody
):
    a, *_more, z = everybody
    draft = draft_by_hand(session, [(2, 1, [a, z])])
    lock(browser, draft, qui=lead(a).pk)

    new = computed(session, catalyst, parent=draft)

    mine = [p for p, ids in places(new).items() if str(lead(a).pk) in ids]
    assert mine == [(2, 1)]
    assert len(places(new)) > SIDE


def test_what_is_locked_and_breaks_a_rule_by_now_is_not_kept(
    browser, session, catalyst, pair
):
    draft = draft_by_hand(session, [(1, 1, pair)])
    lock(browser, draft, rencontre="1-1")
    Wish.objects.create(registration=pair[0], other=pair[1], answer="no")

    new = computed(session, catalyst, parent=draft)

    together = tuple(sorted(str(lead(one).pk) for one in pair))
    assert together not in places(new).values()
    assert {"code": "not_kept", "facts": {}} in new.reasons
    page = text(browser.get(url("schedule_detail", session, new.public_id)))
    assert "n’a pas pu être gardée" in page


def test_a_lock_is_put_once_lifted_and_keeps_the_hand_away(browser, session, pair):
    draft = draft_by_hand(session, [(1, 1, pair)])
    for _ in range(2):
        lock(browser, draft, rencontre="1-1")
    path = url("schedule_change", session, draft.public_id)
    gesture = {"rang": 0, "geste": "retirer", "rencontre": "1-1"}

    refused = text(browser.post(path, gesture, follow=True))
    n_locks = Lock.objects.count()
    lock(browser, draft, lever=Lock.objects.get().pk)
    browser.post(path, gesture)

    assert "C’est verrouillé" in refused
    assert n_locks == 1
    assert places(draft) == {}


@pytest.mark.parametrize(
    "fields",
    [{}, {"tour": "99"}, {"table": "99"}, {"qui": "999"}, {"rencontre": "9-99"}],
)
def test_what_is_nowhere_is_not_locked(browser, session, pair, fields):
    draft = draft_by_hand(session, [(1, 1, pair)])

    page = lock(browser, draft, **fields)

    assert "Choisissez ce qui change" in page
    assert not Lock.objects.exists()


def test_a_version_that_others_read_is_not_locked(browser, session, pair):
    schedule = schedule_of(session, [(1, 1, pair)])

    path = url("schedule_lock", session, schedule.public_id)

    assert browser.post(path, {"tour": "1"}).status_code == 404


@pytest.mark.usefixtures("everybody")
def test_a_computation_says_how_far_it_is_and_may_be_stopped(
    browser, session, catalyst, monkeypatch
):
    browser.post(url("schedule_compute", session), {"duree": "longue"})
    seen = []

    def looked_at(work, *_progress):
        seen.append(text(browser.get(url("schedule_progress", session))))
        browser.post(url("schedule_stop", session))

    monkeypatch.setattr("rendezvous.services.computing.LOOK_EVERY", 0.0)
    monkeypatch.setattr("jobs.services.execution.Execution.progress", looked_at)
    drain()

    schedule = session.schedules.get()
    assert "Arrêter et garder le meilleur" in seen[0]
    assert "sur" in seen[0]
    assert "Arrêter et garder le meilleur" not in seen[-1]
    assert schedule.seconds < 60
    assert not check(problem_of(session), schedules.meetings_of(schedule))


def test_a_computation_around_what_is_locked_tells_no_value(
    browser, session, catalyst, pair
):
    draft = draft_by_hand(session, [(1, 1, pair)])
    computing.request_schedule(session, by=catalyst, parent=draft)
    Computation.objects.update(value=10.0, bound=10.15)

    page = text(browser.get(url("schedule_progress", session)))

    assert "à moins de 2 % du meilleur possible" in page
    assert "10,1" not in page


class KilledError(BaseException):
    """The worker is no more."""


@pytest.mark.usefixtures("everybody")
def test_what_was_found_before_the_workers_died_is_kept(session, catalyst, monkeypatch):
    job = computing.request_schedule(session, by=catalyst)

    def die(*_progress):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("jobs.services.execution.Execution.progress", die)
        for _attempt in range(3):
            with pytest.raises(KilledError):
                drain()
            Job.objects.filter(pk=job.pk).update(lease_until=None)
    assert not Schedule.objects.exists()
    Job.objects.filter(pk=job.pk).update(attempts=3)
    drain()

    schedule = session.schedules.get()
    assert Job.objects.get(pk=job.pk).is_quarantined
    assert places(schedule)
    assert not check(problem_of(session), schedules.meetings_of(schedule))


@pytest.mark.usefixtures("everybody")
def test_a_worker_killed_once_leaves_one_version(session, catalyst, monkeypatch):
    job = computing.request_schedule(session, by=catalyst)

    def die(*_progress):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("jobs.services.execution.Execution.progress", die)
        with pytest.raises(KilledError):
            drain()
    Job.objects.filter(pk=job.pk).update(lease_until=None)
    best = Computation.objects.get().best
    drain()

    schedule = session.schedules.get()
    assert Job.objects.get(pk=job.pk).is_done
    assert schedule.value >= best["value"]
    assert len(places(schedule)) >= len(best["meetings"])


def test_what_the_catalyst_asks_of_each_reaches_the_solver(browser, session, everybody):
    one = lead(everybody[0])
    people = {"geste": "personnes"}
    for registration in everybody:
        pk = lead(registration).pk
        people |= {f"table_{pk}": "", f"min_{pk}": "", f"max_{pk}": ""}
    people |= {f"table_{one.pk}": "3", f"min_{one.pk}": "1", f"max_{one.pk}": "2"}
    kinds = {"geste": "natures", "min_company-association": "2"}
    path = url("schedule_settings", session)

    assert browser.post(path, people).status_code == 302
    assert browser.post(path, kinds).status_code == 302
    problem = problem_of(session)

    host = problem.by_id[str(one.pk)]
    assert (host.table, host.minimum, host.maximum) == (3, 1, 2)
    (quota,) = problem.quotas
    assert (quota.kind, quota.other, quota.minimum, quota.maximum) == (
        "company",
        "association",
        2,
        None,
    )
    assert 'value="3"' in browser.get(path).content.decode()


def test_impossible_numbers_are_refused_with_their_place(browser, session, everybody):
    fields = {
        "geste": "natures",
        "min_company-association": "3",
        "max_company-association": "2",
    }

    answer = browser.post(url("schedule_settings", session), fields)

    assert answer.status_code == 422
    assert "C’est plus que le maximum." in text(answer)
    assert not Quota.objects.exists()


@pytest.fixture
def three_kinds():
    kinds = ["association", "company", "local_authority"]
    session = session_of(
        TerritoryFactory(),
        tables=2,
        rounds=3,
        meetings_max=3,
        capacities=dict.fromkeys(map(ActorKind, kinds), 3),
        pairs=[
            ("association", "company"),
            ("association", "local_authority"),
            ("company", "local_authority"),
        ],
    )
    Arrangement.objects.create(session=session, table_size=3)
    for kind in kinds:
        for _ in range(2):
            registration_of(session, OrganisationFactory(kind=ActorKind(kind)))
    return session


def test_three_sit_together_where_the_session_asks_for_it(three_kinds):
    session = three_kinds
    schedule = computed(session, catalyst_of(session.territory))

    found = places(schedule).values()
    kind = {one.id: one.kind for one in problem_of(session).participants}
    assert {len(ids) for ids in found} >= {3}
    for ids in found:
        assert len({kind[one] for one in ids}) == len(ids)
    assert not check(problem_of(session), schedules.meetings_of(schedule))


def test_a_no_between_two_keeps_the_three_apart(three_kinds):
    one, *_same, other, _other, _last = three_kinds.registrations.order_by("pk")
    assert one.kind != other.kind
    Wish.objects.create(registration=one, other=other, answer="no")
    both = {str(lead(one).pk), str(lead(other).pk)}

    groups = [set(each.ids) for each in problem_of(three_kinds).candidates]

    assert any(len(group) == 3 for group in groups)
    assert not any(both <= group for group in groups)
