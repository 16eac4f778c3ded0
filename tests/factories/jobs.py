from datetime import UTC, datetime

import factory

from jobs.models import Job


class JobFactory(factory.django.DjangoModelFactory):
    kind = "test"

    class Meta:
        model = Job

    class Params:
        done = factory.Trait(
            claimed_at=datetime(2026, 1, 1, tzinfo=UTC),
            done_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        quarantined = factory.Trait(
            attempts=5,
            claimed_at=datetime(2026, 1, 1, tzinfo=UTC),
            quarantined_at=datetime(2026, 1, 1, tzinfo=UTC),
            error="boom",
        )
