import pytest
from django.contrib.auth.models import AnonymousUser

from alliances.enums import ActorKind, Means, Part
from alliances.models import Exclusion, Intention, Organisation
from matching.models import Proposal
from matching.selectors.proposals import (
    pair_view,
    proposals_for,
    public_proposals,
    why_not,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.matching import compute, population, worked_pair
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def member_of(organisation):
    return MembershipFactory(organisation=organisation).user


def test_members_read_reasons_then_figures():
    association, company = worked_pair()
    compute()
    organisation = association.organisation

    found = proposals_for(organisation, viewer=member_of(organisation))

    (card,) = found.cards
    assert (found.is_public, card.organisation) == (False, company.organisation)
    assert card.story.headline == (
        "Entreprise propose un don que vous cherchez, et cherche des réseaux que vous "
        "proposez ; vous agissez sur un même territoire ; vous agissez tous deux sur la "
        "mobilité."
    )
    assert [(bar.component, bar.value) for bar in card.story.own.bars] == [
        ("objectives", pytest.approx(0.866667, abs=1e-6)),
        ("needs", 0.5),
        ("domains", pytest.approx(1)),
        ("territory", 1.0),
        ("proximity", None),
    ]
    assert card.score == pytest.approx(0.7693, abs=5e-5)
    assert Part.SQUARE in card.parts


def test_everybody_else_reads_the_version_made_of_public_parts():
    association, _company = worked_pair()
    compute()
    organisation = association.organisation

    lists = [
        proposals_for(organisation, viewer=viewer)
        for viewer in (AnonymousUser(), UserFactory())
    ]

    for found in lists:
        (card,) = found.cards
        assert found.is_public
        assert Part.SQUARE not in card.parts
        by_name = {bar.component: bar.value for bar in card.story.own.bars}
        assert (by_name["objectives"], by_name["needs"]) == (None, 0.5)
        assert "vous" not in card.story.headline


def test_an_intention_that_closes_disappears_at_once():
    association, company = worked_pair()
    compute()
    viewer = member_of(association.organisation)
    Intention.objects.filter(pk=company.pk).update(state=Intention.State.CLOSED)

    assert len(proposals_for(association.organisation, viewer=viewer)) == 0
    assert len(public_proposals(association.organisation)) == 0
    assert (
        pair_view(association.organisation, company.organisation, viewer=viewer) is None
    )


@pytest.mark.parametrize("side", [0, 1])
def test_an_exclusion_acts_at_once_and_for_both_sides(side):
    intentions = worked_pair()
    compute()
    one, other = intentions[side].organisation, intentions[1 - side].organisation
    Exclusion.objects.create(organisation=one, kind=other.kind)

    for organisation in (one, other):
        viewer = member_of(organisation)
        assert len(proposals_for(organisation, viewer=viewer)) == 0
        assert len(public_proposals(organisation)) == 0


def test_what_is_excluded_and_what_ranks_too_low_are_told_the_same():
    association, company = worked_pair()
    own, other = association.organisation, company.organisation
    viewer = member_of(own)
    before = why_not(own, other, viewer=viewer)
    Exclusion.objects.create(organisation=other, other=own)

    assert why_not(own, other, viewer=viewer) == before
    assert before[0].startswith(
        "Cette organisation ne fait pas partie de vos propositions"
    )


def test_why_not_tells_what_comes_from_ones_own_side():
    association, company = worked_pair()
    own, other = association.organisation, company.organisation
    Intention.objects.filter(pk=association.pk).update(types=["patronage"])

    told = why_not(own, other, viewer=member_of(own))

    assert told == [
        "Vous n’êtes pas ouverts aux pratiques responsables, à la coopération "
        "économique et à l’innovation sociétale."
    ]


def test_a_territory_keeps_the_partners_that_act_there():
    association, company = worked_pair()
    far = TerritoryFactory(latitude_deg=47.1)
    elsewhere = IntentionFactory(
        organisation=OrganisationFactory(kind=ActorKind.COMPANY, seat=far),
        offers=[Means.DONATION],
    )
    compute()
    viewer = member_of(association.organisation)

    found = proposals_for(association.organisation, viewer=viewer, territory=far)

    assert [card.intention for card in found.cards] == [elsewhere]
    assert company.pk != elsewhere.pk


@pytest.mark.parametrize("kind", ["stored", "public"])
def test_a_longer_list_costs_no_more_queries(django_assert_max_num_queries, kind):
    intentions = population(25)
    compute()
    organisation = intentions[0].organisation
    viewer = member_of(organisation) if kind == "stored" else AnonymousUser()
    proposals_for(organisation, viewer=viewer)

    with django_assert_max_num_queries(26):
        found = proposals_for(organisation, viewer=viewer)
        for card in found.cards:
            assert card.offers + card.needs

    assert len(found) > 3


def test_the_same_pair_has_the_same_score_from_both_sides():
    population(25)
    compute()

    for proposal in Proposal.objects.select_related("low", "high")[:5]:
        one, other = proposal.low.organisation, proposal.high.organisation
        seen = [
            pair_view(a, b, viewer=member_of(a))
            for a, b in ((one, other), (other, one))
        ]
        assert seen[0].figures.scores == seen[1].figures.scores
        assert seen[0].story.own.score == pytest.approx(seen[1].story.other.score)


def test_a_refusal_only_takes_the_pair_away():
    """The refused side reads the same list less one line, before and after a run."""
    intentions = population(30)
    compute()
    own = intentions[1].organisation
    viewer = member_of(own)
    before = told(proposals_for(own, viewer=viewer))
    refusing = proposals_for(own, viewer=viewer).cards[2].organisation
    Exclusion.objects.create(organisation=refusing, other=own)

    at_once = told(proposals_for(own, viewer=viewer))
    compute()
    later = told(proposals_for(own, viewer=viewer))

    rest = [line for line in before if line[0] != refusing.pk]
    assert at_once[: len(rest)] == later[: len(rest)] == rest
    assert refusing.pk not in {line[0] for line in at_once + later}


def told(found):
    return [
        (card.organisation.pk, card.score, card.type, card.story.headline)
        for card in found.cards
    ]


def test_a_strangers_list_does_not_depend_on_what_is_hidden_from_them():
    intentions = population(20)
    compute()
    own = intentions[1].organisation
    before = told(public_proposals(own))
    for other in intentions:
        Intention.objects.filter(pk=other.pk).update(
            square_hr=0, square_stk=0, square_eco=0, square_inn=100, phase="r_and_d"
        )
    Organisation.objects.update(size="large", staff=9, values=["secret"], maturity=0)
    compute()

    assert told(public_proposals(own)) == before
