"""A second project in a file: the optional column ``intention`` names it."""

import pytest

from alliances.enums import ActorKind
from alliances.models import Intention, Organisation
from alliances.services import projects
from alliances.services.imports import Options, import_organisations
from alliances.signals import intentions_changed
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "key,name,kind,intention,siren,perimeter,domains,square_hr,square_stk,square_eco,"
    "square_inn,offers,needs,types"
)
MAIN = "e1,Garage,company,,,DEP-44,mobility:7,25,25,30,20,loan,donation@DEP-44,"
GARDENS = "e1,Garage,company,Jardins,,COM-44109,health,10,20,30,40,premises,networks,"


@pytest.fixture(autouse=True)
def places():
    commune = TerritoryFactory(code="44109", name="Nantes")
    TerritoryFactory(department=True, code="44", communes=[commune])


def import_(*texts, header=HEADER, **options):
    content = "\n".join((header, *texts)).encode()
    return import_organisations(content, source="f.csv", options=Options(**options))


def refused(*texts, **options):
    report = import_(*texts, **options)
    return [(one.line, one.column, one.code) for one in report.errors]


def stored():
    """What is stored of each project: its name, domains, needs, perimeter, square."""
    return {
        one.title: (
            one.is_default,
            one.state,
            [line.domain for line in one.domains.all()],
            [line.means for line in one.needs.all()],
            [place.reference for place in one.perimeter.all()],
            one.square,
        )
        for one in Intention.objects.order_by("pk")
    }


EXPECTED = {
    "": (True, "open", ["mobility"], ["donation"], ["DEP-44"], (25, 25, 30, 20)),
    "Jardins": (
        False,
        "open",
        ["health"],
        ["networks"],
        ["COM-44109"],
        (10, 20, 30, 40),
    ),
}


@pytest.mark.parametrize("lines", [(MAIN, GARDENS), (GARDENS, MAIN)])
def test_a_row_that_names_a_project_adds_it(lines):
    report = import_(*lines)

    assert report.is_complete
    assert (report.created_count, report.updated_count) == (1, 1)
    assert stored() == EXPECTED


def test_the_same_file_again_changes_and_tells_nothing():
    import_(MAIN, GARDENS)
    told = []

    def note(intention_ids, **kwargs):
        told.extend(intention_ids)

    intentions_changed.connect(note)
    report = import_(MAIN, GARDENS.replace("Jardins", "JARDINS"))
    intentions_changed.disconnect(note)

    assert (report.unchanged_count, told) == (2, [])
    assert stored() == EXPECTED


def test_only_what_differs_is_told_to_matching():
    import_(MAIN, GARDENS)
    told = []

    def note(intention_ids, **kwargs):
        told.extend(intention_ids)

    intentions_changed.connect(note)
    import_(MAIN, GARDENS.replace("health", "ageing"))
    intentions_changed.disconnect(note)

    assert told == [Intention.objects.get(title="Jardins").pk]


def test_a_project_may_come_after_its_organisation_in_another_file():
    import_(MAIN)
    assert import_(GARDENS).is_complete
    assert stored() == EXPECTED


def test_a_dry_run_writes_no_project():
    import_(MAIN)
    assert import_(GARDENS, dry_run=True).updated_count == 1
    assert list(stored()) == [""]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([GARDENS], [(2, "key", "project_without_organisation")]),
        ([MAIN, GARDENS, GARDENS], [(4, "intention", "repeated_project")]),
        (
            [MAIN, GARDENS.replace("Garage", "Autre")],
            [(3, "name", "project_of_another")],
        ),
        (
            [MAIN, GARDENS.replace("Jardins,,", "Jardins,732829320,")],
            [(3, "siren", "not_of_a_project")],
        ),
        (
            [MAIN.replace("company", "compagnie"), GARDENS],
            [(2, "kind", "unknown_code"), (3, "key", "project_of_refused")],
        ),
        (
            [MAIN, GARDENS.replace("Jardins", "J" * 161)],
            [(3, "intention", "too_long")],
        ),
        (
            [MAIN, GARDENS.replace("COM-44109", "COM-99999")],
            [(3, "perimeter", "unknown_territory")],
        ),
        (
            [MAIN, *(GARDENS.replace("Jardins", f"Projet {n}") for n in range(10))],
            [(12, "intention", "too_many_projects")],
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(texts, found):
    assert refused(*texts) == found
    assert Organisation.objects.count() == 0


def test_a_project_of_an_organisation_taken_over_is_refused():
    import_(MAIN)
    MembershipFactory(organisation=Organisation.objects.get())

    assert refused(GARDENS) == [(2, "key", "taken_over")]


def test_a_project_of_an_archived_organisation_is_stored_with_a_notice():
    import_(MAIN)
    Organisation.objects.update(archived_at="2026-01-01T00:00:00Z")
    report = import_(GARDENS)

    assert [notice.code for notice in report.notices] == ["archived"]
    assert stored() == EXPECTED


def test_partial_keeps_the_organisation_without_its_wrong_project():
    report = import_(MAIN, GARDENS.replace("health", "santé"), partial=True)

    assert (report.created_count, report.refused_count) == (1, 1)
    assert list(stored()) == [""]


def test_a_file_leaves_alone_the_projects_that_it_does_not_name():
    organisation = OrganisationFactory(
        source="f.csv", key="e1", name="Garage", kind=ActorKind.COMPANY
    )
    IntentionFactory(organisation=organisation)
    kept = IntentionFactory(
        organisation=organisation, is_default=False, title="Ateliers"
    )
    import_(MAIN, GARDENS)

    assert list(stored()) == ["", "Ateliers", "Jardins"]
    assert projects.close_project(kept.pk)


def test_two_files_of_old_never_see_the_column():
    header = HEADER.replace("intention,", "")
    assert import_(MAIN.replace(",,,", ",,"), header=header).is_complete
