"""What was written down of changes and reads goes in its time, all of it."""

import datetime as dt

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from pghistory.models import Context

from accounts.models import Elevation, Purge
from accounts.personal_data import table_of
from accounts.personal_data.history import kept_as_trail
from accounts.services.retention import purge_overdue
from alliances.models import Organisation, PrivilegedRead
from alliances.selectors.journal.sources import EVERY_SOURCE
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.elevation import PrivilegedReadFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
ORGANISATION_EVENT = "alliances.OrganisationEvent"


def age(rows, column, days):
    with pgtrigger.ignore():
        rows.update(**{column: NOW - dt.timedelta(days=days)})


def events_left():
    return sum(source.events.objects.count() for source in EVERY_SOURCE)


def test_one_setting_says_how_long_a_trail_is_kept(settings):
    settings.AUDIT_KEPT_DAYS = 30

    kept = kept_as_trail("at", longer=dt.timedelta(days=2))

    assert (kept.after, str(kept.until)) == (dt.timedelta(days=32), "32 jours")


def test_every_table_of_events_is_kept_as_a_trail():
    events = [
        model._meta.label
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None) and model._meta.managed
    ]
    sources = {source.events._meta.label for source in EVERY_SOURCE}

    assert sources <= set(events)
    assert {str(table_of(label).retention) for label in events} == {
        str(kept_as_trail("pgh_created_at"))
    }


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (366, False)])
def test_events_are_kept_a_year(days, is_kept):
    with pghistory.context(user=1):
        IntentionFactory()
    for source in EVERY_SOURCE:
        age(source.events.objects.all(), "pgh_created_at", days)
    before = events_left()

    purge_overdue(NOW)

    assert before > 0
    assert events_left() == (before if is_kept else 0)
    assert Purge.objects.exists() is not is_kept


def test_a_context_goes_after_its_events():
    with pghistory.context(user=1):
        OrganisationFactory()
    left = []
    for days in (366, 368):
        age(Context.objects.all(), "created_at", days)
        purge_overdue(NOW)
        left.append(Context.objects.exists())

    assert left == [True, False]


def test_reads_and_extended_accesses_are_kept_a_year():
    old, recent = PrivilegedReadFactory(), PrivilegedReadFactory()
    for read, days in ((old, 368), (recent, 364)):
        age(PrivilegedRead.objects.filter(pk=read.pk), "at", days)
        begun = NOW - dt.timedelta(days=days)
        Elevation.objects.filter(pk=read.elevation.pk).update(
            starts_at=begun, ends_at=begun + dt.timedelta(minutes=30)
        )

    purge_overdue(NOW)

    assert list(PrivilegedRead.objects.all()) == [recent]
    assert list(Elevation.objects.all()) == [recent.elevation]


def test_how_many_were_removed_is_written_down():
    OrganisationFactory()
    events = apps.get_model(ORGANISATION_EVENT).objects.all()
    age(events, "pgh_created_at", 366)

    purge_overdue(NOW)

    written = Purge.objects.get(table=ORGANISATION_EVENT)
    assert (written.removed_count, written.reason) == (1, "365 jours")


def test_what_is_told_survives_the_purge_of_what_came_before():
    """The side that a change lacks is read ahead, never behind."""
    organisation = OrganisationFactory(staff=1)
    events = apps.get_model(ORGANISATION_EVENT).objects
    Organisation.objects.filter(pk=organisation.pk).update(staff=2)
    age(events.all(), "pgh_created_at", 366)
    Organisation.objects.filter(pk=organisation.pk).update(staff=3)

    purge_overdue(NOW)

    assert [event.staff for event in events.all()] == [2]
