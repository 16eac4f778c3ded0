"""The private parts of an organisation, its drafts, and who belongs to it."""

import datetime as dt

from django.utils import timezone

from alliances.enums import ActorKind, FragilityDomain, Means, PartnershipType
from alliances.models import Exclusion, Intention, Membership, Organisation
from tests.authorisation.neighbours import PARTNER
from tests.authorisation.variations import varies
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory


@varies()
def the_answer_about_refusals(a, world, chance):
    answered = timezone.now() - dt.timedelta(days=chance.randint(1, 90))
    Organisation.objects.filter(pk=a.pk).update(exclusions_answered_at=answered)


@varies()
def the_reasons_of_refusals(a, world, chance):
    words = f"ZQAexclusion {chance.random()}"
    Exclusion.objects.filter(organisation=a).update(reason=words)


@varies()
def a_refusal_of_nobody_here(a, world, chance):
    kind = chance.choice([ActorKind.ACADEMIC, ActorKind.FOUNDATION])
    Exclusion.objects.create(organisation=a, kind=kind, reason="ZQAexclusion")


@varies()
def the_members(a, world, chance):
    Membership.objects.create(
        user=UserFactory(name="ZQApersonne nouvelle"),
        organisation=a,
        role=chance.choice(["contributor", "referent", "signatory"]),
    )


# A partner reads how to reach the lead contact, with their consent.
@varies(PARTNER)
def the_lead_contact(a, world, chance):
    theirs = Membership.objects.filter(organisation=a)
    theirs.update(is_lead=False)
    theirs.filter(pk=chance.choice(list(theirs.values_list("pk", flat=True)))).update(
        is_lead=True
    )


@varies()
def a_draft(a, world, chance):
    IntentionFactory(
        organisation=a,
        is_default=False,
        title="ZQAbrouillon",
        state=Intention.State.DRAFT,
        types=[chance.choice(list(PartnershipType))],
        domains=chance.sample(list(FragilityDomain), 2),
        needs=chance.sample(list(Means), 2),
        offers=chance.sample(list(Means), 2),
    )
