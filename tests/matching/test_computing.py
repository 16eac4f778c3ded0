import pytest

from matching.models import Proposal, Run
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


def test_the_worked_pair_is_stored_with_its_figures():
    association, company = worked_pair()

    run = compute()

    proposal = Proposal.objects.get()
    assert (run.state, run.proposal_count, run.error) == (Run.State.DONE, 1, "")
    assert (proposal.low, proposal.high) == (association, company)
    assert proposal.low_objectives[0] == pytest.approx(0.866667, abs=1e-6)
    assert proposal.high_objectives[0] == pytest.approx(0.766667, abs=1e-6)
    assert proposal.low_needs[0] == pytest.approx(0.5)
    assert proposal.high_needs[0] == pytest.approx(0.35)
    assert (proposal.domains, proposal.territory) == (pytest.approx(1.0), 1.0)
    assert proposal.proximity is None
    assert proposal.confidence == pytest.approx(0.95)
    assert proposal.scores[0] == pytest.approx(0.7693, abs=5e-5)
