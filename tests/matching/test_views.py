import csv
import io
import re

import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Exclusion, Intention, Need, Organisation
from matching.models import ChangedIntention
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.matching import compute, worked_pair
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

NEUTRAL = "Cette organisation ne fait pas partie"


@pytest.fixture
def pair():
    association, company = worked_pair()
    compute()
    return association.organisation, company.organisation


def sign_in_for(client, organisation):
    client.force_login(MembershipFactory(organisation=organisation).user)


def page(client, name, *args, status=200, **query):
    response = client.get(reverse(f"matching:{name}", args=args), query)
    assert response.status_code == status
    return response.content.decode().replace("\u202f", " ")


def companies(commune, count, **values):
    return [
        IntentionFactory(
            organisation=OrganisationFactory(
                name=f"Société {letter}", kind=ActorKind.COMPANY, seat=commune
            ),
            needs=[Means.NETWORKS],
            offers=[Means.DONATION],
            **values,
        ).organisation
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]
    ]


def association_here():
    commune = TerritoryFactory(name="Clisson", latitude_deg=47.09, longitude_deg=-1.28)
    organisation = OrganisationFactory(
        name="Roue libre", seat=commune, general_interest=True
    )
    return IntentionFactory(organisation=organisation).organisation


# The list


def test_a_member_reads_the_reason_before_any_figure(client, pair):
    association, _company = pair
    sign_in_for(client, association)

    text = page(client, "proposal_list", association.public_id)

    assert "Entreprise propose un don que vous cherchez" in text
    assert text.index("Entreprise propose un don") < text.index(
        "Pourrait vous apporter"
    )
    assert "Non renseigné : ce qui rapproche : taille, valeurs, réseaux." in text
    assert "<strong>3 points à discuter</strong>" in text
    assert "Calculé le" in text
    assert "sur 100" not in text


def test_a_visitor_reads_the_version_made_of_what_both_publish(client, pair):
    association, _company = pair

    text = page(client, "proposal_list", association.public_id)

    assert "Entreprise propose un don qu’Association cherche" in text
    assert "à partir de ce que les deux organisations publient" in text
    assert "Non publié :" in text
    assert "le carré des objectifs d’Association" in text
    assert "Recalculer" not in text


@pytest.mark.parametrize("is_member", [True, False])
def test_the_number_of_queries_does_not_depend_on_the_number_of_proposals(
    client, is_member, django_assert_max_num_queries
):
    own = association_here()
    if is_member:
        sign_in_for(client, own)
    spent = []
    for count in (1, 2):
        companies(own.seat, count)
        compute()
        page(client, "proposal_list", own.public_id)
        with django_assert_max_num_queries(46) as queries:
            page(client, "proposal_list", own.public_id)
        spent.append(len(queries))

    assert spent[0] == spent[1]


def test_a_long_list_is_read_by_pages_of_twenty(client):
    own = association_here()
    companies(own.seat, 23)
    compute()
    sign_in_for(client, own)

    first = page(client, "proposal_list", own.public_id)
    second = page(client, "proposal_list", own.public_id, page=2)

    assert [first.count("<article"), second.count("<article")] == [20, 3]
    assert "23</strong> partenaires possibles" in first


def test_filters_narrow_the_list_and_can_be_removed(client, pair):
    association, company = pair
    sign_in_for(client, association)
    own = association.public_id

    found = page(client, "proposal_list", own, type="patronage", nature="company")
    wrong_kind = page(client, "proposal_list", own, nature="foundation")
    wrong_domain = page(client, "proposal_list", own, domaine="health")
    near = page(client, "proposal_list", own, rayon="20")

    assert "Entreprise" in found
    assert f'href="/propositions/{own}/?type=patronage"' in found
    assert "Personne ne répond à tous ces critères" in wrong_kind
    assert "Personne ne répond à tous ces critères" in wrong_domain
    assert "Entreprise propose un don" in near
    kept = f"?territoire={association.seat.reference}&amp;rayon=20"
    assert f"/propositions/{own}/{company.public_id}/{kept}" in near
    assert f"à moins de 20 km de {association.seat.name}" in near


