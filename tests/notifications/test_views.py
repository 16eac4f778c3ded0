"""The list of one's news, and one's choices."""

import pytest
from django.urls import reverse

from notifications.models import Notification, Preference
from notifications.registry import Frequency
from notifications.services import notify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

LIST = "/notifications/"
# Session, person, and what decides whether a second factor is needed.
SIGNED_IN = 3  # session, person, second factor


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def tell(kind, *people, key="1", path="/territoires/"):
    for person in people:
        notify(
            kind,
            [person],
            key=key,
            path=path,
            context={"organisation": "<Les Ateliers>"},
        )


@pytest.mark.parametrize("count", [1, 15])
def test_a_longer_list_costs_no_more_queries(
    client, person, new_kind, django_assert_num_queries, count
):
    kind = new_kind()
    for number in range(count):
        tell(kind, person, key=str(number))

    with django_assert_num_queries(SIGNED_IN + 3):  # count, page, unread
        page = client.get(LIST)

    text = page.content.decode()
    assert text.count("&lt;Les Ateliers&gt; vous a répondu.") == 3 * count
    assert text.count("Non lue") == count


def test_a_page_says_how_much_is_unread_with_one_query(
    client, person, new_kind, django_assert_num_queries
):
    kind = new_kind()
    tell(kind, person, key="1")
    tell(kind, person, key="2")

    with django_assert_num_queries(3):  # session, person, unread
        page = client.get("/mentions-legales/")

    assert "2 notifications non lues" in page.content.decode()


def test_opening_a_piece_of_news_reads_it_and_goes_there(client, person, new_kind):
    tell(new_kind(), person)
    news = Notification.objects.get()

    answer = client.post(f"{LIST}{news.public_id}/")

    news.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/territoires/")
    assert news.read_at is not None


def test_a_first_reading_is_kept(client, person, new_kind):
    tell(new_kind(), person)
    news = Notification.objects.get()
    client.post(f"{LIST}{news.public_id}/", {"stay": "1"})
    first = Notification.objects.get().read_at

    client.post(f"{LIST}{news.public_id}/")

    assert Notification.objects.get().read_at == first


def test_somebody_elses_news_is_not_there(client, person, new_kind):
    tell(new_kind(), UserFactory())
    news = Notification.objects.get()

    assert client.post(f"{LIST}{news.public_id}/").status_code == 404
    assert "Ateliers" not in client.get(LIST).content.decode()
    client.post("/notifications/lues/")
    assert Notification.objects.get().read_at is None


def test_everything_is_read_at_once(client, person, new_kind):
    kind = new_kind()
    for key in "123":
        tell(kind, person, key=key)

    page = client.post("/notifications/lues/", follow=True)

    assert "3 notifications marquées comme lues." in page.content.decode()
    assert Notification.objects.filter(read_at=None).count() == 0


def test_news_of_a_kind_that_has_gone_breaks_nothing(client, person):
    Notification.objects.create(user=person, kind="gone", key="1", path="/a/")

    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "9999999", "x", "٣", ""])
def test_any_page_number_answers(client, person, page):
    assert client.get(LIST, {"page": page}).status_code == 200


def test_choices_are_stored_and_what_waits_follows(client, person, new_kind):
    kind = new_kind(frequency=Frequency.DAILY)
    new_kind("vital", is_essential=True)
    tell(kind, person)

    client.post(
        reverse("notifications:preference_edit"),
        {kind.code: "weekly", "vital": "never"},
    )

    stored = Preference.objects.values_list("user", "kind", "frequency")
    assert list(stored) == [(person.pk, kind.code, "weekly")]
    assert Notification.objects.get().digest == "weekly"


@pytest.mark.parametrize("value", ["", "hourly", "٣", "x" * 10_000])
def test_a_choice_that_is_not_offered_is_refused(client, person, new_kind, value):
    kind = new_kind()

    answer = client.post(reverse("notifications:preference_edit"), {kind.code: value})

    assert answer.status_code == 422
    assert Preference.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in(client):
    for path in (LIST, "/compte/notifications/"):
        assert client.get(path).status_code == 302


def test_staff_rereads_every_letter(admin_client, client, new_kind):
    new_kind(
        template="{% load partials %}{% partialdef subject %}De {{ organisation }}"
        "{% endpartialdef %}{% partialdef sentence %}{% if person %}{{ person }}"
        "{% endif %} {{ unheard_of }}{% endpartialdef %}{% partialdef body %}Bonjour"
        "{% endpartialdef %}"
    )

    text = admin_client.get("/administration/courriels/").content.decode()

    assert "De Les Vélos de la Loire" in text
    assert "Camille Martin [unheard_of]" in text
    assert '<div class="letter"' in text
    client.force_login(UserFactory())
    assert client.get("/administration/courriels/").status_code == 404
