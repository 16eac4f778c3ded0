"""What is printed and taken away: by whom, from what, and what is in it."""

import datetime as dt
import io

import icalendar
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from jobs.models import Job
from jobs.services import drain
from rendezvous.documents.press import PressError
from rendezvous.documents.qr import ANY_MASK, qr_path
from rendezvous.enums import (
    LONG_SHEETS,
    Presence,
    RegistrationState,
    ScheduleState,
    SheetKind,
    Zone,
)
from rendezvous.models import Attendance, Printout, Schedule
from rendezvous.selectors.arrivals import arrival_address
from rendezvous.selectors.live import hours_of
from rendezvous.selectors.printing.people import badge_values
from rendezvous.selectors.printing.room import room_of
from rendezvous.services import printing
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import (
    printout_of,
    registration_of,
    schedule_of,
    seat,
    session_of,
)
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.pdf_reader import is_pdf_ua, pages_of, text_of

pytestmark = pytest.mark.django_db
COMPANY, PUBLISHED = ActorKind.COMPANY, ScheduleState.PUBLISHED
SHORT = [kind for kind in SheetKind if kind not in LONG_SHEETS]


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), title="Été à l’Île d’Yeu & Cie")


@pytest.fixture
def membership():
    return MembershipFactory(organisation__name="Roue libre")


@pytest.fixture
def own(session, membership):
    return registration_of(
        session, membership.organisation, needs=["loan"], names=("Ana", "Bob")
    )


@pytest.fixture
def companies(session):
    return [
        registration_of(
            session,
            OrganisationFactory(name=name, kind=COMPANY),
            offers=["loan"],
            names=(person,),
        )
        for name, person in (("Usine", "Urbain"), ("Fabrique", "Fanny"))
    ]


@pytest.fixture
def schedule(session, own, companies):
    usine, fabrique = companies
    return schedule_of(
        session, [(1, 3, [own, usine]), (3, 1, [own, fabrique])], state=PUBLISHED
    )


@pytest.fixture
def catalyst(client, session):
    person = catalyst_of(session.territory)
    client.force_login(person)
    return person


@pytest.fixture
def member(client, membership):
    client.force_login(membership.user)
    return membership.user


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def document(client, session, kind):
    return client.get(url("document_detail", session, kind))


def own_one(client, session, membership, name="programme_sheet"):
    return client.get(url(name, session, membership.organisation.public_id))


def held(session, number):
    return hours_of(session, session.begins_at)[number - 1]


def hour(session, number):
    moment = held(session, number).begins_at
    return f"{moment.hour} h {moment.minute:02d}"


# One's own programme.


@pytest.mark.usefixtures("schedule", "member")
@pytest.mark.parametrize("name", ["programme_sheet", "programme_booklet"])
def test_one_takes_away_when_where_with_whom_and_what_about(
    client, session, membership, name
):
    session.zone = Zone.TAHITI
    session.save()

    answer = own_one(client, session, membership, name)

    text = text_of(answer.content)
    assert is_pdf_ua(answer.content)
    for expected in (
        "Roue libre",
        "Ana, Bob",
        "Usine",
        "Fabrique",
        "Vous cherchez : prêt. Ils l’apportent.",
        "Été à l’Île d’Yeu & Cie",
        "Programme n° 1",
        hour(session, 3),
        "heure de Polynésie française",
    ):
        assert expected in text.replace("\u202f", " ").replace("\u00a0", " ")
    assert len(pages_of(answer.content)) == (2 if "booklet" in name else 1)


@pytest.mark.usefixtures("schedule", "member")
def test_one_s_own_programme_names_no_person_of_the_others(client, session, membership):
    text = text_of(own_one(client, session, membership).content)

    assert ("Urbain" in text, "Fanny" in text) == (False, False)


@pytest.mark.usefixtures("member")
def test_a_draft_is_taken_away_by_nobody_who_comes(
    client, session, membership, own, companies
):
    schedule_of(session, [(1, 1, [own, companies[0]])])

    for name in ("programme_sheet", "programme_booklet", "programme_agenda"):
        assert own_one(client, session, membership, name).status_code == 404


@pytest.mark.usefixtures("member")
def test_a_provisional_programme_is_printed_as_such_and_goes_to_no_calendar(
    client, session, membership, own, companies
):
    provisional = ScheduleState.PROVISIONAL
    schedule_of(session, [(1, 3, [own, companies[0]])], state=provisional)

    sheet = text_of(own_one(client, session, membership).content)
    agenda = own_one(client, session, membership, "programme_agenda")
    page = client.get(
        url("programme_detail", session, membership.organisation.public_id)
    ).content.decode()

    assert "provisoire" in sheet
    assert "Usine" in sheet
    assert agenda.status_code == 404
    assert url("programme_agenda", session, membership.organisation.public_id) not in (
        page
    )


