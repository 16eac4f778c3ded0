"""What is private to one organisation changes nothing of what others receive.

One thing of A varies; every address is read by everybody else, before and after: the
answers are the same to the byte. The addresses come from the URLconf.
"""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.policy import Access
from alliances.description.parts import Domains, Line, Terms
from alliances.description.parts import Means as MeansPart
from alliances.enums import ActorKind, FragilityDomain, Means, Part, PartnershipType
from alliances.models import (
    Block,
    Exclusion,
    Intention,
    IntentionDomain,
    Introduction,
    Membership,
    Need,
    Offer,
    Organisation,
)
from alliances.services import projects
from alliances.services.conversations import block
from alliances.signals import intentions_changed
from matching.selectors import snapshots
from territories.models import Territory
from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build
from tests.factories.accounts import UserFactory
from tests.factories.introductions import introduce
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

# A partner reads in its proposals what the others do not (model.md): the square,
# the maturity, the size and the values.
OUTSIDERS = (
    "visitor",
    "account_without_organisation",
    "ex_member_of_a",
    "observer_here",
)
OF_THE_GATE = ("visitor", "contributor_c")
EVERYBODY_ELSE = ("visitor", "contributor_b", "contributor_c", "catalyst_here")
FRAGMENTS = ({}, {"HTTP_HX_REQUEST": "true"})
# What differs from one answer to the next without telling anything.
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="key" value="[^"]*"'
    rb"|oldest_job_s\W+[0-9]+|[0-9]{1,2}\xc2\xa0h\xc2\xa0[0-9]{2}"  # when the last run ended
)
TABLES = re.compile(r"/propositions/(tables/|\w+/\w+/table/)")
RESERVED = (Access.STAFF, Access.ELEVATED)
# Health of the process; keys and challenges, drawn anew each time they are shown.
ALWAYS_OTHER = ("readyz", "mfa_", "account_reauthenticate")
QUERIES = (
    "",
    "?q=ZQAvaleur&taille=micro",
    "?territoire=COM-44999&domaine=health&besoin=premises&offre=data_tools",
    "?type=patronage&rayon=20&poids_territoire=100",
)


def private_world():
    """A, B and C act together; A keeps to itself what each variation changes."""
    world = build()
    TerritoryFactory(name="ZQAlieu", latitude_deg=44.0)
    for letter in "ABC":
        organisation = world.organisations[letter]
        organisation.kind = {"A": "company"}.get(letter, "association")
        organisation.general_interest = letter != "A"
        organisation.save()
    compute()
    return world


def read(world, readers, *, chosen=None):
    """Every answer to ``readers``, by reader and address; only safe requests.

    ``chosen`` keeps some of the addresses, by reader.
    """
    cache.clear()
    snapshots._kept.clear()
    answers = {}
    for reader in readers:
        client = world.client(reader)
        for path in chosen[reader] if chosen else paths(world, reader):
            for extra in FRAGMENTS[: 1 if "?" in path else 2]:
                response = client.get(path, **extra)
                body = b"".join(response) if response.streaming else response.content
                shown = CHANGING.sub(b"", body)
                answers[reader, path, bool(extra)] = (response.status_code, shown)
    return answers


def a_third(world, readers):
    """For the gate: a third of the addresses of each reader, never the same one."""
    return {
        reader: paths(world, reader)[number % 3 :: 3]
        for number, reader in enumerate(readers)
    }


def paths(world, reader, *, relations=("A", "C")):
    """Every address with A or C in it, those that search also with questions."""
    found = set()
    for address in addresses():
        if address.row.access in RESERVED or address.name.startswith(ALWAYS_OTHER):
            continue
        for relation in relations:
            path = path_of(Attempt(reader, address, relation, "GET", 0), world)
            asks = not address.parameters or address.name.endswith("proposal_list")
            found |= {path, *(path + query for query in QUERIES if asks)}
    a, b, c = (world.organisations[letter].public_id for letter in "ABC")
    for left, right in ((a, b), (b, a), (b, c), (c, a)):
        found |= {f"/propositions/{left}/{right}/{page}" for page in ("", "table/")}
    return sorted(found)


def changed(before, after):
    return sorted(
        f"{reader} {path}{' (fragment)' if is_fragment else ''}"
        for reader, path, is_fragment in before
        if before[reader, path, is_fragment] != after[reader, path, is_fragment]
    )


