"""What two organisations say about each other."""

from datetime import timedelta

import factory
from django.utils import timezone

from alliances.models import (
    Block,
    Conversation,
    Interest,
    Introduction,
    Message,
    Report,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory


class InterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interest

    organisation = factory.SubFactory(OrganisationFactory)
    other = factory.SubFactory(OrganisationFactory)
    answer = Interest.Answer.YES
    answered_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))


class BlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Block

    organisation = factory.SubFactory(OrganisationFactory)
    other = factory.SubFactory(OrganisationFactory)


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    organisation = factory.SubFactory(OrganisationFactory)
    reason_code = "other"


def introduced(one, other, **fields):
    """An introduction of the two, in the order that the base asks for."""
    low, high = sorted((one, other), key=lambda organisation: organisation.pk)
    return Introduction.objects.create(
        low=low, high=high, **({"opened_at": timezone.now()} | fields)
    )


def wrote(introduction, organisation, **fields):
    """A message of ``organisation`` in the conversation of an introduction."""
    conversation, _ = Conversation.objects.get_or_create(introduction=introduction)
    values = {"author": UserFactory(), "body": "Bonjour", "key": "un"} | fields
    return Message.objects.create(
        conversation=conversation,
        organisation=organisation,
        sent_at=timezone.now(),
        **values,
    )
