from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alliances.description import parts
from alliances.description.steps import Step
from alliances.enums import FragilityDomain, Means
from alliances.models import Exclusion, Membership, Organisation
from alliances.selectors.parts import READERS
from alliances.services import organisations as services
from alliances.services.organisations import ChangedMeanwhileError, DuplicateError
from alliances.signals import intentions_changed
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
SIRENS = ("732829320", "552100554")


@pytest.fixture
def told():
    """The intentions announced, and whether it was inside a transaction."""
    heard = []

    def hear(sender, intention_ids, **kwargs):
        heard.append((intention_ids, connection.in_atomic_block))

    intentions_changed.connect(hear)
    yield heard
    intentions_changed.disconnect(hear)


@pytest.fixture
def intention():
    return IntentionFactory()


def saves(commune, other):
    """One save of each part, by step."""
    line = parts.Line("loan", commune.pk, "un prêt", "1500.5", "euros")
    site = parts.Site(commune.pk, "Atelier", "73282932000074")
    return {
        Step.IDENTITY: (
            services.save_identity,
            parts.Identity(
                name="Roue libre",
                kind="company",
                sub_kind="siae",
                economic_model="us_model",
                summary="Des vélos",
                website="https://exemple.test/",
                siren=SIRENS[0],
                staff=12,
                size="sme",
                sectors=("vélo",),
            ),
        ),
        Step.PLACES: (
            services.save_places,
            parts.Places(commune.pk, (commune.pk,), (site,)),
        ),
        Step.DOMAINS: (
            services.save_domains,
            parts.Domains((("health", 6), ("mobility", 10))),
        ),
        Step.SQUARE: (services.save_square, parts.Square((10, 20, 30, 40))),
        Step.MEANS: (services.save_means, parts.Means((line,), (line,))),
        Step.OPENNESS: (
            services.save_openness,
            parts.Openness(("patronage",), "r_and_d", 2, general_interest=True),
        ),
        Step.REFUSALS: (
            services.save_exclusions,
            parts.Refusals(("company",), ("tabac",), (other.pk,), is_answered=True),
        ),
        Step.VISIBILITY: (
            services.save_visibility,
            parts.Visibility(("means",), "paused", "2027-01-01", 2),
        ),
    }


@pytest.mark.parametrize("step", Step)
def test_a_part_is_stored_as_wished_told_once_and_can_be_saved_twice(
    step, intention, told
):
    save, wished = saves(TerritoryFactory(), OrganisationFactory())[step]
    organisation = intention.organisation

    first = save(organisation.pk, wished)
    second = save(organisation.pk, wished)

    stored = READERS[step](Organisation.objects.get(pk=organisation.pk))
    assert (first, second, stored) == (True, False, wished)
    assert told == [([intention.pk], True)]


@pytest.mark.parametrize("step", Step)
def test_a_part_survives_its_stay_in_a_session(step):
    _save, wished = saves(TerritoryFactory(), OrganisationFactory())[step]

    restored = type(wished).from_json(parts.as_json(wished))

    assert restored == wished
    assert parts.fingerprint(restored) == parts.fingerprint(wished)


@pytest.mark.parametrize("step", Step)
def test_what_somebody_else_saved_is_never_overwritten(step, intention, told):
    save, wished = saves(TerritoryFactory(), OrganisationFactory())[step]
    current = READERS[step](intention.organisation)

    with pytest.raises(ChangedMeanwhileError) as caught:
        save(intention.organisation_id, wished, seen="ce qui n’y est plus")

    assert caught.value.current == current
    assert READERS[step](intention.organisation) == current
    assert told == []


def test_the_organisation_is_locked_while_a_part_is_saved(intention):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.save_square(intention.organisation_id, parts.Square((10, 20, 30, 40)))

    assert "FOR UPDATE" in " ".join(query["sql"] for query in queries)


def test_a_number_taken_by_another_is_refused_and_nothing_is_written(intention, told):
    OrganisationFactory(siren=SIRENS[0])
    identity = parts.Identity("Autre nom", "company", siren=SIRENS[0])

    with pytest.raises(DuplicateError) as caught:
        services.save_identity(intention.organisation_id, identity)

    assert caught.value.identifier == "siren"
    assert not Organisation.objects.filter(name="Autre nom").exists()
    assert told == []


