"""Who must prove twice who they are reaches nothing before, and everything after."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.policy import may_open
from accounts.second_factor import is_required, must_set_up
from alliances.enums import MandateRole, MembershipRole
from alliances.models import Mandate
from tests.accounts.codes import code_of
from tests.accounts.letters import last_code
from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import addresses
from tests.authorisation.world import build
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.alliances import IntentionFactory, MembershipFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

PASSWORD = "motdepasse-de-test"
APPLICATIONS = {"portal", "alliances", "matching", "territories", "api"}
SETUP = "/compte/double-verification/mise-en-place/"


def sign_in(client, person):
    return client.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD}
    )


@pytest.fixture
def signatory():
    return MembershipFactory(
        organisation=IntentionFactory().organisation,
        role=MembershipRole.SIGNATORY,
        second_factor=False,
    ).user


def catalyst(**fields):
    person = UserFactory()
    Mandate.objects.create(
        user=person,
        territory=TerritoryFactory(),
        starts_on="2026-01-01",
        **fields,
    )
    return person


def test_signatories_catalysts_and_administrators_need_one(signatory):
    assert is_required(signatory)
    assert is_required(catalyst(role=MandateRole.CATALYST))
    assert is_required(UserFactory(is_staff=True, second_factor=False))


def test_the_others_do_not():
    past = catalyst(role=MandateRole.CATALYST, ends_on="2026-02-01")

    assert not is_required(UserFactory())
    assert not is_required(MembershipFactory(role=MembershipRole.REFERENT).user)
    assert not is_required(catalyst(role=MandateRole.OBSERVER))
    assert not is_required(past)


def test_only_the_accounts_of_the_demonstration_whose_password_is_public_are_exempt(
    settings,
):
    public = UserFactory(
        email="administration@demonstration.test", is_staff=True, second_factor=False
    )
    assert must_set_up(public)

    settings.DEMONSTRATION = True

    assert not must_set_up(public)
    assert must_set_up(UserFactory(is_staff=True, second_factor=False))


@pytest.mark.parametrize(
    "name", ["portal:home", "alliances:my_organisations", "alliances:organisation_list"]
)
def test_who_must_have_one_is_led_to_setting_it_up(client, signatory, name):
    client.force_login(signatory)
    asked = reverse(name)

    answers = [
        client.get(asked, {"q": "a"}),
        client.post(asked),
        client.get(asked, headers={"HX-Request": "true"}),
    ]

    assert answers[0].url == f"{SETUP}?next={asked.replace('/', '%2F')}%3Fq%3Da"
    assert answers[1].url == SETUP
    assert answers[2].headers["HX-Redirect"] == SETUP


@pytest.mark.parametrize(
    "name", ["accounts:account_home", "account_logout", "portal:legal", "mfa_index"]
)
def test_the_account_and_what_is_the_same_for_everybody_stay_open(
    client, signatory, name
):
    client.force_login(signatory)

    assert client.get(reverse(name)).status_code == 200


def test_no_other_address_is_open_before_it(client, signatory):
    client.force_login(signatory)
    world = build()
    reached = set()

    for address in addresses():
        if not may_open(signatory, address.name):
            continue
        path = path_of(Attempt("contributor_a", address, "A", "GET", 0), world)
        answer = client.get(path)
        led_away = SETUP in answer.headers.get("Location", "")
        if not led_away and answer.status_code != 403:
            reached.add(address.name)

    assert {name for name in reached if not second_factor.is_open(name)} == set()
    assert {name for name in reached if name.partition(":")[0] in APPLICATIONS} == {
        "portal:method",
        "portal:legal",
        "portal:privacy",
        "portal:accessibility",
    }


def test_a_program_is_told_why_it_is_refused(client, signatory):
    client.force_login(signatory)

    answer = client.get(reverse("api:organisation-list"))

    assert answer.status_code == 403
    assert "double vérification" in answer.json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_one_sets_up_an_application_then_returns_to_what_was_asked(client, signatory):
    sign_in(client, signatory)
    asked = reverse("alliances:my_organisations")
    page = client.get(client.get(asked).url)
    assert page.status_code == 200
    other = Client()
    sign_in(other, signatory)
    key_before = client.session.session_key

    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url)

    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("accounts:second_factor_done")).url == asked
    assert client.get(asked).status_code == 200
    assert client.session.session_key != key_before
    assert reverse("account_login") in other.get(asked).url


def test_signing_in_then_asks_for_the_code(client, signatory):
    secret = add_second_factor(signatory)
    asked = reverse("alliances:my_organisations")

    answer = sign_in(client, signatory)
    assert answer.url == reverse("mfa_authenticate")
    assert reverse("account_login") in client.get(asked).url
    wrong = client.post(answer.url, {"code": "000000"})
    assert "n’est pas le bon" in wrong.content.decode()
    client.post(answer.url, {"code": code_of(secret)})

    assert client.get(asked).status_code == 200


def test_a_code_by_mail_does_not_replace_the_second_factor(client, signatory):
    add_second_factor(signatory)
    client.post(reverse("account_request_login_code"), {"email": signatory.email})

    answer = client.post(
        reverse("account_confirm_login_code"), {"code": last_code(signatory.email)}
    )

    assert answer.url == reverse("mfa_authenticate")


def test_a_secret_is_not_readable_in_the_database(signatory):
    secret = add_second_factor(signatory)

    stored = Authenticator.objects.get(user=signatory).data["secret"]

    assert secret not in stored


def test_the_administration_has_no_entrance_of_its_own(client):
    administrator = UserFactory(is_staff=True, is_superuser=True)

    answer = client.post(
        reverse("admin:login"), {"username": administrator.email, "password": PASSWORD}
    )

    assert answer.status_code == 302
    assert reverse("account_login") in answer.url
    assert "_auth_user_id" not in client.session


def test_what_was_asked_stays_on_this_site(client, signatory):
    client.force_login(signatory)
    for elsewhere in (
        "https://ailleurs.test/",
        "//ailleurs.test",
        "javascript:alert(1)",
    ):
        client.get(SETUP, {"next": elsewhere})

        answer = client.get(reverse("accounts:second_factor_done"))

        assert answer.url == "/"


def test_an_ordinary_page_costs_one_question_more(client, django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(1):
        must_set_up(person)


def test_what_weakens_the_account_asks_who_it_is_again(client):
    person = UserFactory()
    add_second_factor(person)
    key = Authenticator.objects.create(user=person, type="webauthn", data={})
    RecoveryCodes.activate(person)
    client.force_login(person)
    paths = [
        reverse("mfa_deactivate_totp"),
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_download_recovery_codes"),
        reverse("mfa_generate_recovery_codes"),
        reverse("mfa_add_webauthn"),
        reverse("mfa_remove_webauthn", args=[key.pk]),
    ]

    led_to = {urlsplit(client.get(path).headers["Location"]).path for path in paths}

    assert led_to == {reverse("account_reauthenticate")}
