import io
import random

import pytest
from django.core.management import CommandError, call_command

from matching.models import COMPONENTS, Configuration, Run, Signal
from matching.selectors.learning import lessons
from matching.services.runs import active_configuration
from tests.factories.alliances import OrganisationFactory
from tests.factories.introductions import introduce

pytestmark = pytest.mark.django_db

NEEDS = COMPONENTS.index("needs")


def turned_out(count, *, is_good, needs, reason="", draw=None):
    """Pairs that turned out so, with needs around a value."""
    draw = draw or random.Random(0)
    for _ in range(count):
        introduction = introduce(OrganisationFactory(), OrganisationFactory())
        components = [draw.random() for _ in COMPONENTS]
        components[NEEDS] = min(max(needs + draw.uniform(-0.2, 0.2), 0), 1)
        kinds = [("accepted", ""), ("met", "") if is_good else ("declined", reason)]
        Signal.objects.bulk_create(
            Signal(
                introduction=introduction,
                kind=kind,
                reason=said,
                configuration=active_configuration(),
                components=components,
            )
            for kind, said in kinds
        )


def clear_lessons():
    draw = random.Random(1)
    turned_out(40, is_good=True, needs=0.7, draw=draw)
    turned_out(36, is_good=False, needs=0.3, reason="means", draw=draw)
    turned_out(4, is_good=False, needs=0.3, reason="too_far", draw=draw)
    turned_out(9, is_good=False, needs=0.9, reason="no_time", draw=draw)


def learn(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("learn_weights", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def weights(configuration):
    settings = configuration.content["settings"]
    return {name: settings[f"weight.{name}"]["value"] for name in COMPONENTS}


def test_without_signals_nothing_is_proposed():
    out, err = learn()

    assert out.splitlines()[0] == (
        "0 mises en relation : 0 où les deux se sont parlé, 0 closes pour une raison "
        "qui tient à la paire."
    )
    assert out.count("trop peu de paires (0 et 0, il en faut 30 de chaque)") == 5
    assert out.splitlines()[-1] == "Aucun poids n’est proposé."
    assert err == ""


def test_few_pairs_propose_nothing_however_clear():
    turned_out(29, is_good=True, needs=0.9)
    turned_out(29, is_good=False, needs=0.1, reason="means")

    assert lessons().proposed is None


def test_reasons_that_are_not_about_the_pair_do_not_count():
    turned_out(40, is_good=True, needs=0.9)
    turned_out(40, is_good=False, needs=0.1, reason="found")

    found = lessons()

    assert (found.good, found.poor, found.proposed) == (40, 0, None)


def test_the_report_says_what_pairs_tell_and_its_effect():
    clear_lessons()

    out, _ = learn()

    lines = out.splitlines()
    assert "40 où les deux se sont parlé, 40 closes" in lines[0]
    assert "  Nous n’avons pas les moyens recherchés : 36" in lines
    assert "  Nos territoires sont trop éloignés : moins de 5" in lines
    (needs,) = (line for line in lines if line.startswith("  Besoins"))
    assert needs.endswith("0.300 → 0.339")
    assert sum("recall@5" in line and "n = " in line for line in lines) == 2
    assert Configuration.objects.filter(is_active=True).get().version == "2026.1"


def test_a_person_accepts_and_says_why():
    clear_lessons()

    _, err = learn("--accept", "--reason", "Les besoins comptent plus.")

    row = Configuration.objects.get(is_active=True)
    assert err == "Version 2026.1+1 active ; un calcul complet est demandé.\n"
    assert (row.version, row.reason) == ("2026.1+1", "Les besoins comptent plus.")
    assert weights(row)["needs"] == 0.339
    assert sum(weights(row).values()) == pytest.approx(1)
    assert row.content["settings"]["weight.needs"]["origin"] == "DERIVED"
    assert Run.objects.active().get().configuration == row
    assert weights(Configuration.objects.get(version="2026.1"))["needs"] == 0.3


def test_accepting_again_numbers_the_next_version():
    clear_lessons()

    learn("--accept", "--reason", "Une fois.")
    learn("--accept", "--reason", "Deux fois.")

    versions = Configuration.objects.order_by("pk").values_list("version", flat=True)
    assert list(versions) == ["2026.1", "2026.1+1", "2026.1+2"]


@pytest.mark.parametrize("reason", [[], ["--reason", "  "]])
def test_accepting_needs_a_reason(reason):
    clear_lessons()

    with pytest.raises(CommandError, match="--reason") as refusal:
        learn("--accept", *reason)

    assert refusal.value.returncode == 2
    assert Configuration.objects.count() == 1


def test_there_is_nothing_to_accept_when_nothing_is_proposed():
    with pytest.raises(CommandError, match="Rien n’est proposé"):
        learn("--accept", "--reason", "Pour voir.")

    assert not Configuration.objects.exclude(version="2026.1").exists()
