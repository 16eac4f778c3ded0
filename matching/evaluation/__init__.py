"""Whether the engine finds real partnerships again, and names them well.

How to call it::

    study = study_of(rows)                       # rows of portal/data/partnerships.csv
    found = outcomes(study, configuration)       # one outcome by pair
    quality_of([one for one in found if one.pair.is_told])

The rule that turns rows into intentions, the part kept aside, the decoys and the latest
figures are explained in docs/evaluation.md. Pure: no Django, no clock, no file.
"""

from matching.evaluation.baselines import plain_sum, same_place_same_cause
from matching.evaluation.encoding import RealPair, encode, is_kept_aside
from matching.evaluation.measures import Measure, Quality, quality_of
from matching.evaluation.study import (
    Outcome,
    Study,
    Way,
    engine,
    outcomes,
    study_of,
)
from matching.evaluation.validation import (
    Chosen,
    changed,
    leave_one_out,
    namings,
    rankings,
    without,
)

__all__ = [
    "Chosen",
    "Measure",
    "Outcome",
    "Quality",
    "RealPair",
    "Study",
    "Way",
    "changed",
    "encode",
    "engine",
    "is_kept_aside",
    "leave_one_out",
    "namings",
    "outcomes",
    "plain_sum",
    "quality_of",
    "rankings",
    "same_place_same_cause",
    "study_of",
    "without",
]
