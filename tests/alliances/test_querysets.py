"""The vocabulary of searches, one word at a time."""

import pytest

from alliances.enums import ActorKind, FragilityDomain, Means, Part, PartnershipType
from alliances.models import Establishment, Intention, Organisation
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_drafts_and_closed_intentions_are_not_public():
    kept = [
        IntentionFactory(state="open"),
        IntentionFactory(state="paused", paused_until="2026-12-01"),
    ]
    IntentionFactory(state="draft")
    IntentionFactory(state="closed")

    assert list(Intention.objects.public().order_by("pk")) == kept


def test_on_domain_leaves_out_a_domain_of_no_weight():
    mobility = IntentionFactory(domains=[FragilityDomain.MOBILITY])
    weightless = IntentionFactory(domains=[FragilityDomain.HEALTH])
    weightless.domains.update(weight=0)

    assert [
        list(Intention.objects.on_domain(domain))
        for domain in (FragilityDomain.MOBILITY, FragilityDomain.HEALTH)
    ] == [[mobility], []]


def test_offering_and_seeking_are_not_confused():
    intention = IntentionFactory(offers=[Means.PREMISES], needs=[Means.DONATION])

    intentions = Intention.objects.all()

    assert list(intentions.offering(Means.PREMISES)) == [intention]
    assert list(intentions.seeking(Means.PREMISES)) == []
    assert list(intentions.seeking(Means.DONATION)) == [intention]
    assert list(intentions.offering(Means.DONATION)) == []


def test_open_to_one_type_among_several():
    patron = IntentionFactory(types=[PartnershipType.PATRONAGE])
    IntentionFactory(types=[PartnershipType.SOCIETAL_INNOVATION])

    assert list(
        Intention.objects.open_to(
            PartnershipType.PATRONAGE, PartnershipType.ECONOMIC_COOPERATION
        )
    ) == [patron]


def test_acting_on_reads_the_perimeter_and_else_the_seat():
    clisson, nantes = TerritoryFactory(), TerritoryFactory()
    sevre = TerritoryFactory(epci=True, communes=[clisson])
    stated = IntentionFactory(organisation__seat=nantes, perimeter=[sevre])
    seated = IntentionFactory(organisation__seat=clisson)
    IntentionFactory(organisation__seat=clisson, perimeter=[nantes])

    intentions = Intention.objects.order_by("pk")

    assert list(intentions.acting_on([clisson.pk])) == [stated, seated]
    assert list(intentions.with_perimeter_meeting([clisson.pk])) == [stated]


def test_based_in_reads_seats_and_establishments():
    clisson, nantes = TerritoryFactory(), TerritoryFactory()
    seated = OrganisationFactory(seat=clisson)
    established = OrganisationFactory(seat=nantes)
    Establishment.objects.create(organisation=established, commune=clisson)
    OrganisationFactory(seat=nantes)

    here = Organisation.objects.order_by("pk")

    assert list(here.based_in([clisson.pk])) == [seated, established]
    assert list(here.seated_in([clisson.pk])) == [seated]
    assert list(here.established_in([clisson.pk])) == [established]


def test_showing_leaves_out_those_that_hide_the_part():
    shown = OrganisationFactory(hidden_parts=[Part.PLACES])
    OrganisationFactory(hidden_parts=[Part.PLACES, Part.MEANS])

    assert list(Organisation.objects.showing(Part.MEANS)) == [shown]


def test_of_kind_and_of_size_keep_any_of_those_asked():
    company = OrganisationFactory(kind=ActorKind.COMPANY, size="sme")
    foundation = OrganisationFactory(kind=ActorKind.FOUNDATION, size="large")
    OrganisationFactory(kind=ActorKind.ASSOCIATION, size="")

    everyone = Organisation.objects.order_by("pk")

    assert list(everyone.of_kind("company", "foundation")) == [company, foundation]
    assert list(everyone.of_size("large")) == [foundation]


@pytest.mark.parametrize(
    ("word", "is_last", "is_found"),
    [
        ("mobilite", False, True),  # without its accent
        ("mobilites", False, True),  # plural
        ("solidaire", False, True),  # singular of a plural
        ("velo", False, True),  # after an apostrophe, in the presentation
        ("velos", False, True),
        ("ateliers", False, True),
        ("mobil", True, True),  # unfinished
        ("solid", True, True),
        ("mobil", False, False),  # only the last word may be unfinished
        ("train", True, False),
    ],
)
def test_writing_finds_french_words(word, is_last, is_found):
    OrganisationFactory(
        name="Mobilité et Cœur solidaires", summary="L’atelier d’un vélo pour tous."
    )

    assert Organisation.objects.writing(word, is_last=is_last).exists() is is_found


def test_with_intention_keeps_an_organisation_once():
    organisation = OrganisationFactory()
    IntentionFactory.create_batch(2, organisation=organisation, is_default=False)

    found = Organisation.objects.with_intention(Intention.objects.public())

    assert list(found) == [organisation]
