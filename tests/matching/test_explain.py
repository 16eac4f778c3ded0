import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Block, Exclusion, Intention, Need
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce
from tests.factories.matching import compute, keep_short_lists, population, worked_pair

pytestmark = pytest.mark.django_db


def explained(*arguments):
    out = io.StringIO()
    call_command("explain", *arguments, stdout=out)
    return json.loads(out.getvalue())


def rules(facts):
    return [(o["rule"], o["side"]) for o in facts["obstacles"]]


def test_a_proposed_pair_is_explained_from_both_sides():
    worked_pair()
    compute()

    facts = explained("asso", "ent", "--type", "patronage")

    assert (facts["proposed"], facts["obstacles"], facts["type"]) == (
        True,
        [],
        "patronage",
    )
    assert facts["score"] == pytest.approx(0.7693, abs=5e-5)
    assert facts["confidence"] == pytest.approx(0.95)
    for side, score in (("a", 0.8070), ("b", 0.7333)):
        found = facts["sides"][side]
        known = [c for c in found["components"] if c["known"]]
        assert found["score"] == pytest.approx(score, abs=5e-5)
        assert sum(c["effect"] for c in known) == pytest.approx(
            found["score"], abs=1e-12
        )
        assert sum(c["weight"] for c in known) == pytest.approx(0.95)
    assert facts["stored"]["a_ranks"]["patronage"] == 1
    assert facts["sentences"][0] == (
        "Entreprise propose un don qu’Association cherche, et cherche en retour "
        "des réseaux ; un même territoire les réunit ; tous deux agissent sur "
        "la mobilité."
    )


def test_the_order_of_the_keys_only_changes_the_sides():
    worked_pair()
    compute()

    one, other = explained("asso", "ent"), explained("ent", "asso")

    assert one["sides"]["a"]["score"] == other["sides"]["b"]["score"]
    assert one["types"] == other["types"]


def close(association, company):
    Intention.objects.filter(pk=company.pk).update(state="closed")
    return ("F01", "b")


def pause(association, company):
    Intention.objects.filter(pk=association.pk).update(
        state="paused", paused_until=dt.date(9999, 1, 1)
    )
    return ("F01", "a")


def forget_needs(association, company):
    Need.objects.filter(intention=company).delete()
    return ("F01", "b")


def archive(association, company):
    organisation = company.organisation
    organisation.archived_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    organisation.save()
    return ("F01", "b")


def refuse_the_kind(association, company):
    Exclusion.objects.create(organisation=association.organisation, kind="company")
    return ("R04_kind", "a")


def refuse_the_sector(association, company):
    company.organisation.sectors = ["05"]
    company.organisation.save()
    Exclusion.objects.create(organisation=association.organisation, sector="B")
    return ("R04_sector", "a")


def refuse_the_organisation(association, company):
    Exclusion.objects.create(
        organisation=company.organisation, other=association.organisation
    )
    return ("R04_organisation", "b")


def block_the_organisation(association, company):
    Block.objects.create(
        organisation=company.organisation, other=association.organisation
    )
    return ("block", "b")


def open_to_nothing(association, company):
    Intention.objects.filter(pk=association.pk).update(types=[])
    return ("openness", "a")


def share_nothing(association, company):
    association.domains.update(domain=FragilityDomain.HEALTH)
    Need.objects.all().delete()
    Need.objects.create(intention=association, means=Means.LOAN)
    Need.objects.create(intention=company, means=Means.LOGISTICS)
    return ("nothing_in_common", "both")


@pytest.mark.parametrize(
    "obstacle",
    [
        close,
        pause,
        forget_needs,
        archive,
        refuse_the_kind,
        refuse_the_sector,
        refuse_the_organisation,
        block_the_organisation,
        open_to_nothing,
        share_nothing,
    ],
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_every_obstacle_is_named_with_what_lifts_it(obstacle, moment):
    pair = worked_pair()
    if moment == "after":
        compute()
    expected = obstacle(*pair)
    if moment == "before":
        compute()

    facts = explained("asso", "ent")

    assert facts["proposed"] is False
    assert expected in rules(facts)
    assert all(o["sentence"] and o["lifted_by"] for o in facts["obstacles"])


@pytest.mark.parametrize(
    ("closed_days_ago", "rule"), [(None, "in_touch"), (3, "introduced_lately")]
)
def test_a_pair_in_touch_is_proposed_still_but_not_in_the_lists_of_its_members(
    closed_days_ago, rule
):
    association, company = worked_pair()
    compute()
    introduce(
        association.organisation,
        company.organisation,
        days_ago=9,
        closed_days_ago=closed_days_ago,
    )

    facts = explained("asso", "ent")

    assert facts["proposed"] is True
    assert rules(facts) == [(rule, "both")]


def test_what_an_organisation_answered_is_not_told_to_the_operator():
    association, company = worked_pair()
    compute()
    before = explained("asso", "ent")
    InterestFactory(
        organisation=association.organisation, other=company.organisation, answer="no"
    )

    assert explained("asso", "ent") == before


def test_a_type_that_is_not_possible_is_named_though_the_pair_is_proposed():
    association, _company = worked_pair()
    association.organisation.general_interest = False
    association.organisation.save()
    compute()

    facts = explained("asso", "ent")

    assert facts["proposed"] is True
    assert rules(facts) == [("R01", "a")]
    assert facts["types"]["patronage"] is None


def test_kinds_that_are_not_matched_are_said():
    for key in ("one", "two"):
        IntentionFactory(
            organisation=OrganisationFactory(key=key, kind=ActorKind.COMPANY)
        )
    compute()

    facts = explained("one", "two")

    assert (facts["proposed"], rules(facts)) == (False, [("kinds", "both")])


def test_a_pair_not_computed_yet_is_said_so():
    worked_pair()

    assert rules(explained("asso", "ent")) == [("not_computed", "both")]


def test_a_pair_beyond_both_lists_is_said_with_their_last_scores():
    keep_short_lists(2)
    population(40)
    compute()

    found = [explained("org-0", f"org-{n}") for n in range(1, 12)]

    beyond = [f for f in found if ("rank", "both") in rules(f)]
    assert beyond
    for facts in beyond:
        lists = facts["obstacles"][-1]["lists"]
        assert (lists["a"]["rank"], lists["b"]["rank"]) == (None, None)
        for code, score in facts["types"].items():
            last = lists["a"]["last_scores"].get(code)
            assert score is None or (last is not None and score <= last + 1e-9)


def test_an_organisation_is_not_proposed_to_itself():
    worked_pair()

    facts = explained("asso", "asso")

    assert (facts["proposed"], rules(facts)) == (False, [("same_organisation", "both")])


def test_keys_that_are_unknown_or_shared_are_refused():
    OrganisationFactory(key="x", source="un")
    OrganisationFactory(key="x", source="deux")

    for key, message in (("zz", "Aucune"), ("x", "Plusieurs"), ("a\0", "Aucune")):
        with pytest.raises(CommandError, match=message) as refused:
            explained("un:x", key)
        assert refused.value.returncode == 1
    assert explained("un:x", "deux:x")["proposed"] is False
