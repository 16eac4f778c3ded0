"""What was written down of A and B: their journals hold what is most private."""

import pghistory
from django.utils import timezone

from alliances.enums import MembershipRole
from alliances.models import Exclusion, Interest, Membership, Organisation
from alliances.models.introduction import ANSWER_LIFETIME
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.elevation import PrivilegedReadFactory

RESPONSIBLE = {
    "A": {"referent_a", "signatory_a"},
    "B": {"signatory_b"},
}


def add(world):
    now = timezone.now()
    for letter, responsible in RESPONSIBLE.items():
        organisation = world.organisations[letter]
        former = UserFactory(
            name="Ancienne personne", email=f"zq{letter}journal@exemple.test"
        )
        with pghistory.context(user=former.pk):
            _change(organisation, f"ZQ{letter}journal", former, now)
        PrivilegedReadFactory(
            organisation=organisation,
            what=f"ZQ{letter}journal",
            elevation__reason=f"ZQ{letter}journal, demande d’aide",
        )
        world.admit("alliances:organisation_journal", letter, *responsible)
        world.keep_secret(f"ZQ{letter}journal", known_to=responsible)
        world.keep_secret(f"zq{letter}journal", known_to=responsible)


def _change(organisation, canary, former, now):
    """Leave traces that only the journal still tells."""
    kept = organisation.values
    Organisation.objects.filter(pk=organisation.pk).update(values=[canary])
    Organisation.objects.filter(pk=organisation.pk).update(values=kept)
    Exclusion.objects.create(organisation=organisation, sector=canary).delete()
    Membership.objects.create(
        organisation=organisation, user=former, role=MembershipRole.CONTRIBUTOR
    ).delete()
    Interest.objects.create(
        organisation=organisation,
        other=OrganisationFactory(name="Une autre"),
        answer="yes",
        answered_at=now,
        expires_at=now + ANSWER_LIFETIME,
    )
