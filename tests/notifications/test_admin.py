"""Staff look at the log, and send again what was set aside."""

import pytest
from django.core import mail
from django.utils import timezone

from jobs.services import drain
from notifications.models import Delivery, Notification, Suppression
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

LOG = "/administration/notifications/delivery/"


def letter(person, **fields):
    return Delivery.objects.create(
        user=person, kind="test.answer", message_id=f"<{fields['key']}@a>", **fields
    )


@pytest.mark.parametrize("count", [1, 5])
def test_a_longer_log_costs_no_more_queries(
    admin_client, django_assert_max_num_queries, count
):
    for number in range(count):
        letter(UserFactory(), key=str(number))

    with django_assert_max_num_queries(9):
        page = admin_client.get(LOG)

    assert page.content.decode().count("test.answer") >= count


def test_a_letter_that_was_set_aside_is_sent_again(admin_client, new_kind):
    new_kind()
    person = UserFactory()
    Notification.objects.create(
        user=person,
        kind="test.answer",
        key="1",
        path="/a/",
        context={"organisation": "A"},
    )
    failed = letter(person, key="1", state="failed", ended_at=timezone.now())

    admin_client.post(LOG, {"action": "send_again", "_selected_action": [failed.pk]})
    drain()

    assert [m.to for m in mail.outbox] == [[person.email]]


def test_what_an_invitation_opens_is_not_shown(admin_client):
    invited = Delivery.objects.create(
        address="a@exemple.test",
        kind="test.answer",
        key="1",
        message_id="<1@a>",
        path="/jeton-secret/",
        context={"a": "jeton-secret"},
    )

    page = admin_client.get(f"{LOG}{invited.pk}/change/")

    assert page.status_code == 200
    assert "jeton-secret" not in page.content.decode()


def test_an_address_is_found_by_its_fingerprint(admin_client):
    Suppression.objects.create(
        address_digest=Suppression.digest_of("a@exemple.test"), reason="refused"
    )

    page = admin_client.get(
        "/administration/notifications/suppression/", {"q": "A@exemple.test"}
    )

    assert "refusée par son serveur" in page.content.decode()
