"""Two organisations in two communes, from which tests vary one thing at a time."""

from dataclasses import replace

import numpy as np

from matching.kernel import (
    Intention,
    Territories,
    build_profiles,
    default_configuration,
    prepare,
)

CONFIGURATION = default_configuration()
TERRITORIES = Territories(
    np.array([900.0, 100.0, 0.0, np.nan]),
    {
        "HERE": np.array([0]),
        "BESIDE": np.array([1]),
        "BOTH": np.array([0, 1]),
        "AWAY": np.array([2, 3]),
    },
)
ASSOCIATION = Intention(
    public_id="association",
    organisation="association",
    kind="association",
    square=(20, 20, 50, 10),
    needs=(("donation", None), ("premises", None)),
    offers=(("networks", None),),
    domains={"mobility": 10},
    perimeter=("HERE",),
    points=((43.3, 5.4),),
    general_interest=True,
)
COMPANY = Intention(
    public_id="company",
    organisation="company",
    kind="company",
    square=(10, 70, 10, 10),
    needs=(("networks", None), ("credibility", None)),
    offers=(("donation", None), ("networks", None)),
    domains={"mobility": 10},
    perimeter=("BOTH",),
    points=((43.3, 5.4),),
)


def prepared(*intentions, configuration=CONFIGURATION):
    """Prepare intentions; the two above by default."""
    chosen = intentions or (ASSOCIATION, COMPANY)
    return prepare(build_profiles(chosen, TERRITORIES), configuration)


def association(**changes):
    return replace(ASSOCIATION, **changes)


def company(**changes):
    return replace(COMPANY, **changes)


def configured(**values):
    """Return the default configuration with some values changed; dots are ``__``."""
    mapping = CONFIGURATION.to_mapping()
    for name, value in values.items():
        mapping["settings"][name.replace("__", ".")]["value"] = value
    return type(CONFIGURATION).from_mapping(mapping)