def test_a_territory_keeps_those_who_act_there(client, pair):
    association, company = pair
    elsewhere = TerritoryFactory(name="Loin", latitude_deg=43.0, longitude_deg=5.0)

    here = page(
        client,
        "proposal_list",
        association.public_id,
        territoire=company.seat.reference,
    )
    there = page(
        client, "proposal_list", association.public_id, territoire=elsewhere.reference
    )

    assert "Entreprise" in here
    assert "Personne ne répond à tous ces critères" in there


def test_a_pair_seen_in_a_territory_keeps_its_explanation(client, pair):
    association, company = pair
    sign_in_for(client, association)
    place = company.seat.reference

    text = page(client, "proposal_list", association.public_id, territoire=place)
    url = re.search(r'al-card-title"[^>]*><a href="([^"]+)"', text)[1]
    response = client.get(url.replace("&amp;", "&"))

    assert f"territoire={place}" in url
    assert "Quel type de partenariat" in response.content.decode()


def test_a_fragment_is_the_list_alone(client, pair):
    association, _company = pair
    address = reverse("matching:proposal_list", args=[association.public_id])

    response = client.get(address, headers={"HX-Request": "true"})

    text = response.content.decode()
    assert 'id="propositions"' in text
    assert "<html" not in text
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    "query",
    [
        {"type": "nothing", "nature": "x", "domaine": "x", "rayon": "٣", "page": "x"},
        {"territoire": "\0", "rayon": "-1", "avec": "\0"},
        {"territoire": "COM-99999", "rayon": "9" * 400, "avec": "'" * 50},
        {"page": "-3", "type": "a\ud800b".encode("utf-8", "surrogatepass")},
        {"page": "9" * 5000},
    ],
)
@pytest.mark.parametrize("name", ["proposal_list", "proposal_compare"])
def test_a_hostile_address_is_answered_calmly(client, pair, name, query):
    association, _company = pair

    response = client.get(
        reverse(f"matching:{name}", args=[association.public_id]), query
    )

    assert response.status_code in (200, 400)


def test_an_incomplete_description_is_told_what_it_lacks(client):
    own = association_here()
    Need.objects.all().delete()
    compute()
    sign_in_for(client, own)

    text = page(client, "proposal_list", own.public_id)

    assert "Vos propositions attendent quelques précisions" in text
    assert (
        reverse("alliances:organisation_step", args=[own.public_id, "moyens"]) in text
    )


def test_a_list_that_is_not_computed_yet_says_so(client):
    own = association_here()
    sign_in_for(client, own)

    assert "Vos propositions se préparent" in page(
        client, "proposal_list", own.public_id
    )


def test_a_list_that_is_empty_says_what_to_do(client):
    own = association_here()
    compute()
    sign_in_for(client, own)

    member = page(client, "proposal_list", own.public_id)
    client.logout()
    visitor = page(client, "proposal_list", own.public_id)

    assert "Aucun partenaire ne vous correspond pour l’instant" in member
    assert "Pas encore de partenaire à proposer" in visitor


def test_several_intentions_say_which_one_a_partner_answers(client):
    own = association_here()
    Intention.objects.filter(organisation=own).update(title="Vélos")
    IntentionFactory(
        organisation=own,
        is_default=False,
        title="Jardins",
        domains=[FragilityDomain.HEALTH],
    )
    companies(own.seat, 1)
    companies(own.seat, 2, domains=[FragilityDomain.HEALTH])
    compute()
    sign_in_for(client, own)

    text = page(client, "proposal_list", own.public_id)

    assert "Pour votre projet « Vélos »" in text
    assert "Pour votre projet « Jardins »" in text


# One pair


