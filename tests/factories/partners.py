"""What an organisation states of another one."""

import factory

from alliances.models import Block, Report
from tests.factories.alliances import OrganisationFactory


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
