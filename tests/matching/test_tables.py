"""Who is missing around the table: the pages, and what they keep quiet."""

import re
from functools import partial

import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain, Means, Part
from alliances.models import Exclusion, Organisation
from matching.selectors import snapshots
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.introductions import introduce
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

TITLE = "Qui manque autour de la table"
NOTHING = "Pas de table à proposer"
OFFERS = {
    ActorKind.ASSOCIATION: [Means.PUBLICS_KNOWLEDGE],
    ActorKind.COMPANY: [Means.DONATION],
    ActorKind.LOCAL_AUTHORITY: [Means.PREMISES],
    ActorKind.ACADEMIC: [Means.DATA_TOOLS],
}
NEEDS = {
    ActorKind.ASSOCIATION: [Means.DONATION, Means.PREMISES],
    ActorKind.COMPANY: [Means.PUBLICS_KNOWLEDGE],
    ActorKind.LOCAL_AUTHORITY: [Means.DATA_TOOLS],
    ActorKind.ACADEMIC: [Means.PUBLICS_KNOWLEDGE],
}


@pytest.fixture(autouse=True)
def fresh():
    snapshots._kept.clear()


def actor(name, kind, commune, **values):
    organisation = OrganisationFactory(
        name=name, kind=kind, seat=commune, general_interest=kind != ActorKind.COMPANY
    )
    values = {"offers": OFFERS[kind], "needs": NEEDS[kind]} | values
    return IntentionFactory(organisation=organisation, **values).organisation


def around(commune, *kinds):
    names = {
        ActorKind.ASSOCIATION: "Roue libre",
        ActorKind.COMPANY: "Mécano SA",
        ActorKind.LOCAL_AUTHORITY: "Mairie de Clisson",
        ActorKind.ACADEMIC: "Labo des mobilités",
    }
    return [actor(names[kind], kind, commune) for kind in kinds or OFFERS]


@pytest.fixture
def commune():
    return TerritoryFactory(name="Clisson")


def text_of(response):
    assert response.status_code == 200
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def territory_page(client, territory, **query):
    address = reverse("matching:table_territory", args=[territory.reference])
    return text_of(client.get(address, query))


def pair_page(client, own, other, **query):
    args = [own.public_id, other.public_id]
    return text_of(client.get(reverse("matching:table_pair", args=args), query))


def test_a_table_says_who_does_what_and_what_lacks(client, commune):
    around(commune, ActorKind.ASSOCIATION, ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY)
    compute()

    text = territory_page(client, commune)

    assert "Roue libre, Mécano SA et Mairie de Clisson" in text
    assert "Pourrait animer la table" in text
    assert "Apporterait un don." in text
    assert "Acteur économique</strong> ; agit sur tout le territoire." in text
    assert "Il manquerait</dt><dd>quelqu’un pour évaluer</dd>" in text
    assert "Personne n’offrirait</dt><dd>des outils et des données</dd>" in text
    assert "Aucune autre table n’a une somme plus haute" in text
    assert "Quelqu’un pour évaluer : <a" in text
    assert f"territoire={commune.reference}&amp;nature=academic" in text


def test_an_empty_table_says_who_lacks_and_where_to_look(client, commune):
    actor("Roue libre", ActorKind.ASSOCIATION, commune)
    compute()

    text = territory_page(client, commune, domaine=FragilityDomain.MOBILITY)

    assert "Il manque un acteur économique" in text
    assert "sur la mobilité ici" in text
    assert f"territoire={commune.reference}&amp;nature=company" in text


def test_the_subject_chosen_is_that_of_the_table(client, commune):
    around(commune)
    compute()

    assert "sur la santé ici" in territory_page(client, commune, domaine="health")
    assert "Mécano SA" in territory_page(client, commune, domaine="mobility")
    assert "Mécano SA" in territory_page(client, commune, domaine="nonsense")


def test_who_could_join_a_pair_is_told_with_what_it_adds(client, commune):
    association, company, *_ = around(commune)
    compute()

    text = pair_page(client, association, company)

    assert "Ce qu’elles réunissent déjà" in text
    assert "Il manque</dt><dd>une inscription dans les politiques publiques" in text
    assert "Qui inviter d’abord" in text
    assert "Ajouterait : des locaux" in text
    assert "Établi à partir de ce que les organisations publient." in text


