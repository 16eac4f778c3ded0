import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from alliances.models import PrivilegedRead
from alliances.services.privileged import NotElevatedError, record_read
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.elevation import ElevationFactory, PrivilegedReadFactory

pytestmark = pytest.mark.django_db


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
