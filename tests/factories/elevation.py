"""An administrator who may open the administration, and what they read there."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.models import Elevation
from alliances.models import PrivilegedRead
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory


class ElevationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Elevation

    user = factory.SubFactory(UserFactory, is_staff=True, is_superuser=True)
    reason = "Répondre à une demande d’aide"
    starts_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda it: it.starts_at + dt.timedelta(minutes=30))


class PrivilegedReadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PrivilegedRead

    elevation = factory.SubFactory(ElevationFactory)
    user = factory.SelfAttribute("elevation.user")
    organisation = factory.SubFactory(OrganisationFactory)
    what = "intention"


def elevated_administrator():
    """Somebody of staff, with every right, during an extended access."""
    return ElevationFactory().user
