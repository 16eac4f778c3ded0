import datetime as dt

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import InternalError, transaction
from django.utils import timezone
from pghistory.models import Context

from accounts.models import Elevation
from alliances.models import Organisation, PrivilegedRead
from alliances.selectors.journal.sources import EVERY_SOURCE
from alliances.services.journal import purge_journal
from alliances.services.privileged import NotElevatedError, record_read
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.elevation import ElevationFactory, PrivilegedReadFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)


def age(rows, column, days):
    with pgtrigger.ignore():
        rows.update(**{column: NOW - dt.timedelta(days=days)})


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (366, False)])
def test_events_are_kept_a_year(days, is_kept):
    with pghistory.context(user=1):
        IntentionFactory()
    for source in EVERY_SOURCE:
        age(source.events.objects.all(), "pgh_created_at", days)
    age(Context.objects.all(), "updated_at", days)
    before = sum(source.events.objects.count() for source in EVERY_SOURCE)

    counts = purge_journal(NOW)

    after = sum(source.events.objects.count() for source in EVERY_SOURCE)
    assert before > 0
    assert after == (before if is_kept else 0)
    assert sum(counts.values()) == before - after


def test_a_context_goes_after_its_events():
    with pghistory.context(user=1):
        OrganisationFactory()
    age(Context.objects.all(), "updated_at", 367)

    purge_journal(NOW)

    assert not Context.objects.exists()


def test_reads_and_extended_accesses_are_kept_a_year():
    old, recent = PrivilegedReadFactory(), PrivilegedReadFactory()
    age(PrivilegedRead.objects.filter(pk=old.pk), "at", 366)
    for elevation, days in ((old.elevation, 366), (recent.elevation, 364)):
        begun = NOW - dt.timedelta(days=days)
        Elevation.objects.filter(pk=elevation.pk).update(
            starts_at=begun, ends_at=begun + dt.timedelta(minutes=30)
        )
    age(PrivilegedRead.objects.filter(pk=recent.pk), "at", 364)

    purge_journal(NOW)

    assert list(PrivilegedRead.objects.all()) == [recent]
    assert list(Elevation.objects.all()) == [recent.elevation]


def test_what_was_removed_is_logged(caplog):
    OrganisationFactory()
    events = apps.get_model("alliances", "OrganisationEvent").objects.all()
    age(events, "pgh_created_at", 366)

    with caplog.at_level("INFO"):
        purge_journal(NOW)

    assert "'alliances.OrganisationEvent': 1" in caplog.text


def test_what_is_told_survives_the_purge_of_what_came_before():
    """The side that a change lacks is read ahead, never behind."""
    organisation = OrganisationFactory(staff=1)
    events = apps.get_model("alliances", "OrganisationEvent").objects
    Organisation.objects.filter(pk=organisation.pk).update(staff=2)
    age(events.all(), "pgh_created_at", 366)
    Organisation.objects.filter(pk=organisation.pk).update(staff=3)

    purge_journal(NOW)

    assert [event.staff for event in events.all()] == [2]


def test_a_read_needs_an_extended_access():
    organisation = OrganisationFactory()
    now = timezone.now()
    over = ElevationFactory(
        starts_at=now - dt.timedelta(minutes=31),
        ends_at=now - dt.timedelta(minutes=1),
    )

    for person in (UserFactory(), UserFactory(is_staff=True), over.user):
        with pytest.raises(NotElevatedError):
            record_read(person, organisation, "projet")

    assert not PrivilegedRead.objects.exists()


def test_a_read_names_the_access_and_what_was_read():
    access, organisation = ElevationFactory(), OrganisationFactory()

    read = record_read(access.user, organisation, "x" * 200)

    assert (read.elevation, read.user, read.organisation) == (
        access,
        access.user,
        organisation,
    )
    assert read.what == "x" * 120


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_read_that_was_written_stays(change):
    read = PrivilegedReadFactory()
    rows = PrivilegedRead.objects.filter(pk=read.pk)

    with pytest.raises(InternalError, match="append_only"), transaction.atomic():
        rows.update(what="") if change == "update" else rows.delete()