@pytest.mark.usefixtures("schedule")
@pytest.mark.parametrize("state", [RegistrationState.CANCELLED, None])
def test_who_does_not_come_has_nothing_to_print(client, session, state):
    other = MembershipFactory()
    if state:
        registration_of(session, other.organisation, state=state)
    client.force_login(other.user)

    for name in ("programme_sheet", "programme_booklet", "programme_agenda"):
        assert own_one(client, session, other, name).status_code == 404


@pytest.mark.usefixtures("schedule", "member")
def test_the_page_of_the_programme_leads_to_the_documents(client, session, membership):
    page = client.get(
        url("programme_detail", session, membership.organisation.public_id)
    ).content.decode()

    for name in ("programme_sheet", "programme_booklet", "programme_agenda"):
        assert url(name, session, membership.organisation.public_id) in page


@pytest.mark.usefixtures("schedule", "member")
def test_files_have_plain_names_and_are_kept_by_nobody(client, session, membership):
    answer = own_one(client, session, membership)

    assert answer["Content-Disposition"] == (
        'attachment; filename="roue-libre-ete-a-lile-dyeu-cie-v1.pdf"'
    )
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


# The calendar.


def events(client, session, membership):
    answer = own_one(client, session, membership, "programme_agenda")
    calendar = icalendar.Calendar.from_ical(answer.content)
    return calendar, calendar.walk("VEVENT")


@pytest.mark.usefixtures("schedule", "member")
def test_each_meeting_is_an_event_by_the_clock_of_the_place(
    client, session, membership
):
    session.zone = Zone.NOUMEA
    session.save()

    calendar, found = events(client, session, membership)

    assert [one["summary"] for one in found] == [
        "Table 3 – Usine",
        "Table 1 – Fabrique",
    ]
    assert found[0]["dtstart"].dt == held(session, 1).begins_at
    assert found[0]["dtend"].dt == held(session, 1).ends_at
    assert found[0]["dtstart"].params["TZID"] == "Pacific/Noumea"
    assert [one["tzid"] for one in calendar.walk("VTIMEZONE")] == ["Pacific/Noumea"]
    assert {one["status"] for one in found} == {"CONFIRMED"}


@pytest.mark.usefixtures("member")
def test_another_version_moves_the_same_events_and_cancels_what_is_no_more(
    client, session, own, companies, schedule
):
    membership = own.organisation.memberships.get()
    _calendar, before = events(client, session, membership)
    Schedule.objects.filter(pk=schedule.pk).update(state=ScheduleState.REPLACED)
    schedule_of(session, [(1, 2, [own, companies[1]])], version=2, state=PUBLISHED)

    _calendar, after = events(client, session, membership)

    assert [one["uid"] for one in after] == [one["uid"] for one in before]
    assert [one["status"] for one in after] == ["CONFIRMED", "CANCELLED"]
    assert after[0]["summary"] == "Table 2 – Fabrique"
    assert min(one["sequence"] for one in after) > max(
        one["sequence"] for one in before
    )


@pytest.mark.usefixtures("member", "schedule")
def test_a_version_that_nobody_read_cancels_nothing(
    client, session, membership, own, companies
):
    never_read = schedule_of(session, [], version=2, state=ScheduleState.REPLACED)
    seat(never_read, 2, 2, [own, companies[0]])

    _calendar, found = events(client, session, membership)

    assert [one["status"] for one in found] == ["CONFIRMED", "CONFIRMED"]


# The catalyst's documents.


@pytest.mark.usefixtures("schedule", "catalyst")
@pytest.mark.parametrize("kind", [one for one in SHORT if one != SheetKind.WORKBOOK])
def test_the_documents_of_the_room_open_again(client, session, kind):
    answer = document(client, session, kind)

    text = text_of(answer.content)
    assert is_pdf_ua(answer.content)
    assert "Roue libre" in text
    assert ("Urbain" in text) == (kind in (SheetKind.BADGES, SheetKind.SIGNING))


@pytest.mark.usefixtures("catalyst", "own")
@pytest.mark.parametrize(
    ("kind", "status"),
    [("badges", 200), ("emargement", 200), ("grille", 302), ("tableur", 302)],
)
def test_badges_do_not_wait_for_a_programme(client, session, kind, status):
    assert document(client, session, kind).status_code == status


@pytest.mark.usefixtures("schedule", "catalyst")
def test_a_card_says_who_sits_at_the_table_at_each_round(client, session):
    client.post(url("document_request", session, "tables"))
    drain()

    table_1, table_3 = pages_of(bytes(Printout.objects.get().content))
    assert ("Fabrique" in table_1, "Usine" in table_1) == (True, False)
    assert ("Fabrique" in table_3, "Usine" in table_3) == (False, True)
    assert table_1.count("Table libre") == 3


