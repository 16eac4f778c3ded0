import datetime as dt
import re

import pghistory
import pytest
import time_machine
from django.utils import timezone

from accounts.services.erasure import Origin, erase
from alliances.enums import Means, MembershipRole
from alliances.models import (
    Exclusion,
    Interest,
    Invitation,
    Membership,
    Need,
    Organisation,
    PrivilegedRead,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import (
    IntentionFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.elevation import PrivilegedReadFactory, elevated_administrator
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Le Relais")


@pytest.fixture
def referent(organisation, client):
    person = MembershipFactory(organisation=organisation, user__name="Ana Roy").user
    client.force_login(person)
    return person


def lines(client, organisation, **query):
    """The lines of the page, as they are read."""
    page = client.get(f"/organisations/{organisation.public_id}/journal/", query)
    assert page.status_code == 200
    items = re.findall(r"<li>\s*<p>(.*?)</li>", page.text, re.DOTALL)
    found = []
    for item in items:
        text = re.sub(r"<time.*?</time>", "", item, flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", " ", text)
        found.append(re.sub(r"[ \n]+", " ", text).strip())
    return found


def test_a_change_is_told_with_who_and_from_what_to_what(
    client, organisation, referent
):
    with pghistory.context(user=referent.pk):
        Organisation.objects.filter(pk=organisation.pk).update(
            staff=12, kind="company", general_interest=True, sectors=["vélo", "emploi"]
        )

    assert lines(client, organisation, sujet="description")[0] == (
        "Ana Roy a modifié la description de l’organisation "
        "nature de Association → à Entreprise "
        "effectif salarié de rien → à 12 "
        "peut recevoir du mécénat de rien → à oui "
        "secteurs d’activité de rien → à vélo, emploi"
    )


def test_what_was_added_and_removed_is_named(client, organisation, referent):
    project = IntentionFactory(
        organisation=organisation, needs=[], offers=[], domains=[]
    )
    with pghistory.context(user=referent.pk):
        need = Need.objects.create(intention=project, means=Means.DONATION)
        need.delete()
        project.perimeter.add(TerritoryFactory(name="Clisson"))

    assert lines(client, organisation, sujet="projet")[:3] == [
        "Ana Roy a ajouté « Clisson » au territoire du projet",
        "Ana Roy a retiré le besoin « Don »",
        "Ana Roy a ajouté le besoin « Don »",
    ]


def test_what_hangs_from_a_deleted_project_is_still_told(
    client, organisation, referent
):
    project = IntentionFactory(
        organisation=organisation,
        is_default=False,
        title="Vélos",
        needs=[Means.DONATION],
    )
    project.delete()

    told = lines(client, organisation, sujet="projet")

    assert "Opération technique a supprimé le projet « Vélos »" in told
    assert "Opération technique a retiré le besoin « Don »" in told


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"source": "ess-2026"}, "Import"),
        ({"job": "matching.refresh"}, "Calcul"),
        ({"job": "alliances.expire"}, "Tâche automatique"),
        ({"user": None, "page": "alliances:invitation"}, "Visiteur"),
        ({}, "Opération technique"),
    ],
)
def test_what_is_not_a_person_has_a_name(client, organisation, referent, author, name):
    with pghistory.context(**author):
        Organisation.objects.filter(pk=organisation.pk).update(name="Autre")

    assert lines(client, organisation, sujet="description")[0].startswith(
        f"{name} a mod"
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"name": "Zoé", "is_staff": True}, "Administration"),
        ({"name": "Zoé", "erased_at": timezone.now()}, "Personne effacée"),
        ({"name": "Zoé"}, "Une personne extérieure à l’organisation"),
    ],
)
def test_who_is_not_of_the_organisation_is_not_named(
    client, organisation, referent, author, name
):
    with pghistory.context(user=UserFactory(**author).pk):
        Organisation.objects.filter(pk=organisation.pk).update(name="Autre")

    (line,) = [each for each in lines(client, organisation) if "description" in each]
    assert line.startswith(f"{name} a modifié")


