"""The interface keeps its word: generated requests by five people, on real objects.

No failure of the server, no answer that the schema does not announce, no body of
another shape than announced.
"""

from itertools import cycle

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    positive_data_acceptance,
)

from tests.authorisation.tally import COUNTS
from tests.authorisation.world import World, build

pytestmark = pytest.mark.django_db

PERSONAS = ("visitor", "contributor_a", "signatory_b", "catalyst_here", "administrator")
CASES_IN_THE_GATE, CASES_IN_ALL = 10, 250
# Public operations answer the same whatever credentials come with them; and no schema
# can say which names of places exist: a sentence refuses the others.
NOT_FOR_US = [ignored_auth, positive_data_acceptance]


def operations():
    schema = schemathesis.openapi.from_dict(
        SchemaGenerator().get_schema(request=None, public=True)
    )
    schema.app = get_wsgi_application()
    return [result.ok() for result in schema.get_all_operations()]


OPERATIONS = operations()


@pytest.fixture
def _the_connection_of_the_test():
    """Keep the connection, whose transaction holds the world, from request to request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def identifiers(world: World) -> list[dict[str, str]]:
    """Real identifiers, so that more than absences is asked: first what is one's own."""
    organisations = (each.public_id for each in world.organisations.values())
    territories = cycle(each.reference for each in world.territories.values())
    return [
        {"public_id": public_id, "reference": reference}
        for public_id, reference in zip(organisations, territories, strict=False)
    ]


def keeps_its_word(operation, persona, examples):
    """Return how many generated requests were answered, each as announced."""
    world = build()
    real = identifiers(world)
    cookies = {n: kept.value for n, kept in world.client(persona).cookies.items()}
    answered = {"found": 0, "all": 0}

    def ask(case, given):
        for name in case.path_parameters or ():
            case.path_parameters[name] = given.get(name, case.path_parameters[name])
        response = case.call(cookies=cookies)
        case.validate_response(response, excluded_checks=NOT_FOR_US)
        answered["all"] += 1
        answered["found"] += response.status_code < 300

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), given=st.just({}) | st.sampled_from(real))
    def ask_anything(case, given):
        ask(case, given)

    # That something is found is not left to chance.
    names = operation.path_parameters
    ask(operation.Case(path_parameters={each.name: "" for each in names}), real[0])
    ask_anything()
    COUNTS["contract requests"] += answered["all"]
    return answered


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
@pytest.mark.usefixtures("_the_connection_of_the_test")
def test_an_operation_answers_as_announced(operation):
    answered = keeps_its_word(operation, "contributor_a", CASES_IN_THE_GATE)

    assert answered["found"] > 0, "only refusals prove little"


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
@pytest.mark.usefixtures("_the_connection_of_the_test")
def test_an_operation_answers_everybody_as_announced(operation, persona):
    answered = keeps_its_word(operation, persona, CASES_IN_ALL)

    assert answered["found"] > 0, "only refusals prove little"
