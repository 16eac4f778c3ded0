"""Two descriptions of one organisation, both known to sessions."""

import pytest

from rendezvous.enums import RegistrationState
from rendezvous.models import Encounter, Registration
from rendezvous.services.merging import fuse_encounters, fuse_registrations
from tests.factories.alliances import OrganisationFactory
from tests.factories.sessions import encounter_of, registration_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING, CANCELLED = RegistrationState


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"),
    [
        (CONFIRMED, WAITING, "kept"),
        (CANCELLED, WAITING, "absorbed"),
        (WAITING, WAITING, "absorbed or kept"),
    ],
)
def test_of_two_registrations_the_one_that_has_more_stays(mine, theirs, stays):
    kept, absorbed = (
        OrganisationFactory(name="kept"),
        OrganisationFactory(name="absorbed"),
    )
    session = session_of(TerritoryFactory())
    registration_of(session, kept, state=mine)
    registration_of(session, absorbed, state=theirs)

    fuse_registrations(kept, absorbed)

    assert Registration.objects.get().organisation.name in stays


def test_who_was_met_by_either_was_met_once_by_session():
    kept, absorbed, other = (OrganisationFactory() for _ in range(3))
    session, later = session_of(TerritoryFactory()), session_of(TerritoryFactory())
    for one in (kept, absorbed):
        encounter_of(session, one, other)
    encounter_of(later, absorbed, other)
    encounter_of(later, kept, absorbed)

    fuse_encounters(kept, absorbed)

    rows = Encounter.objects.order_by("session").values_list("session", "low", "high")
    assert list(rows) == [
        (session.pk, kept.pk, other.pk),
        (later.pk, kept.pk, other.pk),
    ]