def test_somebody_erased_is_told_in_words_that_read_well(
    client, organisation, referent, settings, tmp_path
):
    settings.ERASURE_LEDGER = str(tmp_path / "effacements.jsonl")
    member = MembershipFactory(organisation=organisation, role="contributor")
    Membership.objects.filter(pk=member.pk).update(role="referent")
    erase(member.user.pk, Origin.PERSON)

    told = [line for line in lines(client, organisation) if "quelqu’un" in line]

    assert [line.split("</p>")[0].split(" rôle")[0].strip() for line in told] == [
        "Opération technique a retiré quelqu’un (compte effacé) de l’équipe",
        "Opération technique a changé la place de quelqu’un (compte effacé) dans l’équipe",
        "Opération technique a fait entrer quelqu’un (compte effacé) dans l’équipe",
    ]


def test_a_printed_journal_says_what_it_is_and_of_which_day(
    client, organisation, referent
):
    with time_machine.travel(dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC), tick=False):
        client.force_login(referent)
        url = f"/organisations/{organisation.public_id}/journal/"
        text = client.get(url).text

    head = text[text.index("al-sheet-header") : text.index("<h1")]
    assert "Le Relais" in head
    assert f"Imprimé le 21 novembre 2026 · http://testserver{url}" in head


def test_a_former_member_keeps_their_name(client, organisation, referent):
    former = MembershipFactory(organisation=organisation, user__name="Luc Eon")
    with pghistory.context(user=former.user_id):
        former.delete()

    assert lines(client, organisation, sujet="equipe")[0] == (
        "Luc Eon a retiré Luc Eon de l’équipe"
    )


def test_what_the_administration_read_is_told_with_its_reason(
    client, organisation, referent
):
    PrivilegedReadFactory(
        organisation=organisation, what="projet", elevation__reason="Demande d’aide 12"
    )

    assert lines(client, organisation, sujet="lectures") == [
        "Administration a lu : projet, pour cette raison : « Demande d’aide 12 »"
    ]


def test_nothing_of_others_about_it_is_there(client, organisation, referent):
    """That another answered about it, or refuses it, is the other's secret."""
    other = OrganisationFactory(name="ZQautre")
    now = timezone.now()
    Exclusion.objects.create(organisation=other, other=organisation)
    Interest.objects.create(
        organisation=other,
        other=organisation,
        answer="yes",
        answered_at=now,
        expires_at=now,
    )

    assert not any("ZQautre" in line for line in lines(client, organisation))


def test_its_own_refusals_and_answers_are_there(client, organisation, referent):
    other = OrganisationFactory(name="Usine")
    now = timezone.now()
    Exclusion.objects.create(organisation=organisation, kind="company")
    Interest.objects.create(
        organisation=organisation,
        other=other,
        answer="no",
        answered_at=now,
        expires_at=now,
    )

    assert lines(client, organisation, sujet="relations") == [
        "Opération technique a répondu au sujet de « Usine » réponse non",
        "Opération technique a ajouté un critère d’exclusion : « Entreprise »",
    ]


def test_no_code_is_ever_read(client, organisation, referent):
    """Every choice is told by its label: none of the codes appears."""
    now = timezone.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email="i@exemple.test",
        role=MembershipRole.CONTRIBUTOR,
        token_digest="ZQdigest",
        sent_at=now,
        expires_at=now,
    )
    Invitation.objects.filter(pk=invitation.pk).update(state="revoked", answered_at=now)
    Organisation.objects.filter(pk=organisation.pk).update(
        hidden_parts=["square"], size="micro", maturity=2
    )

    text = " ".join(lines(client, organisation))

    for code in ("contributor", "revoked", "pending", "square", "micro", "ZQdigest"):
        assert not re.search(rf"\b{code}\b", text), text


@pytest.mark.parametrize("page", ["0", "-1", "٣", "99999", "x", "2.5"])
def test_a_page_that_does_not_exist_is_no_error(client, organisation, referent, page):
    address = f"/organisations/{organisation.public_id}/journal/"

    assert client.get(address, {"page": page, "sujet": page}).status_code == 200


def test_a_long_journal_is_cut_in_pages(client, organisation, referent):
    for number in range(60):
        Organisation.objects.filter(pk=organisation.pk).update(staff=number)
    told = [lines(client, organisation, page=page) for page in (1, 2)]

    assert [len(page) for page in told] == [50, 12]  # created, joined, 60 changes
    assert not set(told[0]) & set(told[1])


