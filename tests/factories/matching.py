"""Small worlds to match, with figures that can be checked by hand."""

import itertools
import random

from alliances.enums import ActorKind, FragilityDomain, Means
from alliances.models import Intention, IntentionDomain, Need, Offer, Organisation
from jobs.models import Job
from jobs.services import next_due, run_job
from matching import kernel
from matching.models import Proposal
from matching.services.changes import REFRESH_JOB
from matching.services.configuration import activate_configuration
from matching.services.following import follow
from matching.services.runs import CLEAR_JOB, KINDS, request_run
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


def _impatient(run):
    """Tell why at once, rather than wait for another attempt."""
    failed = Job.objects.open().filter(kind__in=KINDS).exclude(error="").first()
    assert failed is None, failed.error


def compute(territory=None):
    """Compute and store everything, as a worker would."""
    run = follow(request_run(territory), _impatient)
    while job_id := next_due(CLEAR_JOB):
        run_job(job_id)
    return run


def keep_short_lists(kept=5):
    """Make lists short, so that a small population overflows them."""
    content = kernel.default_configuration().to_mapping()
    content["version"] = f"short-{kept}"
    content["settings"]["list.kept"]["value"] = kept
    return activate_configuration(content, reason="Listes courtes pour les essais.")


def refresh():
    """Do the job that edits queued, without waiting that they settle."""
    job = Job.objects.waiting().get(kind=REFRESH_JOB)
    Job.objects.filter(pk=job.pk).update(not_before=job.created_at)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.is_done, job.error


def stored():
    """Everything that is stored of each pair, by the pair."""
    columns = [
        "scores",
        "confidence",
        "low_objectives",
        "low_needs",
        "high_objectives",
        "high_needs",
        "domains",
        "territory",
        "proximity",
        "best_type",
        "best_score",
        "named_type",
        "naming_reason",
        "low_ranks",
        "high_ranks",
        "warnings",
    ]
    rows = Proposal.objects.values_list("low_id", "high_id", *columns)
    return {(low, high): tuple(values) for low, high, *values in rows}


def population(n, *, seed=1, n_communes=60):
    """Store ``n`` varied organisations, each with one complete intention, in bulk."""
    draw = random.Random(seed)
    communes = [
        TerritoryFactory(
            latitude_deg=46 + draw.random() * 2,
            longitude_deg=-2 + draw.random() * 2,
            population=draw.randint(100, 50_000),
        )
        for _ in range(n_communes)
    ]
    departments = [
        TerritoryFactory(department=True, communes=communes[start::4])
        for start in range(4)
    ]
    places = communes + departments
    organisations = Organisation.objects.bulk_create(
        Organisation(
            name=f"Organisation {i}",
            key=f"org-{i}",
            kind=draw.choice(["association", "association", "company", "company"])
            if draw.random() < 0.8
            else draw.choice(ActorKind.values),
            seat=draw.choice(communes),
            size=draw.choice(["", "micro", "sme", "large"]),
            staff=draw.choice([None, 2, 40, 9_000]),
            general_interest=draw.choice([None, True, True, False]),
            maturity=draw.choice([None, 0, 1, 2, 3]),
            values=draw.sample(
                ["proximite", "sobriete", "egalite"], draw.randint(0, 2)
            ),
            sectors=draw.sample(["88", "62", "batiment", "velo"], draw.randint(0, 2)),
        )
        for i in range(n)
    )
    intentions = Intention.objects.bulk_create(
        _intention(organisation, draw) for organisation in organisations
    )
    _side_tables(intentions, draw, places)
    return intentions


def _intention(organisation, draw):
    cuts = sorted(draw.randint(0, 20) * 5 for _ in range(3))
    square = [b - a for a, b in itertools.pairwise([0, *cuts, 100])]
    names = ("square_hr", "square_stk", "square_eco", "square_inn")
    return Intention(
        organisation=organisation,
        is_default=True,
        phase=draw.choice(["", "", "r_and_d", "deployment"]),
        **dict(zip(names, square, strict=True)),
    )


def _side_tables(intentions, draw, places):
    domains, needs, offers, perimeters = [], [], [], []
    through = Intention.perimeter.through
    for one in intentions:
        for code in draw.sample(FragilityDomain.values, draw.randint(1, 4)):
            weight = draw.randint(1, 10)
            domains.append(IntentionDomain(intention=one, domain=code, weight=weight))
        for model, rows in ((Need, needs), (Offer, offers)):
            for code in draw.sample(Means.values, draw.randint(1, 5)):
                place = draw.choice(places) if draw.random() < 0.01 else None
                rows.append(model(intention=one, means=code, territory=place))
        perimeters += [
            through(intention=one, territory=place)
            for place in draw.sample(places, draw.randint(0, 2))
        ]
    IntentionDomain.objects.bulk_create(domains)
    Need.objects.bulk_create(needs)
    Offer.objects.bulk_create(offers)
    through.objects.bulk_create(perimeters)