def announced(organisation):
    """What every edit does: A is touched, its proposals are computed again."""
    Organisation.objects.filter(pk=organisation.pk).update(
        updated_at=timezone.now() + timedelta(days=40)
    )
    ids = list(organisation.intentions.values_list("pk", flat=True))
    intentions_changed.send(sender=Organisation, intention_ids=ids)
    compute()


def set_on(organisation, **values):
    Organisation.objects.filter(pk=organisation.pk).update(**values)


def intention_of(organisation):
    return Intention.objects.filter(organisation=organisation, is_default=True)


def the_square(a, world):
    intention_of(a).update(square_hr=70, square_stk=10, square_eco=10, square_inn=10)


def the_values(a, world):
    set_on(a, values=["ZQAautre"])


def the_maturity(a, world):
    set_on(a, maturity=3)


def the_staff(a, world):
    set_on(a, staff=7)


def the_budget(a, world):
    set_on(a, solicitation_budget=1)


def the_answer_to_refusals(a, world):
    set_on(a, exclusions_answered_at=timezone.now())


def the_reason_of_a_refusal(a, world):
    Exclusion.objects.filter(organisation=a).update(reason="ZQAexclusion autre")


def a_refusal_of_nobody_here(a, world):
    Exclusion.objects.create(organisation=a, kind=ActorKind.ACADEMIC)


def the_members(a, world):
    Membership.objects.create(
        user=UserFactory(name="ZQApersonne nouvelle"), organisation=a, role="referent"
    )


def a_draft(a, world):
    """A project that its members describe, and one that they give up."""
    made = projects.create_project(a.pk, "ZQAbrouillon")
    projects.save_domains(made.pk, Domains(((FragilityDomain.HEALTH, 10),)))
    projects.save_means(
        made.pk, MeansPart((Line(Means.PREMISES),), (Line(Means.DATA_TOOLS),))
    )
    projects.save_terms(made.pk, Terms((PartnershipType.PATRONAGE,)))
    projects.delete_draft(projects.create_project(a.pk, "ZQArenonce").pk)


# How many introductions A accepts is told to who is about to answer about it.
FOR_PARTNERS = (the_square, the_values, the_maturity, the_staff, the_budget)
FOR_NOBODY = (
    the_answer_to_refusals,
    the_reason_of_a_refusal,
    a_refusal_of_nobody_here,
    the_members,
    a_draft,
)


def differing(variations, readers, *, where=lambda *_: None):
    """What ``readers`` see change when A does these things."""
    world = private_world()
    a = world.organisations["A"]
    announced(a)
    chosen = where(world, readers)
    before = read(world, readers, chosen=chosen)
    for vary in variations:
        vary(a, world)
    announced(a)
    return changed(before, read(world, readers, chosen=chosen))


def test_nobody_outside_sees_what_only_partners_read_change():
    assert differing(FOR_PARTNERS, ("visitor",), where=a_third) == []


def test_nobody_else_sees_a_private_thing_change():
    assert differing(FOR_NOBODY, OF_THE_GATE, where=a_third) == []


@pytest.mark.slow
@pytest.mark.parametrize("vary", FOR_PARTNERS, ids=lambda vary: vary.__name__)
def test_no_outsider_sees_it_change(vary):
    assert differing([vary], OUTSIDERS) == []


@pytest.mark.slow
@pytest.mark.parametrize("vary", FOR_NOBODY, ids=lambda vary: vary.__name__)
def test_nobody_else_at_all_sees_it_change(vary):
    assert differing([vary], EVERYBODY_ELSE) == []


def hidden_places(a):
    set_on(a, seat=Territory.objects.get(name="ZQAlieu"))


def hidden_domains(a):
    lines = IntentionDomain.objects.filter(intention__organisation=a)
    lines.update(domain=FragilityDomain.HEALTH)


def hidden_means(a):
    for model, means in ((Need, Means.PREMISES), (Offer, Means.DATA_TOOLS)):
        lines = model.objects.filter(intention__organisation=a)
        lines.update(means=means, note="ZQAmoyen")


def hidden_size(a):
    set_on(a, size="micro", staff=3)


