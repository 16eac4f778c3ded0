"""Wishes: given on a page, kept to oneself, obeyed by the computation."""

import pytest
from django.urls import reverse

from alliances.enums import ActorKind, FragilityDomain
from alliances.models import Exclusion
from rendezvous.enums import RegistrationState
from rendezvous.models import Wish
from rendezvous.selectors.problem import problem_of
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.introductions import introduce
from tests.factories.partners import BlockFactory
from tests.factories.sessions import encounter_of, registration_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
COMPANY = ActorKind.COMPANY


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), rounds=6, meetings_max=6)


@pytest.fixture
def membership():
    return MembershipFactory(organisation__name="Roue libre")


@pytest.fixture
def own(session, membership):
    return registration_of(session, membership.organisation)


@pytest.fixture
def company(session):
    return registration_of(session, OrganisationFactory(name="Usine", kind=COMPANY))


@pytest.fixture
def browser(client, membership):
    client.force_login(membership.user)
    return client


def page_of(registration):
    return reverse(
        "rendezvous:wish_list",
        args=[registration.session.public_id, registration.organisation.public_id],
    )


def text(response):
    return " ".join(response.content.decode().split())


def wished(own, other, answer):
    return Wish.objects.create(registration=own, other=other, answer=answer)


def value_between(session, one, other):
    pair = frozenset(str(each.attendees.get(position=1).pk) for each in (one, other))
    return problem_of(session).values.get(pair)


def test_one_reads_who_comes_among_the_kinds_one_may_meet(browser, own, company):
    registration_of(own.session, OrganisationFactory(name="Autre association"))
    registration_of(
        own.session,
        OrganisationFactory(name="En attente", kind=COMPANY),
        state=RegistrationState.WAITING,
    )

    page = text(browser.get(page_of(own)))

    assert "Usine" in page
    assert "Autre association" not in page
    assert "En attente" not in page


def test_a_wish_is_kept_changed_and_taken_back(browser, own, company):
    field = f"souhait_{company.public_id}"
    for answer in ("must", "no"):
        browser.post(page_of(own), {field: answer})
        assert Wish.objects.get().answer == answer
    assert 'value="no" checked' in text(browser.get(page_of(own)))

    browser.post(page_of(own), {field: ""})

    assert not Wish.objects.exists()


@pytest.mark.parametrize("answer", ["NO", "non", "x" * 500])
def test_what_is_not_an_answer_is_ignored(browser, own, company, answer):
    browser.post(page_of(own), {f"souhait_{company.public_id}": answer})

    assert not Wish.objects.exists()


def test_a_wish_about_who_is_not_on_the_page_is_ignored(browser, own, company):
    elsewhere = registration_of(
        session_of(TerritoryFactory()), OrganisationFactory(kind=COMPANY)
    )

    browser.post(page_of(own), {f"souhait_{elsewhere.public_id}": "no"})

    assert not Wish.objects.exists()


def test_who_waits_for_a_place_does_not_read_who_comes(browser, own, company):
    own.state = RegistrationState.WAITING
    own.save()

    assert browser.get(page_of(own)).status_code == 404


def test_the_page_of_the_other_is_the_same_whatever_is_wished_of_it(
    client, own, company
):
    other = MembershipFactory(organisation=company.organisation)
    client.force_login(other.user)
    pages = [text(client.get(page_of(company)))]
    for answer in ("must", "no"):
        wish = wished(own, company, answer)
        pages.append(text(client.get(page_of(company))))
        wish.delete()

    without_token = {page.split("csrfmiddlewaretoken")[0] for page in pages}
    assert len(without_token) == 1
    assert len({len(page) for page in pages}) == 1


def test_one_reads_whom_one_knows_already(browser, own, company):
    abeille = OrganisationFactory(name="Abeille", kind=COMPANY)
    registration_of(own.session, abeille)
    before = text(browser.get(page_of(own)))
    encounter_of(session_of(TerritoryFactory()), own.organisation, abeille)
    introduce(own.organisation, company.organisation)

    page = text(browser.get(page_of(own)))

    assert "déjà" not in before
    assert page.index("Abeille") < page.index("déjà rencontrée à une session")
    assert page.index("Usine") < page.index("déjà en relation avec vous")
    assert page.count("déjà ") == 2