def test_the_figures_of_a_pair_sum_as_they_are_printed(client, pair):
    association, company = pair
    sign_in_for(client, association)

    text = page(
        client,
        "proposal_detail",
        association.public_id,
        company.public_id,
        type="patronage",
    )

    assert "0,7667 ÷ 0,95 = 0,8070" in text
    assert "√(0,8070 × 0,7333) = 0,7693" in text
    assert "Les poids sont un choix de la plateforme" in text
    assert "accord 77 sur 100" in text


def test_a_pair_says_its_four_types_its_squares_and_what_is_unknown(client, pair):
    association, company = pair
    sign_in_for(client, association)

    text = page(client, "proposal_detail", association.public_id, company.public_id)

    for label in ("Mécénat", "Pratiques responsables", "Coopération économique"):
        assert label in text
    assert text.count("al-type-tab-current") == 1
    assert re.findall(r'href="[^"]+/\?type=([a-z_]+)"', text) == [
        "patronage",
        "responsible_practices",
        "economic_cooperation",
        "societal_innovation",
    ]
    assert "al-squares-compared" in text
    assert "al-bar-unknown" in text
    assert "Sujets communs : Mobilité" in text


def test_a_visitor_never_sees_the_squares_of_a_pair(client, pair):
    association, company = pair

    text = page(client, "proposal_detail", association.public_id, company.public_id)

    assert "al-squares-compared" not in text
    assert "établi" in text.lower()


def test_a_type_that_is_not_proposed_gives_way_to_the_one_that_is(client, pair):
    association, company = pair
    Intention.objects.filter(organisation=company).update(types=["patronage"])
    compute()
    sign_in_for(client, association)

    text = page(
        client,
        "proposal_detail",
        association.public_id,
        company.public_id,
        type="societal_innovation",
    )

    assert "Le type demandé n’est pas proposé" in text
    assert text.count("non proposé pour ces deux-là") == 3


def test_private_parts_of_the_other_side_reach_nobody(client, pair):
    association, company = pair
    Organisation.objects.filter(pk=company.pk).update(
        hidden_parts=["square", "domains", "values"], values=["zqsecret"]
    )
    Exclusion.objects.create(organisation=company, sector="zqsecret", reason="zqsecret")
    compute()
    visitor = page(client, "proposal_detail", association.public_id, company.public_id)
    sign_in_for(client, association)
    member = page(client, "proposal_detail", association.public_id, company.public_id)

    assert "zqsecret" not in visitor + member
    assert "al-squares-compared" not in member
    assert "Sujets communs" not in member


def test_a_refused_pair_answers_as_any_pair_that_is_not_proposed(client):
    own = association_here()
    _first, refusing, far = companies(own.seat, 3)
    Exclusion.objects.create(organisation=refusing, other=own, reason="zqsecret")
    Intention.objects.filter(organisation=far).update(
        state=Intention.State.PAUSED, paused_until="2999-01-01"
    )
    compute()

    def answers():
        texts = [
            page(client, "proposal_detail", own.public_id, other.public_id)
            for other in (refusing, far)
        ]
        return [
            text.replace(other.name, "X").replace(other.public_id, "x")
            for text, other in zip(texts, (refusing, far), strict=True)
        ]

    visitor = answers()
    sign_in_for(client, own)
    member = [re.sub(r"csrf\w+\" value=\"\w+", "", text) for text in answers()]

    assert visitor[0] == visitor[1]
    assert member[0] == member[1]
    assert NEUTRAL in member[0]
    assert "zqsecret" not in member[0]


def test_what_is_not_proposed_says_the_causes_that_may_be_said(client):
    own = association_here()
    foundation = companies(own.seat, 1)[0]
    Organisation.objects.filter(pk=foundation.pk).update(kind=ActorKind.FOUNDATION)
    Intention.objects.filter(organisation=own).update(types=["responsible_practices"])
    compute()
    sign_in_for(client, own)

    text = page(client, "proposal_detail", own.public_id, foundation.public_id)

    assert "Société A n’est pas dans les propositions de Roue libre" in text
    assert "Vous n’êtes pas ouverts au mécénat et à l’innovation sociétale." in text
    assert reverse("alliances:organisation_step", args=[own.public_id, "lieux"]) in text