def test_creating_makes_the_organisation_its_intention_and_its_referent(told):
    user = UserFactory()
    identity = parts.Identity("Roue libre", "association", sub_kind="employer")

    organisation = services.create_organisation(user, identity, key="abc")
    again = services.create_organisation(user, identity, key="abc")

    intention = organisation.intentions.get()
    assert again == organisation
    assert (intention.is_default, intention.state) == (True, "open")
    assert list(Membership.objects.values_list("user", "role")) == [
        (user.pk, "referent")
    ]
    assert told == [([intention.pk], True)]


def test_creating_with_a_number_already_taken_leaves_nothing_behind():
    OrganisationFactory(siren=SIRENS[0])

    with pytest.raises(DuplicateError):
        services.create_organisation(
            UserFactory(),
            parts.Identity("Roue libre", "association", siren=SIRENS[0]),
            key="abc",
        )

    assert not Organisation.objects.filter(name="Roue libre").exists()
    assert not Membership.objects.exists()


def test_a_precision_of_another_kind_is_left_out(intention):
    identity = parts.Identity("Roue libre", "company", sub_kind="employer")

    services.save_identity(intention.organisation_id, identity)

    assert Organisation.objects.get(pk=intention.organisation_id).sub_kind == ""


def test_the_size_follows_the_staff(intention):
    identity = parts.Identity("Roue libre", "company", staff=300)

    services.save_identity(intention.organisation_id, identity)

    assert Organisation.objects.get(pk=intention.organisation_id).size == "mid_cap"


def test_a_line_that_stays_keeps_its_identity_and_a_refusal_its_reason(intention):
    organisation = intention.organisation
    Exclusion.objects.create(
        organisation=organisation, kind="company", reason="déjà essayé"
    )
    need = intention.needs.get()
    lines = (parts.Line(need.means, note="précisé"), parts.Line(Means.LOAN))

    services.save_means(organisation.pk, parts.Means(needs=lines))
    services.save_exclusions(
        organisation.pk, parts.Refusals(("company",), ("tabac",), is_answered=True)
    )

    assert intention.needs.get(note="précisé").pk == need.pk
    assert intention.offers.count() == 0
    assert Exclusion.objects.get(kind="company").reason == "déjà essayé"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "company", "sub_kind": "employer"},
        {"kind": "academic", "sub_kind": "siae"},
        {"hidden_parts": ["identity"]},
        {"hidden_parts": ["tout"]},
    ],
)
def test_the_database_refuses_an_organisation_that_contradicts_itself(change):
    organisation = OrganisationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(**change)


def test_the_database_refuses_types_quantities_and_refusals_out_of_the_rules(intention):
    organisation = intention.organisation
    Exclusion.objects.create(organisation=organisation, sector="tabac")

    with pytest.raises(IntegrityError), transaction.atomic():
        type(intention).objects.update(types=["troc"])
    with pytest.raises(IntegrityError), transaction.atomic():
        intention.needs.update(quantity=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(organisation=organisation, sector="tabac")


def test_domains_are_read_in_the_order_of_the_list(intention):
    wished = parts.Domains((("ageing", 3), ("mobility", 10)))
    services.save_domains(intention.organisation_id, wished)

    stored = READERS[Step.DOMAINS](intention.organisation)
    assert stored.weights == (
        (FragilityDomain.AGEING, 3),
        (FragilityDomain.MOBILITY, 10),
    )


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_at_once_from_one_page_only_one_is_written():
    organisation = IntentionFactory().organisation
    seen = parts.fingerprint(READERS[Step.IDENTITY](organisation))

    def save(number):
        identity = parts.Identity(f"Version {number}", "association")
        try:
            services.save_identity(organisation.pk, identity, seen=seen)
        except ChangedMeanwhileError:
            return None
        finally:
            connection.close()
        return identity.name

    with ThreadPoolExecutor(max_workers=6) as pool:
        written = [name for name in pool.map(save, range(12)) if name]

    organisation.refresh_from_db()
    assert written == [organisation.name]
