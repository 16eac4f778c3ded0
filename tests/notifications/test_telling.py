"""What is told, to whom, once."""

import pytest
from django.core import mail

from jobs.services import drain
from notifications.models import Delivery, Notification
from notifications.services import notify, write_to
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

CONTEXT = {"organisation": "Les Ateliers du Cycle"}


def tell(kind, *people, key="1", **options):
    notify(kind, people, key=key, path="/propositions/", context=CONTEXT, **options)


def test_somebody_is_told_once_on_the_page_and_by_one_letter(new_kind):
    kind, person = new_kind(), UserFactory()

    tell(kind, person)
    tell(kind, person)
    drain()

    assert Notification.objects.filter(user=person).count() == 1
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([person.email], "Réponse de Les Ateliers du Cycle")
    ]


def test_an_address_without_an_account_is_written_to_once(new_kind):
    kind = new_kind()

    for address in ("Voisine@exemple.test", "voisine@exemple.test"):
        write_to(address, kind, key="1", path="/a/", context=CONTEXT)
    drain()

    assert [m.to for m in mail.outbox] == [["Voisine@exemple.test"]]
    sent = Delivery.objects.get()
    assert (sent.state, sent.path, sent.context) == ("sent", "", {})
