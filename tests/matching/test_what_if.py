"""Other weights, tried on a list: re-ranked at once, seen by nobody else, kept nowhere."""

import re

import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Exclusion, Organisation
from matching import kernel
from matching.forms import WEIGHT_NAMES
from matching.models import Configuration, Proposal
from matching.services.configuration import activate_configuration
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

NAMES = tuple(WEIGHT_NAMES.values())
BANNER = "Vous essayez d’autres poids"


def tried(*weights):
    return {name: str(value) for name, value in zip(NAMES, weights, strict=True)}


@pytest.fixture
def own():
    return two_companies()


def two_companies():
    """An association, near to Voisine for the place, to Utile for what it brings."""
    commune = TerritoryFactory(name="Clisson", latitude_deg=47.09, longitude_deg=-1.28)
    far = TerritoryFactory(name="Angers", latitude_deg=47.47, longitude_deg=-0.55)
    organisation = OrganisationFactory(
        name="Roue libre", seat=commune, general_interest=True
    )
    IntentionFactory(
        organisation=organisation,
        needs=[Means.DONATION, Means.PREMISES],
        offers=[Means.NETWORKS],
    )
    for name, seat, needs, offers in (
        ("Voisine", commune, [Means.NETWORKS], [Means.LOAN]),
        ("Utile", far, [Means.NETWORKS], [Means.DONATION, Means.PREMISES]),
    ):
        IntentionFactory(
            organisation=OrganisationFactory(
                name=name, kind=ActorKind.COMPANY, seat=seat
            ),
            needs=needs,
            offers=offers,
            domains={FragilityDomain.MOBILITY: 10},
        )
    compute()
    return organisation


def sign_in_for(client, organisation):
    client.force_login(MembershipFactory(organisation=organisation).user)


