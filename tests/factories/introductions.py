import datetime as dt

import factory
from django.utils import timezone

from alliances.models import Conversation, Interest, Introduction
from alliances.models.introduction import ANSWER_LIFETIME
from tests.factories.alliances import OrganisationFactory


class InterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interest

    organisation = factory.SubFactory(OrganisationFactory)
    other = factory.SubFactory(OrganisationFactory)
    answer = Interest.Answer.YES
    answered_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda one: one.answered_at + ANSWER_LIFETIME)


def introduce(one, other, *, days_ago=0, closed_days_ago=None, **fields):
    """An introduction of two organisations, open unless it was closed."""
    now = timezone.now()
    low, high = sorted((one, other), key=lambda side: side.pk)
    if closed_days_ago is not None:
        fields |= {
            "state": Introduction.State.DECLINED,
            "closed_at": now - dt.timedelta(days=closed_days_ago),
        }
    fields.setdefault("opened_at", now - dt.timedelta(days=days_ago))
    introduction = Introduction.objects.create(low=low, high=high, **fields)
    Conversation.objects.create(introduction=introduction)
    return introduction