def test_the_likeliest_partners_come_first(browser, session, membership):
    mine = IntentionFactory(organisation=membership.organisation)
    registration_of(session, membership.organisation, intention=mine)
    for name, domain in (("Abeille", "housing"), ("Zébulon", None)):
        company = OrganisationFactory(name=name, kind=COMPANY)
        domains = [] if domain else [FragilityDomain.MOBILITY]
        theirs = IntentionFactory(
            organisation=company,
            domains=domains,
            needs=["networks"] if domains else [],
            offers=["donation"] if domains else [],
        )
        registration_of(session, company, intention=theirs)

    page = text(browser.get(page_of(membership.organisation.registrations.get())))

    assert page.index("Zébulon") < page.index("Abeille")


def test_a_longer_list_costs_no_more_queries(
    browser, own, company, django_assert_num_queries, django_assert_max_num_queries
):
    browser.get(page_of(own))
    with django_assert_max_num_queries(40) as few:
        browser.get(page_of(own))
    for _ in range(5):
        registration_of(own.session, OrganisationFactory(kind=COMPANY))

    with django_assert_num_queries(len(few)):
        browser.get(page_of(own))


# What the computation makes of it.


@pytest.mark.parametrize("refusing", ["own", "other"])
def test_a_no_keeps_the_pair_apart_whoever_says_it(session, own, company, refusing):
    assert value_between(session, own, company) is not None

    pair = (own, company) if refusing == "own" else (company, own)
    wished(*pair, "no")

    assert value_between(session, own, company) is None


@pytest.mark.parametrize("cause", ["exclusion", "block"])
def test_a_refusal_stated_elsewhere_keeps_the_pair_apart(session, own, company, cause):
    mine, theirs = own.organisation, company.organisation
    if cause == "exclusion":
        Exclusion.objects.create(organisation=theirs, other=mine)
    else:
        BlockFactory(organisation=mine, other=theirs)

    assert value_between(session, own, company) is None


def test_who_knows_each_other_gives_way_to_who_does_not(session, own, company):
    strangers = value_between(session, own, company)
    encounter_of(session_of(TerritoryFactory()), own.organisation, company.organisation)
    met = value_between(session, own, company)
    introduce(own.organisation, company.organisation)
    partners = value_between(session, own, company)

    assert strangers > met > partners > 0


def test_a_wish_is_worth_more_than_a_score(session, own, company):
    other = registration_of(session, OrganisationFactory(kind=COMPANY))
    wished(own, company, "must")

    assert value_between(session, own, company) > 1 > value_between(session, own, other)


def test_the_same_kind_does_not_meet_unless_the_session_says_so(session, own):
    other = registration_of(session, OrganisationFactory())

    assert value_between(session, own, other) is None


def test_two_programmes_of_one_organisation_divide_its_meetings(session):
    both = registration_of(session, OrganisationFactory(), names=("Ana", "Bob"))
    both.attendees.update(shares_with=None)
    for _ in range(4):
        registration_of(session, OrganisationFactory(kind=COMPANY))

    problem = problem_of(session)

    mine = {str(one.pk) for one in both.attendees.all()}
    met = [
        one for candidate in problem.candidates for one in candidate.ids if one in mine
    ]
    assert len(problem.participants) == 6
    assert sorted(met.count(one) for one in mine) == [2, 2]


def test_who_shares_a_programme_takes_over_when_the_first_has_left(session):
    both = registration_of(session, OrganisationFactory(), names=("Ana", "Bob"))
    both.attendees.filter(position=1).update(from_round=1, until_round=2)
    both.attendees.filter(position=2).update(from_round=4, until_round=6)

    (one,) = problem_of(session).participants

    assert (one.first, one.last, one.away) == (1, 6, frozenset({3}))
