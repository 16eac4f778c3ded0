"""Answering, and whom one is in touch with: pages for the members of one side."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent
from alliances.models import Block, Exclusion, Interest, Introduction, Message
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.conversations import say
from tests.factories.introductions import InterestFactory, introduce

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return MembershipFactory(organisation__name="La nôtre").organisation


@pytest.fixture
def other():
    return MembershipFactory(organisation__name="La leur").organisation


@pytest.fixture
def referent(client, own):
    person = own.memberships.get().user
    client.force_login(person)
    return client


@pytest.fixture
def contributor(client, own):
    person = MembershipFactory(organisation=own, role="contributor").user
    client.force_login(person)
    return client


def answer_url(own, other):
    return reverse("alliances:interest_answer", args=[own.public_id, other.public_id])


def withdraw_url(own, other):
    return f"{answer_url(own, other)}retirer/"


def relations_url(own, listing=""):
    url = reverse("alliances:relation_list", args=[own.public_id])
    return f"{url}?liste={listing}" if listing else url


def said(own):
    rows = Interest.objects.filter(organisation=own, closed_at=None)
    return list(rows.values_list("answer", "reason_code", "reason", "type"))


def test_a_yes_is_kept_and_the_page_says_that_nobody_knows(referent, own, other):
    page = referent.post(
        answer_url(own, other), {"reponse": "yes", "type": "patronage"}, follow=True
    ).content.decode()

    assert said(own) == [("yes", "", "", "patronage")]
    assert "La leur n’en saura rien, sauf si elle dit oui" in page
    assert "Vous avez dit oui le" in page


def test_a_reason_alone_is_a_no(referent, own, other):
    referent.post(answer_url(own, other), {"raison": "distance", "mots": " Trop. "})

    assert said(own) == [("no", "distance", "Trop.", "")]


def test_two_yeses_lead_to_the_introduction(referent, own, other):
    InterestFactory(organisation=other, other=own)
    page = referent.post(answer_url(own, other), {"reponse": "yes"}, follow=True)

    introduction = Introduction.objects.get()
    assert page.redirect_chain[0][0].endswith(f"/relations/{introduction.public_id}/")
    assert "La leur avait dit oui aussi" in page.content.decode()


def test_answering_comes_back_to_the_card_where_it_was_given(referent, own, other):
    back = f"/propositions/{own.public_id}/?page=2"
    response = referent.post(answer_url(own, other), {"reponse": "no", "retour": back})

    assert response.url == f"{back}#reponse-{other.public_id}"


@pytest.mark.parametrize(
    "back", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)", "x"]
)
def test_answering_never_leads_elsewhere(referent, own, other, back):
    response = referent.post(answer_url(own, other), {"reponse": "no", "retour": back})

    assert response.url == f"{answer_url(own, other)}#reponse-{other.public_id}"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reponse": "peut-être"},
        {"raison": "x"},
        {"raison": "time", "mots": "a" * 1001},
        {"reponse": "yes", "type": "mariage"},
    ],
)
def test_what_is_not_an_answer_is_refused_in_words(referent, own, other, data):
    response = referent.post(answer_url(own, other), data)

    assert response.status_code == 422
    assert "Rien n’a été enregistré." in response.content.decode()
    assert said(own) == []


def test_an_answer_is_taken_back(referent, own, other):
    referent.post(answer_url(own, other), {"reponse": "no"})
    referent.post(withdraw_url(own, other))

    assert said(own) == []
    page = referent.post(withdraw_url(own, other), follow=True).content.decode()
    assert "Il n’y avait plus de réponse à retirer." in page


def test_a_contributor_proposes_and_does_not_decide(contributor, own, other):
    assert (
        contributor.post(answer_url(own, other), {"reponse": "yes"}).status_code == 403
    )
    assert (
        contributor.post(answer_url(own, other), {"raison": "time"}).status_code == 403
    )
    assert said(own) == []
    contributor.post(answer_url(own, other), {"reponse": "proposed"})
    assert said(own) == [("proposed", "", "", "")]
    contributor.post(withdraw_url(own, other))
    assert said(own) == []


def test_a_contributor_does_not_take_back_what_was_decided(contributor, own, other):
    InterestFactory(organisation=own, other=other)

    assert contributor.post(withdraw_url(own, other)).status_code == 403
    page = contributor.post(
        answer_url(own, other), {"reponse": "proposed"}, follow=True
    ).content.decode()
    assert "Une personne référente a déjà répondu" in page
    assert [row[0] for row in said(own)] == ["yes"]


def test_what_was_proposed_is_decided_by_a_referent(referent, own, other):
    InterestFactory(organisation=own, other=other, answer="proposed")
    page = referent.get(answer_url(own, other)).content.decode()

    assert "Cela nous intéresse" in page
    assert "Retirer cette proposition" in page


def test_ones_own_refusal_is_said_with_what_to_do(referent, own, other):
    Exclusion.objects.create(organisation=own, other=other)
    page = referent.post(
        answer_url(own, other), {"reponse": "yes"}, follow=True
    ).content.decode()

    assert "Vos critères de refus écartent La leur" in page
    assert said(own) == []


def test_ones_own_block_is_said_with_what_to_do(referent, own, other):
    Block.objects.create(organisation=own, other=other)
    page = referent.post(
        answer_url(own, other), {"reponse": "yes"}, follow=True
    ).content.decode()

    assert "Vous avez bloqué La leur" in page
    assert said(own) == []
    referent.post(answer_url(own, other), {"reponse": "no"})
    assert len(said(own)) == 1


def test_a_refusal_by_the_other_answers_as_any_organisation(referent, own, other):
    def answers():
        Interest.objects.all().delete()
        responses = [
            referent.get(answer_url(own, other)),
            referent.post(answer_url(own, other), {"reponse": "yes"}, follow=True),
            referent.get(relations_url(own, "reponses")),
        ]
        return [
            response.content.split(b"csrfmiddlewaretoken")[0] for response in responses
        ]

    before = answers()
    Exclusion.objects.create(organisation=other, other=own)

    assert answers() == before


@pytest.mark.parametrize("verb", ["get", "post"])
def test_other_organisations_and_oneself_do_not_exist_here(referent, own, other, verb):
    send = getattr(referent, verb)
    third = OrganisationFactory()

    assert send(answer_url(other, third)).status_code == 404
    assert send(answer_url(own, own)).status_code == 404
    third.archived_at = timezone.now()
    third.save()
    assert send(answer_url(own, third)).status_code == 404


def test_the_other_side_says_how_many_it_accepts_before_one_answers(
    referent, own, other
):
    introduce(other, OrganisationFactory())
    page = referent.get(answer_url(own, other)).content.decode()

    assert "La leur accepte au plus 4 mises en relation par mois." in page
    assert "reste" not in page.split("<main")[1].split("</main>")[0].replace(
        "La raison reste chez vous", ""
    )


def test_what_is_left_is_told_to_ones_own_members(referent, own):
    introduce(own, OrganisationFactory())
    page = referent.get(relations_url(own)).content.decode()

    assert "Vous acceptez au plus 4 mises en relation par mois" in page
    assert "il en reste 3 ce mois-ci." in page


def test_after_a_closed_introduction_the_page_says_when_another_may_open(
    referent, own, other
):
    introduce(own, other, days_ago=10, closed_days_ago=1)
    day = timezone.localdate() + dt.timedelta(days=179)
    page = referent.get(answer_url(own, other)).content.decode()

    assert f"ne s’ouvrira pas avant le {day.day}" in page


def test_each_list_holds_its_own_rows_and_says_when_it_is_empty(referent, own):
    empty = {
        "en-cours": "Aucune mise en relation en cours",
        "a-decider": "Rien à décider",
        "reponses": "Vous n’avez répondu au sujet d’aucune organisation",
        "closes": "Aucune mise en relation close",
    }
    for listing, sentence in empty.items():
        assert sentence in referent.get(relations_url(own, listing)).content.decode()
    names = {listing: OrganisationFactory(name=f"Dans {listing}") for listing in empty}
    introduce(own, names["en-cours"])
    introduce(own, names["closes"], days_ago=3, closed_days_ago=1)
    InterestFactory(organisation=own, other=names["reponses"], answer="no")
    InterestFactory(organisation=own, other=names["a-decider"], answer="proposed")
    for listing in empty:
        page = referent.get(relations_url(own, listing)).content.decode()
        assert [one for one in empty if f"Dans {one}" in page] == [listing]


def test_an_unknown_list_is_the_first_one(referent, own, other):
    introduce(own, other)

    for listing in ("x", "", "EN-COURS"):
        page = referent.get(relations_url(own, listing)).content.decode()
        assert "La leur" in page


def test_what_comes_next_follows_who_wrote_last(referent, own, other):
    introduction = introduce(own, other)

    def state():
        page = referent.get(relations_url(own)).content.decode()
        sentences = (
            "Écrivez le premier message",
            "À vous de répondre",
            "Vous attendez",
        )
        return [one for one in sentences if one in page]

    def write(organisation):
        Message.objects.create(
            conversation=introduction.conversation,
            organisation=organisation,
            author=organisation.memberships.first().user,
            body="Bonjour",
            key=str(Message.objects.count()),
            sent_at=timezone.now(),
        )

    assert state() == ["Écrivez le premier message"]
    write(own)
    assert state() == ["Vous attendez"]
    write(other)
    assert state() == ["À vous de répondre"]


def add_to(own, listing, count):
    for _ in range(count):
        other = OrganisationFactory()
        if listing in ("en-cours", "closes"):
            closed = 1 if listing == "closes" else None
            made = introduce(own, other, days_ago=3, closed_days_ago=closed)
            say(made, UserFactory(), other, "Bonjour")
        else:
            answer = "proposed" if listing == "a-decider" else "no"
            InterestFactory(
                organisation=own, other=other, answer=answer, by=UserFactory()
            )


@pytest.mark.parametrize("listing", ["en-cours", "a-decider", "reponses", "closes"])
def test_a_longer_list_costs_no_more_queries(
    referent, own, listing, django_assert_max_num_queries
):
    add_to(own, listing, 1)
    with django_assert_max_num_queries(20) as short:
        referent.get(relations_url(own, listing))
    add_to(own, listing, 11)
    with django_assert_max_num_queries(20) as longer:
        page = referent.get(relations_url(own, listing)).content.decode()

    assert page.count("al-org-name") == 12
    assert len(longer) == len(short)


@pytest.fixture
def read_first(own):
    """Three introductions, the oldest with two messages, one of them of a colleague."""
    oldest, middle, newest = (
        introduce(own, OrganisationFactory(name=name), days_ago=days)
        for name, days in (("Ancienne", 9), ("Milieu", 6), ("Récente", 3))
    )
    me = own.memberships.get().user
    colleague = MembershipFactory(organisation=own, role="contributor").user
    theirs = oldest.other_than(own)
    say(oldest, me, own, "De moi")
    say(oldest, UserFactory(), theirs, "Lisez-moi", after_minutes=1)
    say(oldest, colleague, own, "Nous aussi", after_minutes=2)
    retired = say(newest, UserFactory(), newest.other_than(own), "Retiré")
    Message.objects.filter(pk=retired.pk).update(withdrawn_at=timezone.now())
    return oldest, middle, newest


NAME = re.compile(r'class="al-org-name"[^>]*>([^<]*)<')
NEW = re.compile(r'class="al-new">\s*([^<]*?)\s*<')


def test_what_is_to_be_read_comes_first_with_its_count_in_words(
    referent, own, read_first
):
    page = referent.get(relations_url(own)).content.decode()

    assert NAME.findall(page) == ["Ancienne", "Récente", "Milieu"]
    assert NEW.findall(page) == ["2 nouveaux messages"]


def test_once_read_the_newest_comes_first_again(referent, own, read_first):
    oldest = read_first[0]
    url = reverse(
        "alliances:introduction_detail", args=[own.public_id, oldest.public_id]
    )
    referent.get(url)

    page = referent.get(relations_url(own)).content.decode()

    assert NAME.findall(page) == ["Récente", "Milieu", "Ancienne"]
    assert NEW.findall(page) == []


def test_what_one_person_read_stays_new_for_another(referent, own, read_first, client):
    oldest = read_first[0]
    url = reverse(
        "alliances:introduction_detail", args=[own.public_id, oldest.public_id]
    )
    referent.get(url)
    colleague = own.memberships.get(role="contributor").user
    client.force_login(colleague)

    page = client.get(relations_url(own)).content.decode()

    assert NEW.findall(page) == ["2 nouveaux messages"]


def test_a_farewell_leaves_what_was_not_read_to_be_read(referent, own):
    closed = introduce(own, OrganisationFactory(), days_ago=9, closed_days_ago=1)
    say(closed, UserFactory(), closed.other_than(own), "Au revoir")

    page = referent.get(relations_url(own, "closes")).content.decode()

    assert NEW.findall(page) == ["1 nouveau message"]


def test_my_organisations_say_where_there_is_something_to_read(referent, own):
    person = own.memberships.get().user
    second = MembershipFactory(user=person, organisation__name="Seconde").organisation
    for organisation in (own, second):
        IntentionFactory(organisation=organisation)
    partner = OrganisationFactory()
    for number in range(3):
        other = introduce(second, OrganisationFactory(), days_ago=number)
        if number:
            say(other, UserFactory(), other.other_than(second), "Bonjour")
    introduce(own, partner)

    page = referent.get(reverse("alliances:my_organisations")).content.decode()

    assert page.count("à lire)") == 1
    assert page.index("Seconde") < page.index("(2 conversations à lire)")


def test_a_list_is_cut_into_pages(referent, own):
    for _ in range(21):
        InterestFactory(organisation=own, other=OrganisationFactory())

    first = referent.get(relations_url(own, "reponses")).content.decode()
    second = referent.get(relations_url(own, "reponses") + "&page=2").content.decode()
    assert first.count("al-org-name") == 20
    assert second.count("al-org-name") == 1


def detail(client, own, introduction):
    return client.get(
        reverse(
            "alliances:introduction_detail",
            args=[own.public_id, introduction.public_id],
        )
    )


def test_partners_read_what_is_for_partners(referent, own, other):
    IntentionFactory(organisation=own)
    IntentionFactory(
        organisation=other, square_hr=70, square_stk=10, square_eco=10, square_inn=10
    )
    other.values, other.staff = ["transmettre"], 4321
    other.save()
    page = detail(referent, own, introduce(own, other)).content.decode()

    assert "transmettre" in page
    assert "4321" in page
    assert "al-squares-compared" in page


def test_what_a_partner_hides_stays_hidden(referent, own, other):
    IntentionFactory(organisation=other)
    other.values, other.hidden_parts = ["transmettre"], ["values", "square"]
    other.save()
    page = detail(referent, own, introduce(own, other)).content.decode()

    assert "transmettre" not in page
    assert "al-squares-compared" not in page
    assert "se découvrent entre partenaires" not in page


def test_a_closed_introduction_shows_what_everybody_reads(referent, own, other):
    other.values = ["transmettre"]
    other.save()
    introduction = introduce(own, other, days_ago=2, closed_days_ago=1)
    page = detail(referent, own, introduction).content.decode()

    assert "transmettre" not in page
    assert "Close le" in page


def agree(person, is_given, *, purpose="share_contact", scope=""):
    Consent.objects.create(
        user=person,
        purpose=purpose,
        scope=scope,
        is_given=is_given,
        text_version="1",
    )


def test_the_lead_contact_is_shown_with_their_consent_alone(referent, own, other):
    introduction = introduce(own, other)
    other.memberships.update(is_lead=True)
    person = other.memberships.get().user

    def is_shown():
        return person.email in detail(referent, own, introduction).content.decode()

    assert not is_shown()
    agree(person, True)
    assert is_shown()
    agree(person, False, scope=other.public_id)
    assert not is_shown()
    agree(person, True, scope=other.public_id)
    agree(person, False)
    assert is_shown()
    agree(person, False, scope=other.public_id)
    assert not is_shown()


def test_the_others_are_shown_by_their_name_if_they_agree(referent, own, other):
    introduction = introduce(own, other)
    person = other.memberships.get().user
    agree(person, True)
    agree(person, True, purpose="publish_name")
    page = detail(referent, own, introduction).content.decode()

    assert person.name in page
    assert person.email not in page


def test_an_introduction_is_for_its_two_sides(client, referent, own, other):
    third = MembershipFactory().organisation
    introduction = introduce(other, third)

    assert detail(referent, own, introduction).status_code == 404
    assert detail(referent, other, introduction).status_code == 404
    assert detail(referent, own, introduce(own, other)).status_code == 200


def test_an_introduction_with_an_archived_organisation_stays_readable(
    referent, own, other
):
    introduction = introduce(own, other)
    other.archived_at = timezone.now()
    other.save()

    assert detail(referent, own, introduction).status_code == 200
    assert referent.get(relations_url(own)).status_code == 200


def test_the_page_of_an_organisation_leads_to_an_answer(client, referent, own, other):
    address = reverse("alliances:organisation_detail", args=[other.public_id])

    assert answer_url(own, other) in referent.get(address).content.decode()
    client.logout()
    assert "reponses" not in client.get(address).content.decode()
