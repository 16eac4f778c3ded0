"""The worked pair of docs/matching.md."""

import numpy as np

from matching.kernel import (
    TYPES,
    Intention,
    Territories,
    build_profiles,
    default_configuration,
    prepare,
    score_pair,
)

territories = Territories(
    np.array([900.0, 100.0]), {"SMALL": np.array([0]), "LARGE": np.array([0, 1])}
)
association = Intention(
    public_id="association",
    organisation="association",
    kind="association",
    square=(20, 20, 50, 10),
    needs=(("donation", None), ("premises", None)),
    offers=(("networks", None),),
    domains={"mobility": 10},
    perimeter=("SMALL",),
)
company = Intention(
    public_id="company",
    organisation="company",
    kind="company",
    square=(10, 70, 10, 10),
    needs=(("networks", None), ("credibility", None)),
    offers=(("donation", None), ("networks", None)),
    domains={"mobility": 10},
    perimeter=("LARGE",),
)


def test_the_worked_pair_scores_as_written():
    profiles = build_profiles([association, company], territories)
    prepared = prepare(profiles, default_configuration())

    ranking = score_pair(prepared, 0, 1)

    patronage = TYPES.index("patronage")
    np.testing.assert_allclose(
        ranking.low_components[patronage],
        [0.8667, 0.5, 1.0, 1.0, np.nan],
        atol=5e-5,
    )
    np.testing.assert_allclose(
        ranking.high_components[patronage],
        [0.7667, 0.35, 1.0, 1.0, np.nan],
        atol=5e-5,
    )
    found = [
        ranking.low_score[patronage],
        ranking.high_score[patronage],
        ranking.score[patronage],
        ranking.confidence[patronage],
    ]
    np.testing.assert_allclose(found, [0.8070, 0.7333, 0.7693, 0.95], atol=5e-5)