@pytest.mark.usefixtures("catalyst")
def test_badges_are_ten_on_a_sheet(client, session):
    for number in range(11):
        registration_of(session, OrganisationFactory(name=f"Organisation {number}"))

    assert len(pages_of(document(client, session, "badges").content)) == 2


@pytest.mark.usefixtures("catalyst")
def test_a_badge_holds_the_code_of_its_wearer(session, own):
    room = room_of(session, catalyst_of(session.territory))

    ana, bob = badge_values(room)["badges"]

    for badge, person in zip(
        (ana, bob), own.attendees.order_by("position"), strict=True
    ):
        code = qr_path(arrival_address(session, person), ANY_MASK)
        assert badge["code"] == {"side": code.side, "path": code.path}
    assert ana["code"] != bob["code"]


@pytest.mark.usefixtures("schedule", "catalyst")
def test_the_workbook_has_the_rounds_the_participants_and_who_is_expected(
    client, session
):
    answer = document(client, session, "tableur")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = {name: list(book[name].values) for name in book.sheetnames}
    begins = held(session, 1).begins_at.replace(tzinfo=None, microsecond=0)
    ends = held(session, 1).ends_at.replace(tzinfo=None, microsecond=0)
    assert rows["Par tour"][1] == (1, begins, ends, 3, "Roue libre", "Usine", None)
    roue = [row for row in rows["Par participant"] if row[0] == "Roue libre"]
    assert [row[6:] for row in roue] == [
        (3, "Usine"),
        (None, None),
        (1, "Fabrique"),
        (None, None),
    ]
    assert [row[2] for row in rows["Présence"][1:]] == ["Fanny", "Ana", "Bob", "Urbain"]
    assert {row[6:] for row in rows["Présence"][1:]} == {("Attendue", None)}


@pytest.mark.usefixtures("schedule")
def test_the_workbook_says_who_came(client, session, own, catalyst):
    ana = own.attendees.get(position=1)
    at = timezone.now().replace(microsecond=0)
    Attendance.objects.create(
        attendee=ana,
        state=Presence.ARRIVED,
        arrived_at=at,
        arrived_in=0,
        at=at,
        by=catalyst,
    )

    book = openpyxl.load_workbook(
        io.BytesIO(document(client, session, "tableur").content)
    )

    told = {row[2]: row[6:] for row in book["Présence"].values}
    came = at.astimezone(session.tz).replace(tzinfo=None)
    assert (told["Ana"], told["Bob"]) == (("Arrivée", came), ("Attendue", None))


@pytest.mark.usefixtures("catalyst")
def test_a_name_like_a_formula_stays_a_name(client, session, schedule, own):
    own.organisation.name = '=HYPERLINK("http://127.0.0.1")'
    own.organisation.save()

    answer = document(client, session, "tableur")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert own.organisation.name in [cell.value for cell in cells]


@pytest.mark.usefixtures("catalyst")
def test_texts_that_command_something_are_printed(client, session, schedule, own):
    own.organisation.name = "#panic() 🎉 \u202e" + "W" * 90
    own.organisation.save()
    own.attendees.update(name="*gras* <b>x</b>")

    for kind in LONG_SHEETS:
        client.post(url("document_request", session, kind))
    drain()

    sheets = [bytes(one.content) for one in Printout.objects.all()]
    sheets += [
        document(client, session, kind).content
        for kind in SHORT
        if kind != SheetKind.WORKBOOK
    ]
    assert ["#panic() □" in text_of(sheet) for sheet in sheets] == [True] * 7


@pytest.mark.usefixtures("schedule")
@pytest.mark.parametrize("who", ["member", "stranger", "visitor", "other catalyst"])
def test_the_documents_of_the_room_are_the_catalyst_s(
    client, session, membership, schedule, who
):
    person = {
        "member": lambda: membership.user,
        "stranger": lambda: MembershipFactory().user,
        "other catalyst": lambda: catalyst_of(TerritoryFactory()),
    }
    if who in person:
        client.force_login(person[who]())
    printout = printout_of(schedule)

    answers = [
        client.get(url("document_list", session)),
        *(document(client, session, kind) for kind in SHORT),
        client.post(url("document_request", session, "programmes")),
        client.get(url("document_progress", session, "programmes")),
        client.get(url("printout_download", session, printout.public_id)),
    ]

    expected = 302 if who == "visitor" else 404
    assert {one.status_code for one in answers} == {expected}
    assert not Job.objects.filter(kind=printing.PRINT_JOB).exists()


@pytest.mark.usefixtures("catalyst")
def test_what_is_no_document_is_not_there(client, session):
    assert document(client, session, "recettes").status_code == 404
    assert document(client, session, "programmes").status_code == 404
    assert client.post(url("document_request", session, "badges")).status_code == 404
    assert client.post(url("document_request", session, "x")).status_code == 404