@pytest.mark.parametrize("which", ["same", "unknown", "archived"])
def test_a_pair_without_two_living_organisations_is_not_found(client, pair, which):
    association, company = pair
    if which == "archived":
        Organisation.objects.filter(pk=company.pk).update(
            archived_at="2026-01-01T00:00:00Z"
        )
    other = {"same": association.public_id, "unknown": "zzzzzzzzzzzz"}.get(
        which, company.public_id
    )

    page(client, "proposal_detail", association.public_id, other, status=404)


# Finding one


def test_an_organisation_is_found_by_words_of_its_name(client, pair):
    association, company = pair

    text = page(client, "partner_search", association.public_id, q="ENTREPRISE")
    nothing = page(client, "partner_search", association.public_id, q="introuvable")

    assert (
        reverse(
            "matching:proposal_detail", args=[association.public_id, company.public_id]
        )
        in text
    )
    assert "Aucune organisation ne porte ce nom" in nothing


def test_my_proposals_leads_to_the_only_organisation_of_a_person(client, pair):
    association, company = pair
    member = MembershipFactory(organisation=association).user
    client.force_login(member)
    address = reverse("matching:my_proposals")

    once = client.get(address)
    MembershipFactory(organisation=company, user=member)
    twice = client.get(address)

    assert once.url == reverse("matching:proposal_list", args=[association.public_id])
    assert b"Pour laquelle de vos organisations" in twice.content


def test_my_proposals_explains_itself_to_everybody_else(client, pair):
    visitor = page(client, "my_proposals", q="associat")
    client.force_login(UserFactory())
    newcomer = page(client, "my_proposals")

    assert reverse("matching:proposal_list", args=[pair[0].public_id]) in visitor
    assert "Décrivez d’abord votre organisation" in newcomer


def test_the_page_of_an_organisation_receives_three_partners(client):
    own = association_here()
    companies(own.seat, 5)
    compute()

    text = page(client, "proposal_preview", own.public_id)

    assert text.count("al-reason") == 3
    assert "Voir les 5 partenaires possibles" in text


# Side by side


def test_three_partners_are_compared_criterion_by_criterion(client):
    own = association_here()
    others = companies(own.seat, 3)
    compute()
    sign_in_for(client, own)
    kept = [one.public_id for one in others]

    text = page(client, "proposal_compare", own.public_id, avec=kept)

    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td>', text)
    assert rows[:4] == [
        "Pourquoi",
        "Type proposé",
        "Pourrait vous apporter",
        "Vous pourriez lui apporter",
    ]
    assert text.count("<td>") == 3 * 14
    assert "al-squares-compared" in text


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_partners_are_not_a_comparison(client, count):
    own = association_here()
    kept = [one.public_id for one in companies(own.seat, 2)][:count]
    compute()

    text = page(client, "proposal_compare", own.public_id, avec=kept)

    assert "Choisissez au moins deux propositions" in text


def test_more_than_four_are_cut_and_said(client):
    own = association_here()
    kept = [one.public_id for one in companies(own.seat, 6)]
    compute()

    text = page(client, "proposal_compare", own.public_id, avec=kept)

    assert "Quatre à la fois au plus" in text
    assert text.count('<th scope="col"><a') == 4


def test_the_exported_comparison_opens_in_a_spreadsheet_without_formula(client):
    own = association_here()
    others = companies(own.seat, 2)
    Organisation.objects.filter(pk=others[0].pk).update(name="=1+1")
    compute()
    sign_in_for(client, own)

    response = client.get(
        reverse("matching:comparison_export", args=[own.public_id]),
        {"avec": [one.public_id for one in others]},
    )

    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert rows[0] == ["Critère", "'=1+1", "Société B"]
    assert rows[1][1].startswith("'=1+1 propose un don que vous cherchez")
    assert rows[-1][0].startswith("Comparaison établie le")