def test_a_member_reads_the_same_page_from_its_own_side(client, commune):
    association, company, *_ = around(commune)
    compute()
    client.force_login(MembershipFactory(organisation=association).user)

    text = pair_page(client, association, company)

    assert "Ce que les deux réunissent déjà" in text
    assert "Qui inviter d’abord" in text
    assert "Établi à partir de ce que" not in text


def test_a_refused_organisation_is_at_no_table_with_the_one_that_refuses(
    client, commune
):
    association, company, _mayor, _lab = around(commune)
    compute()
    before = territory_page(client, commune)
    Exclusion.objects.create(organisation=association, other=company, reason="ZQ")

    text = territory_page(client, commune)

    assert "Mécano SA" in before
    for part in text.split("<article")[1:]:
        assert not ("Roue libre" in part and "Mécano SA" in part)
    assert "ZQ" not in text


def bodies(text):
    """The page without what differs from one request to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_a_table_does_not_say_which_side_refuses(client, commune):
    association, company, _mayor, lab = around(commune)
    compute()
    without = bodies(territory_page(client, commune))
    pages = []
    for owner, other in ((association, company), (company, association)):
        refusal = Exclusion.objects.create(organisation=owner, other=other)
        pages.append(
            [
                bodies(page)
                for page in (
                    territory_page(client, commune),
                    pair_page(client, association, lab),
                    pair_page(client, lab, company),
                )
            ]
        )
        refusal.delete()

    assert pages[0] == pages[1]
    assert without != pages[0][0]


@pytest.mark.parametrize("cause", ["refusal", "nature"])
def test_a_pair_that_is_not_proposed_looks_the_same_whatever_the_cause(
    client, commune, cause
):
    association, company, *_ = around(commune)
    if cause == "refusal":
        Exclusion.objects.create(organisation=company, other=association)
    else:
        Organisation.objects.filter(pk=association.pk).update(kind=ActorKind.COMPANY)
    compute()

    text = pair_page(client, association, company)

    assert NOTHING in text
    assert "Mairie de Clisson" not in text


def test_an_open_introduction_keeps_its_table_whatever_was_excluded_since(
    client, commune
):
    association, company, *_ = around(commune)
    introduce(association, company)
    compute()
    client.force_login(MembershipFactory(organisation=association).user)
    before = pair_page(client, association, company)
    Exclusion.objects.create(organisation=company, other=association)
    compute()

    assert "Qui inviter d’abord" in before
    assert bodies(pair_page(client, association, company)) == bodies(before)


def test_what_an_organisation_hides_covers_nothing(client, commune):
    around(commune)
    Organisation.objects.filter(name="Mécano SA").update(hidden_parts=[Part.MEANS])
    compute()

    assert "Apporterait un don." not in territory_page(client, commune)


def test_whoever_stopped_looking_is_at_no_table(client, commune):
    _association, company, *_ = around(commune)
    compute()
    company.intentions.update(state="closed")

    assert "Mécano SA" not in territory_page(client, commune)


def test_a_territory_without_commune_has_no_table(client, commune):
    around(commune)
    compute()
    empty = TerritoryFactory(epci=True, name="Sans commune", communes=[])

    assert "Personne ne cherche encore" in territory_page(client, empty)


@pytest.mark.parametrize("path", ["COM-99999", "nonsense"])
def test_a_place_that_does_not_exist_is_not_found(client, path):
    assert client.get(f"/propositions/tables/{path}/").status_code == 404


def test_one_organisation_is_no_pair(client, commune):
    association, *_ = around(commune)
    args = [association.public_id, association.public_id]

    assert client.get(reverse("matching:table_pair", args=args)).status_code == 404


@pytest.mark.parametrize("is_pair", [False, True])
def test_the_queries_do_not_depend_on_the_number_of_actors(
    client, commune, django_assert_max_num_queries, is_pair
):
    association, company, *_ = around(commune)
    spent = []
    for _turn in range(2):
        compute()
        read_once = partial(
            pair_page if is_pair else territory_page,
            client,
            *((association, company) if is_pair else (commune,)),
        )
        read_once()
        with django_assert_max_num_queries(40) as queries:
            assert TITLE in read_once()
        spent.append(len(queries))
        around(commune)

    assert spent[0] == spent[1]