@pytest.mark.parametrize("length", [1, 40])
def test_a_longer_journal_costs_no_more_queries(
    client, organisation, referent, length, django_assert_num_queries
):
    project = IntentionFactory(organisation=organisation)
    for number in range(length):
        with pghistory.context(user=UserFactory().pk):
            Organisation.objects.filter(pk=organisation.pk).update(
                staff=number, seat=TerritoryFactory()
            )
            project.perimeter.add(TerritoryFactory())
    address = f"/organisations/{organisation.public_id}/journal/"

    with django_assert_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("role", MembershipRole.values)
def test_those_who_decide_for_the_organisation_read_it(client, organisation, role):
    client.force_login(MembershipFactory(organisation=organisation, role=role).user)

    page = client.get(f"/organisations/{organisation.public_id}/journal/")

    assert page.status_code == (404 if role == "contributor" else 200)


OVERALL = "/administration/journal/"


@pytest.fixture
def elevated(client):
    person = elevated_administrator()
    client.force_login(person)
    return person


def test_an_administrator_sees_what_was_touched_but_no_value(client, elevated):
    organisation = OrganisationFactory(name="Le Relais")
    with pghistory.context(user=UserFactory(name="Ana Roy").pk):
        Organisation.objects.filter(pk=organisation.pk).update(
            values=["ZQvaleur"], staff=41
        )
    Exclusion.objects.create(organisation=organisation, sector="ZQrefus")

    page = client.get(OVERALL)

    assert page.context["lines"][0].fields == "effectif salarié, valeurs"
    assert page.context["lines"][0].who == "Ana Roy"
    assert "critère d’exclusion" not in page.text.split("<table")[1]
    assert "ZQ" not in page.text


def test_reading_the_journal_of_everything_is_written_in_each_journal(client, elevated):
    organisation = OrganisationFactory()

    client.get(OVERALL)

    read = PrivilegedRead.objects.get()
    assert (read.organisation, read.user, read.what) == (
        organisation,
        elevated,
        "journal général",
    )


def test_the_journal_of_everything_is_narrowed(client, elevated):
    ana = UserFactory(email="ana@exemple.test", name="Ana")
    one, other = OrganisationFactory(name="Une"), OrganisationFactory(name="Autre")
    for organisation, person in ((one, ana), (other, ana), (one, elevated)):
        with pghistory.context(user=person.pk):
            Organisation.objects.filter(pk=organisation.pk).update(staff=person.pk)

    def found(**query):
        lines = client.get(OVERALL, query).context["lines"]
        return [(line.who, line.organisation) for line in lines if line.fields]

    assert found(personne="ANA@exemple.test") == [("Ana", "Autre"), ("Ana", "Une")]
    assert found(organisation=other.public_id) == [("Ana", "Autre")]
    assert found(personne="ana@exemple.test", organisation="une") == [("Ana", "Une")]
    assert found(au="2020-01-01") == []
    assert len(found(du="2020-01-01")) == 3


@pytest.mark.parametrize(
    "query",
    [
        {"personne": "x"},
        {"personne": "nul@exemple.test"},
        {"organisation": "aucune"},
        {"du": "31/02/2026"},
        {"au": "9999-12-31"},
        {"du": "0001-01-01"},
        {"page": "-3"},
    ],
)
def test_what_is_not_understood_is_no_error_page(client, elevated, query):
    assert client.get(OVERALL, query).status_code == 200


@pytest.mark.parametrize("staff", [{"is_staff": True}, {"is_superuser": True}, {}])
def test_the_journal_of_everything_is_for_an_extended_access(client, staff):
    client.force_login(UserFactory(**staff))

    assert client.get(OVERALL).status_code in (302, 404)


@pytest.mark.parametrize("length", [1, 30])
def test_a_longer_journal_of_everything_costs_no_more_queries(
    client, elevated, length, django_assert_num_queries
):
    for _ in range(length):
        with pghistory.context(user=UserFactory().pk):
            IntentionFactory()

    with django_assert_num_queries(21):
        client.get(OVERALL)
