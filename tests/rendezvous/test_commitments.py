"""The commitment card: written by one, signed by both, on a phone or from a paper."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from alliances.models import Introduction
from notifications.models import Notification
from rendezvous.models import Commitment, FollowUp, Signature
from rendezvous.selectors.cards import ALPHABET, card_code, read_code
from rendezvous.services.following.commitments import (
    ChangedMeanwhileError,
    NoCardError,
    Promise,
    sign_card,
    write_card,
)
from tests.factories.followups import Side, both_say_yes, met, past_session

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + dt.timedelta(days=10)
VISIT = Promise(True, SOON, "Visiter l’atelier")


@pytest.fixture
def session():
    return past_session()


@pytest.fixture
def wheels(session):
    return Side(session)


@pytest.fixture
def works(session, wheels):
    works = Side(session, "Usine", ActorKind.COMPANY)
    met(session, wheels, works)
    return works


def write(side, other, promise=VISIT, *, base=0, code=""):
    return write_card(
        side.registration,
        other.registration,
        promise,
        base=base,
        by=side.user,
        code=code,
    )


def sign(side, other, version=1):
    return sign_card(
        side.registration, other.registration, version=version, by=side.user
    )


def signed(version=1):
    rows = Signature.objects.filter(commitment__version=version).order_by("pk")
    return list(rows.values_list("registration", flat=True))


def code_of(session, one, other):
    return card_code(session, one.registration.pk, other.registration.pk)


def url(name, side, *more):
    args = [side.registration.session.public_id, side.organisation.public_id, *more]
    return reverse(f"rendezvous:{name}", args=args)


def page_of(client, side, other, *, query=""):
    client.force_login(side.user)
    where = url("followup_detail", side, other.registration.public_id)
    return " ".join(client.get(where + query).content.decode().split())


def news(side, kind):
    return Notification.objects.filter(user=side.user, kind=kind)


def test_who_writes_signs_and_the_other_signs_after(client, wheels, works):
    both_say_yes(wheels, works)

    write(wheels, works)
    assert signed() == [wheels.registration.pk]
    assert news(works, "commitment_to_sign").filter(answered_at=None).exists()
    assert "Signer la fiche" in page_of(client, works, wheels)
    sign(works, wheels)

    assert signed() == [wheels.registration.pk, works.registration.pk]
    assert news(wheels, "commitment_signed").exists()
    assert not news(works, "commitment_to_sign").filter(answered_at=None).exists()
    assert "Signée des deux côtés" in page_of(client, wheels, works)


def test_a_change_asks_both_to_sign_again(wheels, works):
    both_say_yes(wheels, works)
    write(wheels, works)
    sign(works, wheels)

    write(works, wheels, Promise(False, SOON, "Chiffrer un essai"), base=1)

    assert signed(2) == [works.registration.pk]
    assert news(wheels, "commitment_to_sign").filter(answered_at=None).count() == 1
    with pytest.raises(ChangedMeanwhileError):
        sign(wheels, works, version=1)


def test_a_signature_given_twice_is_one(wheels, works):
    both_say_yes(wheels, works)
    write(wheels, works)

    for _ in range(2):
        sign(works, wheels)

    assert len(signed()) == 2
    assert news(wheels, "commitment_signed").count() == 1


def test_a_card_sent_twice_is_written_once(client, wheels, works):
    both_say_yes(wheels, works)
    client.force_login(wheels.user)
    sent = {
        "appelle": "nous",
        "avant": SOON.isoformat(),
        "quoi": "Visiter l’atelier",
        "version": "0",
    }

    where = url("card_write", wheels, works.registration.public_id)
    statuses = [client.post(where, sent).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert Commitment.objects.count() == 1
    assert signed() == [wheels.registration.pk]


def test_the_same_words_written_by_the_other_sign_the_same_version(wheels, works):
    both_say_yes(wheels, works)
    write(wheels, works)

    write(works, wheels, Promise(False, SOON, "Visiter l’atelier"), base=1)

    assert Commitment.objects.count() == 1
    assert len(signed()) == 2


def test_of_two_who_write_at_once_the_second_reads_the_first_and_keeps_their_words(
    client, wheels, works
):
    both_say_yes(wheels, works)
    write(wheels, works)
    client.force_login(works.user)

    answer = client.post(
        url("card_write", works, wheels.registration.public_id),
        {
            "appelle": "nous",
            "avant": SOON.isoformat(),
            "quoi": "Chiffrer un essai",
            "version": "0",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Visiter l’atelier" in page
    assert "Chiffrer un essai" in page
    assert 'name="version" value="1"' in " ".join(page.split())
    assert Commitment.objects.count() == 1


def test_without_two_yeses_there_is_a_card_only_with_the_code_of_the_paper(
    session, wheels, works
):
    for code in ("", "000-000"):
        with pytest.raises(NoCardError):
            write(wheels, works, code=code)

    write(wheels, works, code=code_of(session, works, wheels))

    assert FollowUp.objects.get().mutual_at is None
    assert Commitment.objects.get().from_card


def test_a_paper_signed_by_both_is_worth_two_yeses(session, wheels, works):
    write(wheels, works, code=code_of(session, wheels, works))
    assert not Introduction.objects.exists()

    sign(works, wheels)

    assert FollowUp.objects.get().mutual_at is not None
    assert Introduction.objects.count() == 1


def test_the_code_of_the_paper_leads_to_the_card(client, session, wheels, works):
    client.force_login(wheels.user)
    typed = code_of(session, wheels, works).replace("-", " ").lower()

    answer = client.post(url("card_find", wheels), {"code": typed})

    assert answer.status_code == 302
    assert answer.url.startswith(
        url("followup_detail", wheels, works.registration.public_id)
    )
    assert "Remplir la fiche" in " ".join(
        client.get(answer.url).content.decode().split()
    )


@pytest.mark.parametrize("typed", ["", "ZZZ-ZZZ", "٣٣٣-٣٣٣", "x" * 5000])
def test_an_unknown_code_leads_nowhere_with_a_message(client, wheels, works, typed):
    client.force_login(wheels.user)

    answer = client.post(url("card_find", wheels), {"code": typed}, follow=True)

    assert "n’est celui d’aucune de vos rencontres" in answer.content.decode()


def test_a_code_is_the_pairs_and_reads_what_hands_write(session, wheels, works):
    code = code_of(session, wheels, works)

    assert code == code_of(session, works, wheels)
    assert set(code) - {"-"} <= set(ALPHABET)
    assert read_code(f" {code.lower().replace('-', '')} ") == code
    assert read_code("oIl-0o1") == "011-001"


def test_a_third_organisation_has_no_card_of_the_pair(client, session, wheels, works):
    third = Side(session, "Tierce")
    both_say_yes(wheels, works)
    write(wheels, works)
    client.force_login(third.user)

    for name in ("card_write", "card_sign"):
        where = url(name, third, works.registration.public_id)
        assert client.post(where, {"version": "1"}).status_code == 404
    assert len(signed()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"avant": "2019-01-01"},
        {"avant": "demain"},
        {"quoi": "x" * 301},
        {"appelle": "tous"},
        {"version": "-1"},
        {"version": "٣"},
    ],
    ids=str,
)
def test_what_cannot_be_promised_is_refused(client, wheels, works, wrong):
    both_say_yes(wheels, works)
    client.force_login(wheels.user)
    right = {
        "appelle": "nous",
        "avant": SOON.isoformat(),
        "quoi": "Visiter l’atelier",
        "version": "0",
    }

    answer = client.post(
        url("card_write", wheels, works.registration.public_id), {**right, **wrong}
    )

    assert answer.status_code == 422
    assert not Commitment.objects.exists()
