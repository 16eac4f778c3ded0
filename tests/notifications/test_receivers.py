import pytest
from allauth.account.models import EmailAddress

from accounts.services.erasure import Origin, erase
from notifications.models import Delivery, Notification, Preference, Suppression
from notifications.services import notify, write_to
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def silence(*addresses):
    for address in addresses:
        Suppression.objects.create(address_digest=Suppression.digest_of(address))


def test_no_fingerprint_of_who_is_erased_is_left():
    person, other = UserFactory(), UserFactory()
    EmailAddress.objects.create(user=person, email="b@exemple.test", verified=True)
    silence(person.email, "B@Exemple.test", other.email)

    erase(person.pk, Origin.PERSON)

    assert [row.address_digest for row in Suppression.objects.all()] == [
        Suppression.digest_of(other.email)
    ]


def test_an_address_that_was_never_proved_theirs_keeps_its_silence():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="b@exemple.test", verified=False)
    silence("b@exemple.test")

    erase(person.pk, Origin.PERSON)

    assert Suppression.objects.count() == 1


def test_who_is_erased_leaves_no_news_letter_nor_preference(new_kind):
    kind, person, other = new_kind(), UserFactory(), UserFactory()
    notify(kind, [person, other], key="1", path="/", context={"organisation": "A"})
    write_to(person.email.upper(), kind, key="1", path="/", context={})
    Preference.objects.create(user=person, kind="x", frequency="never")

    erase(person.pk, Origin.PERSON)

    assert [news.user for news in Notification.objects.all()] == [other]
    assert [letter.user for letter in Delivery.objects.all()] == [other]
    assert not Preference.objects.exists()
