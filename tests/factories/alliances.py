import factory

from alliances.enums import ActorKind, FragilityDomain, Means, MembershipRole
from alliances.models import (
    Intention,
    IntentionDomain,
    Membership,
    Need,
    Offer,
    Organisation,
)
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.territories import TerritoryFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = ActorKind.ASSOCIATION
    seat = factory.SubFactory(TerritoryFactory)


class IntentionFactory(factory.django.DjangoModelFactory):
    """A complete intention, ready to be matched."""

    class Meta:
        model = Intention
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    is_default = True
    square_hr = 25
    square_stk = 25
    square_eco = 25
    square_inn = 25

    @factory.post_generation
    def domains(self, create, extracted, **kwargs):
        for domain in [FragilityDomain.MOBILITY] if extracted is None else extracted:
            IntentionDomain.objects.create(intention=self, domain=domain)

    @factory.post_generation
    def needs(self, create, extracted, **kwargs):
        for means in [Means.DONATION] if extracted is None else extracted:
            Need.objects.create(intention=self, means=means)

    @factory.post_generation
    def offers(self, create, extracted, **kwargs):
        for means in [Means.NETWORKS] if extracted is None else extracted:
            Offer.objects.create(intention=self, means=means)

    @factory.post_generation
    def perimeter(self, create, extracted, **kwargs):
        self.perimeter.set(extracted or [])


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MembershipRole.REFERENT

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        signs = self.role == MembershipRole.SIGNATORY
        if create and (signs if extracted is None else extracted):
            add_second_factor(self.user)