@pytest.mark.usefixtures("schedule", "catalyst")
def test_a_press_that_fails_says_so_and_leaves_the_page(client, session, monkeypatch):
    def fail(*_args, **_values):
        raise PressError

    monkeypatch.setattr(printing, "press", fail)

    answer = client.get(url("document_detail", session, "grille"), follow=True)

    assert "n’a pas pu être fait" in answer.content.decode()


# Hundreds of sheets.


@pytest.mark.usefixtures("schedule", "catalyst")
@pytest.mark.parametrize("kind", LONG_SHEETS)
def test_a_long_document_is_asked_made_and_downloaded(client, session, kind):
    client.post(url("document_request", session, kind))
    client.post(url("document_request", session, kind))
    assert Job.objects.filter(kind=printing.PRINT_JOB).count() == 1
    page = client.get(url("document_list", session)).content.decode()
    assert url("document_progress", session, kind) in page

    drain()

    page = client.get(url("document_list", session)).content.decode()
    printout = Printout.objects.get()
    address = url("printout_download", session, printout.public_id)
    assert address in page
    sheets = client.get(address).content
    assert is_pdf_ua(sheets)
    for name in ("Roue libre", "Usine", "Fabrique"):
        assert name in text_of(sheets)
    assert (
        len(pages_of(sheets))
        == {"programmes": 3, "livrets": 6, "tables": 2, "engagements": 1}[kind]
    )


@pytest.mark.usefixtures("schedule", "catalyst")
@pytest.mark.parametrize("kind", [SheetKind.WORKBOOK, SheetKind.GRID])
def test_rounds_that_were_taken_away_since_are_not_printed(client, session, kind):
    session.rounds = session.meetings_max = 1
    session.save()

    answer = document(client, session, kind)

    assert answer["Content-Disposition"].startswith("attachment")
    if kind == SheetKind.WORKBOOK:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert [row[0] for row in book["Par tour"].values] == ["Tour", 1]


@pytest.mark.usefixtures("catalyst", "own", "companies")
def test_the_documents_of_a_provisional_programme_say_so(
    client, session, own, companies
):
    provisional = ScheduleState.PROVISIONAL
    schedule_of(session, [(1, 3, [own, companies[0]])], state=provisional)

    page = client.get(url("document_list", session)).content.decode()
    grid = document(client, session, SheetKind.GRID).content

    assert "provisoire. Chaque feuille le dit." in page
    assert "provisoire" in text_of(grid)


@pytest.mark.usefixtures("schedule", "catalyst")
def test_the_page_that_waits_ends_when_the_document_is_made(client, session):
    client.post(url("document_request", session, "programmes"))
    progress = url("document_progress", session, "programmes")
    waiting = client.get(progress).content.decode()

    drain()

    assert ("hx-get" in waiting, "hx-get" in client.get(progress).content.decode()) == (
        True,
        False,
    )


@pytest.mark.usefixtures("schedule")
def test_who_lost_the_mandate_meanwhile_has_nothing_made(client, session, catalyst):
    client.post(url("document_request", session, "programmes"))
    catalyst.mandates.all().delete()

    drain()

    assert not Printout.objects.exists()


@pytest.mark.usefixtures("catalyst")
def test_a_document_of_a_former_programme_is_no_longer_offered(
    client, session, schedule
):
    printout_of(schedule)
    Schedule.objects.filter(pk=schedule.pk).update(state=ScheduleState.REPLACED)
    schedule_of(session, [], version=2, state=PUBLISHED)

    page = client.get(url("document_list", session)).content.decode()

    assert "Refaire" not in page


@pytest.mark.usefixtures("catalyst")
def test_a_document_is_kept_a_day(client, session, schedule):
    old = timezone.now() - dt.timedelta(days=1, minutes=1)
    printout = printout_of(schedule, made_at=old)
    address = url("printout_download", session, printout.public_id)

    assert client.get(address).status_code == 404
    assert printing.remove_old_printouts(timezone.now()) == 1
    assert not Printout.objects.exists()


@pytest.mark.usefixtures("catalyst")
def test_a_document_of_another_session_is_not_there(client, session):
    other = session_of(session.territory)
    printout = printout_of(schedule_of(other, [], state=PUBLISHED))

    address = url("printout_download", session, printout.public_id)

    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("schedule", "catalyst")
@pytest.mark.parametrize("kind", ["grille", "badges", "tableur"])
def test_a_document_of_more_people_asks_no_more_questions(
    client, session, schedule, kind
):
    few = queries(client, session, kind)
    for number in range(4):
        one = registration_of(session, OrganisationFactory(name=f"Autre {number}"))
        seat(schedule, 2, number + 1, [one])

    assert queries(client, session, kind) == few


def queries(client, session, kind):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert document(client, session, kind).status_code == 200
    return len(asked)
