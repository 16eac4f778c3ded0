"""The projects of an organisation: services, one rule each."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from alliances.description.parts import Domains, Means, Naming, Reach, Square, Terms
from alliances.models import Establishment, Intention, Need, Organisation
from alliances.selectors.aims import PROJECT_READERS
from alliances.selectors.projects import projects_of, with_several
from alliances.services import projects as services
from alliances.services.projects.creating import MAX_PROJECTS
from matching.models import ChangedIntention
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
State = Intention.State
TOMORROW = timezone.localdate() + dt.timedelta(days=1)


@pytest.fixture
def main():
    """A main project that says everything, with a need that holds in one place."""
    place = TerritoryFactory(name="Clisson")
    main = IntentionFactory(
        organisation=OrganisationFactory(name="Vélos pour tous"),
        perimeter=[place],
        phase="deployment",
        types=["patronage"],
        square_hr=10,
        square_stk=20,
        square_eco=30,
        square_inn=40,
    )
    main.needs.all().delete()
    Need.objects.create(
        intention=main, means="premises", territory=place, note="80 m²", quantity=80
    )
    return main


def draft(main, title="Jardins"):
    return services.create_project(main.organisation_id, title)


def noted():
    return set(ChangedIntention.objects.values_list("intention_id", flat=True))


def test_a_project_starts_as_a_draft_copied_from_the_main_one(main):
    made = draft(main)

    assert (made.title, made.state, made.is_default) == ("Jardins", "draft", False)
    steps = [step for step in PROJECT_READERS if step != "nom"]
    assert {step: PROJECT_READERS[step](made) for step in steps} == {
        step: PROJECT_READERS[step](main) for step in steps
    }
    assert main.organisation.intentions.count() == 2


def test_a_draft_touches_nothing_that_others_read(main):
    before = Organisation.objects.values().get()
    made = draft(main)
    services.save_square(made.pk, Square((25, 25, 25, 25)))
    services.delete_draft(made.pk)

    assert Organisation.objects.values().get() == before
    assert noted() == set()
    assert list(main.organisation.intentions.all()) == [main]


def test_the_same_name_twice_designates_the_same_draft(main):
    assert draft(main) == draft(main, "  jardins ".strip())
    assert main.organisation.intentions.count() == 2


def test_a_name_is_borne_by_one_living_project(main):
    first = draft(main)
    second = draft(main, "Ateliers")
    services.open_project(first.pk)

    with pytest.raises(services.SameNameError):
        draft(main, "JARDINS")
    with pytest.raises(services.SameNameError):
        services.save_naming(second.pk, Naming("jardins"))

    services.close_project(first.pk)
    assert services.save_naming(second.pk, Naming("jardins"))
    with pytest.raises(services.SameNameError):
        services.open_project(first.pk)


def test_projects_are_counted_without_those_that_are_closed(main):
    made = [draft(main, f"Projet {n}") for n in range(MAX_PROJECTS - 1)]
    with pytest.raises(services.TooManyError):
        draft(main, "De trop")

    services.open_project(made[0].pk)
    services.close_project(made[0].pk)
    assert draft(main, "À sa place")
    with pytest.raises(services.TooManyError):
        services.open_project(made[0].pk)


def test_proposing_pausing_closing_and_taking_up_again(main):
    made = draft(main)
    told = []
    for act in (
        lambda: services.open_project(made.pk),
        lambda: services.open_project(made.pk),
        lambda: services.pause_project(made.pk, TOMORROW),
        lambda: services.pause_project(made.pk, TOMORROW),
        lambda: services.open_project(made.pk),
        lambda: services.close_project(made.pk),
        lambda: services.close_project(made.pk),
        lambda: services.open_project(made.pk),
    ):
        is_done = act()
        made.refresh_from_db()
        told.append((is_done, made.state, made.paused_until))

    assert told == [
        (True, "open", None),
        (False, "open", None),
        (True, "paused", TOMORROW),
        (False, "paused", TOMORROW),
        (True, "open", None),
        (True, "closed", None),
        (False, "closed", None),
        (True, "open", None),
    ]
    assert noted() == {made.pk}


def test_an_incomplete_draft_is_not_proposed(main):
    made = draft(main)
    services.save_domains(made.pk, Domains(()))

    with pytest.raises(services.IncompleteError):
        services.open_project(made.pk)
    assert Intention.objects.get(pk=made.pk).state == "draft"


def test_a_draft_is_neither_paused_nor_closed_nor_main(main):
    made = draft(main)
    for act in (
        lambda: services.pause_project(made.pk, TOMORROW),
        lambda: services.close_project(made.pk),
        lambda: services.make_default(made.pk),
    ):
        with pytest.raises(services.UnpublishedError):
            act()


def test_only_a_draft_that_is_not_the_main_one_is_deleted(main):
    with pytest.raises(services.DefaultError):
        services.delete_draft(main.pk)
    made = draft(main)
    services.open_project(made.pk)
    with pytest.raises(services.PublishedError):
        services.delete_draft(made.pk)


def test_the_main_project_changes_hands(main):
    made = draft(main)
    services.open_project(made.pk)

    assert services.make_default(made.pk)
    assert not services.make_default(made.pk)
    main.refresh_from_db()
    assert (main.is_default, Intention.objects.get(pk=made.pk).is_default) == (
        False,
        True,
    )


def test_a_part_saved_since_is_not_overwritten(main):
    made = draft(main)
    with pytest.raises(services.ChangedMeanwhileError) as caught:
        services.save_terms(made.pk, Terms(("patronage",), "r_and_d"), seen="other")
    assert caught.value.current == Terms(("patronage",), "deployment")


@pytest.mark.parametrize(
    ("save", "part"),
    [
        (services.save_naming, Naming("Autre nom")),
        (services.save_reach, Reach(())),
        (services.save_domains, Domains((("poor_housing", 3),))),
        (services.save_square, Square((25, 25, 25, 25))),
        (services.save_means, Means()),
        (services.save_terms, Terms(("societal_innovation",), "")),
    ],
)
def test_each_part_is_saved_once_and_leaves_the_main_project_alone(main, save, part):
    made = draft(main)
    before = {step: read(main) for step, read in PROJECT_READERS.items()}

    assert save(made.pk, part)
    assert not save(made.pk, part)

    made = Intention.objects.get(pk=made.pk)
    stored = [read(made) for read in PROJECT_READERS.values()]
    assert part in stored
    main = Intention.objects.get(pk=main.pk)
    assert {step: read(main) for step, read in PROJECT_READERS.items()} == before


def test_what_is_deleted_meanwhile_is_said_to_be_gone(main):
    made = draft(main)
    services.delete_draft(made.pk)
    for act in (
        lambda: services.open_project(made.pk),
        lambda: services.delete_draft(made.pk),
        lambda: services.save_naming(made.pk, Naming("x")),
    ):
        with pytest.raises(services.GoneError):
            act()


def test_where_each_project_stands_is_told_in_words(main):
    person = MembershipFactory(organisation=main.organisation).user
    for title in ("Brouillon", "Ouvert", "Clos", "En pause", "Repris"):
        draft(main, title)
    by_title = {one.title: one for one in main.organisation.intentions.all()}
    for title in ("Ouvert", "Clos", "En pause", "Repris"):
        services.open_project(by_title[title].pk)
    services.close_project(by_title["Clos"].pk)
    services.pause_project(by_title["En pause"].pk, dt.date(2999, 1, 1))
    past = timezone.localdate() - dt.timedelta(days=1)
    services.pause_project(by_title["Repris"].pk, past)

    assert [
        (one.name, one.status) for one in projects_of(main.organisation, person)
    ] == [
        ("projet principal", "Proposé à des partenaires."),
        ("Brouillon", "Brouillon\u202f: vous seuls le voyez."),
        ("Ouvert", "Proposé à des partenaires."),
        (
            "En pause",
            "En pause jusqu’au 1 janvier 2999\u202f: rien de nouveau d’ici là.",
        ),
        ("Repris", "Proposé à des partenaires."),
        ("Clos", "Clos\u202f: il n’est plus montré ni proposé."),
    ]


def test_several_means_several_that_look_for_partners_now(main):
    alone = IntentionFactory().organisation
    made = draft(main)
    ids, day = [main.organisation_id, alone.pk], timezone.localdate()

    assert with_several(ids, day) == set()
    services.open_project(made.pk)
    assert with_several(ids, day) == {main.organisation_id}
    services.pause_project(made.pk, TOMORROW)
    assert with_several(ids, day) == set()


def at_once(*acts):
    """Do all of it at the same moment; return what came of each."""
    outcomes, barrier = [], threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            outcomes.append(act())
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_add_one_project():
    main = IntentionFactory()
    outcomes = at_once(*[lambda: draft(main).pk] * 8)

    assert len(set(outcomes)) == 1
    assert main.organisation.intentions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_however_many_choose_there_is_one_main_project():
    main = IntentionFactory()
    made = [draft(main, f"Projet {n}") for n in range(4)]
    for one in made:
        services.open_project(one.pk)
    outcomes = at_once(
        *[lambda one=one: services.make_default(one.pk) for one in [*made, *made]]
    )

    assert set(outcomes) <= {True, False}
    assert main.organisation.intentions.filter(is_default=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_is_either_proposed_or_deleted():
    main = IntentionFactory()
    made = draft(main)
    outcomes = at_once(
        *[lambda: services.open_project(made.pk)] * 4,
        *[lambda: services.delete_draft(made.pk)] * 4,
    )

    is_there = Intention.objects.filter(pk=made.pk, state="open").exists()
    assert outcomes.count(True) == (1 if is_there else 0)
    assert outcomes.count(None) == (0 if is_there else 1)


def test_an_establishment_is_a_place_where_a_means_may_hold(main):
    from alliances.selectors.surroundings import within_reach  # noqa: PLC0415

    elsewhere = TerritoryFactory(name="Redon")
    Establishment.objects.create(organisation=main.organisation, commune=elsewhere)
    names = [place.name for place in within_reach(main.organisation)]

    assert names[:2] == ["Clisson", "Redon"]
    assert main.organisation.seat.name in names
