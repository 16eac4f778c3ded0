"""A territory, its organisations, and the balanced sets computed as a worker would."""

import datetime as dt

from alliances.enums import ActorKind, MandateRole, Means
from alliances.models import Mandate
from jobs.services import run_job
from matching.services.balances import request_balance
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory


def catalyst_of(territory, role=MandateRole.CATALYST, **person):
    user = UserFactory(**person)
    add_second_factor(user)
    Mandate.objects.create(
        user=user, territory=territory, role=role, starts_on=dt.date(2026, 1, 1)
    )
    return user


def share(territory):
    """Compute and store the four sets; return them by type."""
    job = request_balance(territory)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.is_done, job.error
    return {one.type: one for one in territory.balanced_sets.all()}


def town(associations=3, companies=2, budget=1, **values):
    """Return a town where companies give what associations need."""
    commune = TerritoryFactory(name="Clisson")
    groups = (
        (
            associations,
            "Association",
            "association",
            [Means.DONATION],
            [Means.NETWORKS],
        ),
        (companies, "Société", ActorKind.COMPANY, [Means.NETWORKS], [Means.DONATION]),
    )
    found = []
    for count, name, kind, needs, offers in groups:
        found.append(
            [
                IntentionFactory(
                    organisation=OrganisationFactory(
                        name=f"{name} {number}",
                        kind=kind,
                        seat=commune,
                        general_interest=kind == "association" or None,
                        solicitation_budget=budget,
                        **values,
                    ),
                    needs=needs,
                    offers=offers,
                ).organisation
                for number in range(count)
            ]
        )
    return commune, *found
