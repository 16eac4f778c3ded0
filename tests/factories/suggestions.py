import datetime as dt

from django.utils import timezone

from alliances.enums import MandateRole
from alliances.models import Mandate, Suggestion
from alliances.models.suggestion import SUGGESTION_LIFETIME
from tests.factories.accounts import UserFactory, add_second_factor

DAY = dt.date(2026, 1, 1)


def catalyst_of(*territories, **values):
    """A person with a mandate over each of ``territories``, and a second factor."""
    person = UserFactory(**values)
    add_second_factor(person)
    for territory in territories:
        Mandate.objects.create(
            user=person, territory=territory, role=MandateRole.CATALYST, starts_on=DAY
        )
    return person


def suggestion_of(one, other, *, by, territory, days_ago=0, delivered=True, **values):
    """A suggestion, read by both unless told otherwise."""
    made = timezone.now() - dt.timedelta(days=days_ago)
    low, high = sorted((one, other), key=lambda side: side.pk)
    values = {
        "reason": "Le même quartier.",
        "created_at": made,
        "expires_at": made + SUGGESTION_LIFETIME,
        "delivered_at": made if delivered else None,
        **values,
    }
    return Suggestion.objects.create(
        low=low, high=high, by=by, territory=territory, **values
    )
