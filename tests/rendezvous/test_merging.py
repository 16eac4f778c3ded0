"""Two descriptions of one organisation, both known to sessions."""

import pytest

from rendezvous.enums import RegistrationState
from rendezvous.models import Encounter, Feedback, FollowUp, Registration
from rendezvous.services.merging import fuse_encounters, fuse_registrations
from tests.factories.alliances import OrganisationFactory
from tests.factories.followups import (
    Side,
    both_say_yes,
    card_of,
    met,
    past_session,
    say,
)
from tests.factories.sessions import (
    encounter_of,
    registration_of,
    seat,
    session_of,
)
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


def test_what_either_said_and_promised_is_the_kept_ones():
    session = past_session()
    kept, absorbed = Side(session, "kept"), Side(session, "absorbed")
    works, town = Side(session, "Usine"), Side(session, "Mairie")
    programme = met(session, absorbed, works)
    for number, side in enumerate((kept, absorbed), start=1):
        seat(programme, number, 2, [side.registration, town.registration])
    followup = both_say_yes(absorbed, works)
    card_of(followup, absorbed, works)
    for side in (kept, absorbed):
        say(side, town)

    fuse_registrations(kept.organisation, absorbed.organisation)

    stays = Registration.objects.exclude(
        pk__in=[works.registration.pk, town.registration.pk]
    ).get()
    moved = FollowUp.objects.get()
    assert {moved.low_id, moved.high_id} == {stays.pk, works.registration.pk}
    assert moved.low_id < moved.high_id
    signed = moved.commitments.get().signatures.values_list("registration", flat=True)
    assert set(signed) == {stays.pk, works.registration.pk}
    asked = moved.checkpoints.values_list("registration", flat=True)
    assert set(asked) == {stays.pk, works.registration.pk}
    own = Feedback.objects.filter(registration=stays)
    assert own.filter(other=works.registration).get().outcome == "mutual"
    assert own.filter(other=town.registration).count() == 1