def test_the_queries_of_a_comparison_do_not_depend_on_its_width(
    client, django_assert_max_num_queries
):
    own = association_here()
    kept = [one.public_id for one in companies(own.seat, 4)]
    compute()
    sign_in_for(client, own)
    page(client, "proposal_compare", own.public_id, avec=kept)
    spent = []
    for width in (2, 4):
        with django_assert_max_num_queries(46) as queries:
            page(client, "proposal_compare", own.public_id, avec=kept[:width])
        spent.append(len(queries))

    assert spent[0] == spent[1]


# Asking again


def test_a_member_asks_for_a_computation_once_at_a_time(client, pair):
    association, _company = pair
    sign_in_for(client, association)
    address = reverse("matching:proposal_refresh", args=[association.public_id])

    first = client.post(address, follow=True)
    second = client.post(address, follow=True)

    assert "vont être recalculées" in first.content.decode()
    assert "Un calcul est déjà en cours" in second.content.decode()
    assert ChangedIntention.objects.count() == 1


def test_the_progress_asks_again_until_it_is_over(client, pair):
    association, _company = pair
    sign_in_for(client, association)
    address = reverse("matching:proposal_progress", args=[association.public_id])
    client.post(reverse("matching:proposal_refresh", args=[association.public_id]))

    running = client.get(address, headers={"HX-Request": "true"}).content.decode()
    ChangedIntention.objects.all().delete()
    done = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{address}"' in running
    assert "hx-get" not in done
    assert "Voir mes propositions" in done


@pytest.mark.parametrize("name", ["proposal_refresh", "proposal_progress"])
def test_others_cannot_follow_nor_ask(client, pair, name):
    association, _company = pair
    client.force_login(UserFactory())
    address = reverse(f"matching:{name}", args=[association.public_id])

    response = (
        client.post(address) if name == "proposal_refresh" else client.get(address)
    )

    assert response.status_code == 404
    assert not ChangedIntention.objects.exists()


def test_the_map_of_a_pair_keeps_hidden_places_hidden(client, pair):
    association, company = pair
    address = reverse(
        "matching:pair_places", args=[association.public_id, company.public_id]
    )

    both = client.get(address).json()
    Organisation.objects.filter(pk=company.pk).update(hidden_parts=["places"])
    one = client.get(address).json()

    names = [feature["properties"]["name"] for feature in both["features"]]
    assert [name.split(" – ")[0] for name in names] == ["Association", "Entreprise"]
    assert one["features"] == both["features"][:1]


def test_a_visitor_is_told_the_causes_by_the_names_of_both(client):
    own = association_here()
    foundation = companies(own.seat, 1)[0]
    Organisation.objects.filter(pk=foundation.pk).update(kind=ActorKind.FOUNDATION)
    Intention.objects.filter(organisation=own).update(types=["responsible_practices"])
    compute()

    text = page(client, "proposal_detail", own.public_id, foundation.public_id)
    Organisation.objects.filter(pk=own.pk).update(hidden_parts=["types"])
    hidden = page(client, "proposal_detail", own.public_id, foundation.public_id)

    assert (
        "Roue libre n’est pas ouverte au mécénat et à l’innovation sociétale." in text
    )
    assert "n’est pas ouverte" not in hidden
    assert NEUTRAL in hidden


def test_a_type_named_by_rule_says_that_another_scores_higher(client, pair):
    association, company = pair
    Organisation.objects.filter(pk=association.pk).update(maturity=0)
    Intention.objects.filter(organisation=association).update(
        types=["patronage", "societal_innovation"],
        square_hr=0,
        square_stk=0,
        square_eco=0,
        square_inn=100,
    )
    sign_in_for(client, association)
    compute()

    own, other = association.public_id, company.public_id
    named = page(client, "proposal_detail", own, other)
    best = page(client, "proposal_detail", own, other, type="societal_innovation")

    sentence = "n’est pas celui dont l’accord est le plus haut"
    assert (sentence in named, sentence in best) == (True, False)
