"""The matching engine: pure functions, records and arrays in, proposals out.

How to call it::

    territories = Territories(population, {"COM-13055": communes, ...})
    profiles = build_profiles([Intention(...), ...], territories)
    prepared = prepare(profiles, default_configuration())

    ranking = rank_all(prepared, top=30, progress=show)     # everyone, four types
    ranking = rank_all(prepared, rows=rows, top=30)         # the lists of some
    ranking = rank_all(prepared, compiled=True, threads=2)  # the same, sooner
    ranking = rank_one(prepared, row)                       # the lists of one
    four = score_pair(prepared, row, other)                 # one pair, four types
    facts = explain_pair(prepared, row, other)              # reasons, not sentences
    causes = obstacles(prepared, row, other)                # why it is not proposed
    pairs = score_candidates(reweighed(prepared, weights), candidates)   # what if

``Ranking`` has one row per pair and type, ``low < high`` (rows of ``profiles``: give
the intentions by increasing primary key); ``type``, ``best_type`` and ``named_type``
are positions in ``TYPES``, components are in the order of ``COMPONENTS`` with NaN for
unknown, ``warnings`` and ``naming_reason`` are bits read by ``warning_ids`` and
``naming_reasons``. A pair is ranked over all types by the row whose ``type`` is its
``best_type``. To work by blocks, and resume: ``rank_blocks`` then ``describe``. To keep
a population in memory and follow its changes: :class:`matching.kernel.index.Index`.

Conventions: scores are float64 in [0, 1], 1 best; −1 (integers) and NaN (reals) mean
unknown; names carry units; ties go to the higher confidence, then to the least
solicited, then to the smaller public identifier. Nothing here reads a clock, a file or
a database. The definition is explained in docs/matching.md.
"""

from matching.kernel.admissibility import (
    HARD_RULES,
    HardRule,
    Obstacle,
    obstacles,
)
from matching.kernel.building import build_profiles
from matching.kernel.configuration import (
    Configuration,
    Setting,
    default_configuration,
)
from matching.kernel.explanation import (
    Explanation,
    Reason,
    SideReasons,
    explain_pair,
)
from matching.kernel.grounds import Grounds, grounds_of_pairs
from matching.kernel.intentions import Intention, Territories
from matching.kernel.preparation import Prepared, prepare
from matching.kernel.profiles import Profiles
from matching.kernel.proposals import (
    Pairs,
    Ranking,
    describe,
    rank_all,
    rank_one,
    score_pair,
    score_pairs,
)
from matching.kernel.ranking import joined, rank_blocks
from matching.kernel.reweighing import (
    Candidates,
    best_candidates,
    candidates_of,
    reweighed,
    score_candidates,
    with_weights,
)
from matching.kernel.rules import (
    NAMING_REASONS,
    WARNINGS,
    MatchWarning,
    naming_reasons,
    warning_ids,
)
from matching.kernel.settling import Lists
from matching.kernel.vocabulary import (
    COMPONENTS,
    DOMAINS,
    EVERYWHERE,
    FUNCTIONS,
    KINDS,
    MEANS,
    MODELS,
    ORIGINS,
    PHASES,
    QUADRANTS,
    SIZES,
    TYPES,
    UNKNOWN,
)

__all__ = [
    "COMPONENTS",
    "DOMAINS",
    "EVERYWHERE",
    "FUNCTIONS",
    "HARD_RULES",
    "KINDS",
    "MEANS",
    "MODELS",
    "NAMING_REASONS",
    "ORIGINS",
    "PHASES",
    "QUADRANTS",
    "SIZES",
    "TYPES",
    "UNKNOWN",
    "WARNINGS",
    "Candidates",
    "Configuration",
    "Explanation",
    "Grounds",
    "HardRule",
    "Intention",
    "Lists",
    "MatchWarning",
    "Obstacle",
    "Pairs",
    "Prepared",
    "Profiles",
    "Ranking",
    "Reason",
    "Setting",
    "SideReasons",
    "Territories",
    "best_candidates",
    "build_profiles",
    "candidates_of",
    "default_configuration",
    "describe",
    "explain_pair",
    "grounds_of_pairs",
    "joined",
    "naming_reasons",
    "obstacles",
    "prepare",
    "rank_all",
    "rank_blocks",
    "rank_one",
    "reweighed",
    "score_candidates",
    "score_pair",
    "score_pairs",
    "warning_ids",
    "with_weights",
]
