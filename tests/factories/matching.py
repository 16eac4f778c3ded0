"""Small worlds to match, with figures that can be checked by hand."""

from alliances.enums import ActorKind, Means
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory


def worked_pair():
    """The pair of docs/matching.md, "A worked pair"; return (association, company)."""
    commune = TerritoryFactory()
    department = TerritoryFactory(department=True, communes=[commune])
    association = IntentionFactory(
        organisation=OrganisationFactory(
            name="Association", key="asso", general_interest=True, seat=commune
        ),
        square_hr=20,
        square_stk=20,
        square_eco=50,
        square_inn=10,
        needs=[Means.DONATION, Means.PREMISES],
        offers=[Means.NETWORKS],
    )
    company = IntentionFactory(
        organisation=OrganisationFactory(
            name="Entreprise", key="ent", kind=ActorKind.COMPANY, seat=commune
        ),
        square_hr=10,
        square_stk=70,
        square_eco=10,
        square_inn=10,
        needs=[Means.NETWORKS, Means.CREDIBILITY],
        offers=[Means.DONATION, Means.NETWORKS],
        perimeter=[department],
    )
    return association, company


def compute(territory=None):
    """Compute and store everything, as a worker would."""
    from jobs.services import run_job
    from matching.services.runs import job_of, request_run

    run = request_run(territory)
    run_job(job_of(run).pk)
    run.refresh_from_db()
    return run
