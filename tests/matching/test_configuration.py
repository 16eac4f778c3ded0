import pytest

from matching import kernel
from matching.models import Configuration, Proposal, Run
from matching.services.configuration import VersionTakenError, activate_configuration
from matching.services.runs import active_configuration
from tests.factories.matching import compute, worked_pair

pytestmark = pytest.mark.django_db


def changed(version="2027.1", half_distance_km=10.0):
    content = kernel.default_configuration().to_mapping()
    content["version"] = version
    content["settings"]["territory.half_distance_km"]["value"] = half_distance_km
    return content


def test_the_published_configuration_is_stored_at_first_use():
    first, second = active_configuration(), active_configuration()

    assert (first, first.is_active) == (second, True)
    assert kernel.Configuration.from_mapping(first.content) == (
        kernel.default_configuration()
    )


def test_a_version_stored_before_the_tables_may_be_made_active_again():
    stored = active_configuration()
    former = kernel.default_configuration().to_mapping()
    former["settings"] = {
        name: setting
        for name, setting in former["settings"].items()
        if not name.startswith("coalition.")
    }
    Configuration.objects.filter(pk=stored.pk).update(content=former)

    row = activate_configuration(
        kernel.default_configuration().to_mapping(), reason="La même."
    )

    assert row == stored


def test_a_new_version_is_kept_with_its_reason_and_asks_for_a_whole_run():
    worked_pair()
    former = compute().configuration

    row = activate_configuration(changed(), reason="Mesures de novembre.")

    former.refresh_from_db()
    assert (former.is_active, row.is_active, row.reason) == (
        False,
        True,
        "Mesures de novembre.",
    )
    assert Run.objects.active().get().configuration == row
    assert Proposal.objects.get().run.configuration == former


def test_a_version_is_never_rewritten():
    activate_configuration(changed(), reason="Premier essai.")

    with pytest.raises(VersionTakenError):
        activate_configuration(changed(half_distance_km=5.0), reason="Second essai.")

    assert Configuration.objects.get(version="2027.1").content == changed()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_change_needs_its_reason(reason):
    with pytest.raises(ValueError, match="reason"):
        activate_configuration(changed(), reason=reason)

    assert Configuration.objects.count() == 0


def test_an_invalid_configuration_is_refused():
    content = changed()
    content["settings"]["weight.needs"]["value"] = -1

    with pytest.raises(ValueError, match=r"weight\.needs"):
        activate_configuration(content, reason="Erreur de saisie.")