def page(client, own, headers=None, **query):
    address = reverse("matching:proposal_list", args=[own.public_id])
    response = client.get(address, query, headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\u202f", " ")


def names_of(text):
    return re.findall(r'al-card-title"[^>]*><a[^>]*>([^<]+)<', text)


def shown_moves(text):
    found = re.findall(r'<p class="al-move[^>]*>(.*?)</p>', text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in found]


@pytest.mark.parametrize("is_member", [True, False])
def test_a_list_is_ranked_again_and_says_how_each_one_moved(client, own, is_member):
    if is_member:
        sign_in_for(client, own)
    plain = page(client, own)

    place_alone = page(client, own, **tried(0, 0, 0, 100, 0))
    means_alone = page(client, own, **tried(0, 100, 0, 0, 0))

    first, second = names_of(plain)
    moved = place_alone if names_of(place_alone) != [first, second] else means_alone
    assert names_of(place_alone) == ["Voisine", "Utile"]
    assert names_of(means_alone) == ["Utile", "Voisine"]
    rows = shown_moves(moved)
    assert "2ᵉ → 1ʳᵉ" in rows[0]
    assert "1ʳᵉ → 2ᵉ" in rows[1]
    assert BANNER in moved
    assert BANNER not in plain


def test_each_line_says_its_score_under_both_weights(client, own):
    sign_in_for(client, own)
    stored = Proposal.objects.get(
        low__organisation=own, high__organisation__name="Voisine"
    )

    rows = shown_moves(page(client, own, type="patronage", **tried(0, 0, 0, 100, 0)))

    before = round(100 * stored.scores[0])
    assert f"accord 100 sur 100, {before} avec les poids de la plateforme" in rows[0]


def test_the_weights_of_the_platform_are_no_trial(client, own):
    sign_in_for(client, own)

    text = page(client, own, **tried(25, 30, 25, 15, 5))

    assert BANNER not in text
    assert shown_moves(text) == []


def test_a_trial_writes_nothing(client, own):
    sign_in_for(client, own)
    before = list(Proposal.objects.order_by("pk").values())

    page(client, own, **tried(0, 0, 0, 100, 0))

    assert list(Proposal.objects.order_by("pk").values()) == before
    assert Configuration.objects.count() <= 1
    assert shown_moves(page(client, own)) == []


@pytest.mark.parametrize(
    "value",
    ["101", "-1", "٣", "1e2", "5.5", "'\"><script>", "9" * 5000, "", "2_0", " "],
)
def test_a_hostile_weight_is_said_at_its_field_and_the_platforms_stays(
    client, own, value
):
    query = tried(0, 0, 0, 100, 0) | {NAMES[1]: value}

    text = page(client, own, **query)

    note = re.search(rf'id="note-{NAMES[1]}".*?</div>', text, re.S)[0]
    assert "Donnez un nombre entier de 0 à 100" in note
    assert "soit 23 % du total" in note  # 30 of 130: the platform’s
    assert BANNER in text
    assert "<script>" not in note


def test_weights_that_are_all_zero_leave_those_of_the_platform(client, own):
    text = page(client, own, **tried(0, 0, 0, 0, 0))

    assert "Il faut qu’au moins un critère compte" in text
    assert BANNER not in text
    assert shown_moves(text) == []


def test_the_filters_and_the_pair_keep_the_trial_and_the_way_back_leaves_it(
    client, own
):
    sign_in_for(client, own)

    text = page(client, own, type="patronage", **tried(0, 0, 0, 100, 0))

    assert 'form="essai" name="type" value="patronage"' in text
    assert f'<input type="hidden" name="{NAMES[3]}" value="100">' in text
    back = re.search(r'al-trial-banner.*?<a href="([^"]+)"', text, re.S)[1]
    assert back == f"/propositions/{own.public_id}/?type=patronage"
    pair_url = re.search(r'al-card-title"[^>]*><a href="([^"]+)"', text)[1]
    assert f"{NAMES[3]}=100" in pair_url
    pair = client.get(pair_url.replace("&amp;", "&")).content.decode()
    assert BANNER in pair
    assert "Poids d’essai, et non ceux de la plateforme." in pair
    assert "1,0000 ÷ 1,00 = 1,0000" in pair.replace("\u202f", " ")


def test_a_fragment_holds_the_results_the_choices_and_the_notes(client, own):
    text = page(client, own, headers={"HX-Request": "true"}, **tried(0, 0, 0, 100, 0))
    text = " ".join(text.split())

    assert "<html" not in text
    assert 'id="propositions"' in text
    assert 'id="choix" class="al-proposals-choices" hx-swap-oob="true"' in text
    assert f'id="note-{NAMES[0]}" hx-swap-oob="innerHTML"' in text
    assert 'id="essai"' not in text


def test_whom_a_rule_keeps_out_is_no_more_in_a_trial_than_elsewhere(client, own):
    """Its place is not even left empty."""
    other = Organisation.objects.get(name="Voisine")
    query = tried(0, 0, 0, 100, 0)
    page(client, own, **query)  # what is kept was read before
    Exclusion.objects.create(organisation=other, other=own)

    text = page(client, own, **query)

    assert names_of(text) == ["Utile"]
    assert "1ʳᵉ, comme avec les poids de la plateforme" in shown_moves(text)[0]


def test_a_trial_costs_as_many_queries_however_many_partners(
    client, own, django_assert_max_num_queries
):
    sign_in_for(client, own)
    query = tried(0, 0, 0, 100, 0)
    spent = []
    for name in ("Encore une", "Et une autre"):
        IntentionFactory(
            organisation=OrganisationFactory(
                name=name, kind=ActorKind.COMPANY, seat=own.seat
            ),
            needs=[Means.NETWORKS],
            offers=[Means.DONATION],
        )
        compute()
        page(client, own, **query)
        with django_assert_max_num_queries(50) as queries:
            page(client, own, **query)
        spent.append(len(queries))

    assert spent[0] == spent[1]


def test_weights_that_do_not_sum_to_one_are_shown_as_shares(client, own):
    content = kernel.default_configuration().to_mapping()
    content["version"] = "parts"
    for name, value in zip(kernel.COMPONENTS, (5, 6, 5, 3, 1), strict=True):
        content["settings"][f"weight.{name}"]["value"] = value
    activate_configuration(content, reason="Les mêmes parts, sur vingt.")
    compute()

    text = page(client, own, **tried(25, 30, 25, 15, 5))

    assert BANNER not in text
    assert [
        f'name="{name}" value="{value}"' in text
        for name, value in tried(25, 30, 25, 15, 5).items()
    ] == [True] * 5