HIDDEN = (
    (Part.PLACES, hidden_places),
    (Part.DOMAINS, hidden_domains),
    (Part.MEANS, hidden_means),
    (Part.SIZE, hidden_size),
)


def differing_when_hidden(parts, readers, *, where=lambda *_: None):
    world = private_world()
    a = world.organisations["A"]
    set_on(a, hidden_parts=[part for part, _ in parts])
    announced(a)
    chosen = where(world, readers)
    before = read(world, readers, chosen=chosen)
    for _, vary in parts:
        vary(a)
    announced(a)
    return changed(before, read(world, readers, chosen=chosen))


def test_nobody_sees_hidden_parts_change():
    assert differing_when_hidden(HIDDEN, OF_THE_GATE, where=a_third) == []


@pytest.mark.slow
@pytest.mark.parametrize("hidden", HIDDEN, ids=[part for part, _ in HIDDEN])
def test_nobody_at_all_sees_a_hidden_part_change(hidden):
    assert differing_when_hidden([hidden], EVERYBODY_ELSE) == []


def test_a_draft_that_is_the_only_intention_is_told_to_nobody():
    world = private_world()
    a = world.organisations["A"]
    intention_of(a).update(state=Intention.State.DRAFT)
    announced(a)
    readers = ("visitor", "contributor_b")
    chosen = a_third(world, readers)
    before = read(world, readers, chosen=chosen)
    intention_of(a).update(types=[PartnershipType.PATRONAGE])
    announced(a)

    assert changed(before, read(world, readers, chosen=chosen)) == []


def about_pairs(world, readers):
    """For the gate: every page of proposals, and a third of the other addresses."""
    sampled = a_third(world, readers)
    return {
        reader: sorted(
            {
                *found,
                *(p for p in paths(world, reader) if p.startswith("/propositions/")),
            }
        )
        for reader, found in sampled.items()
    }


@pytest.mark.parametrize(
    "where",
    [about_pairs, pytest.param(lambda *_: None, marks=pytest.mark.slow)],
    ids=["pairs", "everywhere"],
)
def test_a_refusal_changes_the_answers_about_that_pair_alone(where):
    world = private_world()
    a, b, c = (world.organisations[letter] for letter in "ABC")
    readers = ("visitor", "contributor_b", "contributor_c")
    chosen = where(world, readers)
    before = read(world, readers, chosen=chosen)
    Exclusion.objects.create(organisation=a, other=c)
    announced(a)

    touched = changed(before, read(world, readers, chosen=chosen))
    # A table is about all the pairs around it: tests/matching/test_tables.py.
    touched = [where for where in touched if not TABLES.search(where)]

    assert touched, "the pair was proposed before"
    about = {a.public_id, c.public_id}
    assert [where for where in touched if not any(one in where for one in about)] == []
    assert b.public_id not in "".join(
        where for where in touched if f"/propositions/{b.public_id}/" in where
    )


@pytest.mark.slow
def test_a_block_changes_nothing_while_a_farewell_explains_the_absence():
    world = private_world()
    a, c = world.organisations["A"], world.organisations["C"]
    Introduction.objects.between(a.pk, c.pk).delete()
    introduction = introduce(a, c, days_ago=5, closed_days_ago=2)
    readers = ("visitor", "contributor_b", "contributor_c", "catalyst_here")
    before = read(world, readers)
    block(introduction.pk, a, by=world.people["referent_a"], reason="ZQAblocage")

    assert Block.objects.filter(organisation=a, other=c).exists()
    assert changed(before, read(world, readers)) == []


def test_a_refused_pair_answers_as_one_that_is_not_proposed_for_another_reason():
    world = private_world()
    a, c = world.organisations["A"], world.organisations["C"]
    paths_of_pair = [f"/propositions/{c.public_id}/{a.public_id}/"]
    paths_of_pair += [f"/propositions/{a.public_id}/{c.public_id}/"]

    def answers():
        snapshots._kept.clear()
        client = world.client("contributor_c")
        return [
            CHANGING.sub(b"", asker.get(path).content)
            for asker in (client, Client())
            for path in paths_of_pair
        ]

    refusal = Exclusion.objects.create(organisation=a, other=c)
    announced(a)
    refused = answers()
    refusal.delete()
    intention_of(a).update(
        square_hr=None, square_stk=None, square_eco=None, square_inn=None
    )
    announced(a)

    assert answers() == refused
