"""News of a kind that only the tests know."""

import factory

from notifications.models import Notification
from notifications.registry import Kind, UnknownKindError, declare, kind_of
from tests.factories.accounts import UserFactory

CODE = "test_answer"


def answer_kind(**options) -> Kind:
    """Return the kind whose template is in tests/templates, declared if needed."""
    try:
        return kind_of(CODE)
    except UnknownKindError:
        return declare(Kind(CODE, "Une réponse, pour les essais", **options))


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    kind = factory.LazyFunction(lambda: answer_kind().code)
    key = factory.Sequence(str)
    path = "/territoires/"
    context = factory.LazyFunction(lambda: {"organisation": "Les Ateliers"})
