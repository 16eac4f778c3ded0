"""Requests to join and invitations."""

from datetime import timedelta

import factory
from django.utils import timezone

from alliances.enums import MembershipRole
from alliances.models import Claim, Invitation
from alliances.services.membership.terms import CLAIM_ANSWER, INVITATION_LIFETIME
from alliances.services.membership.tokens import digest_of
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory


def link_of(invitation):
    """The token that the factory gave to the link of ``invitation``."""
    return digest_of(invitation.email)[:20]


class ClaimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claim

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    position = "présidente"
    proof = "mon nom est sur le site"
    answer_by = factory.LazyFunction(lambda: timezone.now() + CLAIM_ANSWER)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"invitee{n}@exemple.test")
    role = MembershipRole.CONTRIBUTOR
    token_digest = factory.LazyAttribute(lambda row: digest_of(link_of(row)))
    invited_by = factory.SubFactory(UserFactory)
    sent_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    expires_at = factory.LazyFunction(lambda: timezone.now() + INVITATION_LIFETIME)
