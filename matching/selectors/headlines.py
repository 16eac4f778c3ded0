"""Why some pairs are proposed, in one sentence each, as anybody may read it.

What a card says first, without the rest of the card: the population is read once, and
its pairs are compared together. Imports NumPy: import it where it is used.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from alliances.enums import PartnershipType
from alliances.models import Intention
from matching import kernel
from matching.explanations import Party, headline
from matching.models import TYPES
from matching.selectors.pairs import configuration_in_use
from matching.selectors.population import Audience, population_of

Pair = tuple[int, int]


@dataclass(frozen=True)
class Headline:
    """The sentence of a pair, from the side of the first, and the type named for it."""

    text: str
    type: PartnershipType


def headlines_of(pairs: Collection[Pair]) -> dict[Pair, Headline]:
    """Return what is said of the pairs of intentions that may be proposed.

    Made of what everybody may read of both, and nothing else.
    """
    wanted = Intention.objects.filter(pk__in={pk for pair in pairs for pk in pair})
    population = population_of(wanted, Audience.PUBLIC)
    row = population.row
    known = [one for one in pairs if one[0] != one[1] and {*one} <= row.keys()]
    if not known:
        return {}
    prepared = kernel.prepare(population.profiles, configuration_in_use())
    own, other = np.array([(row[one], row[two]) for one, two in known]).T
    named = kernel.score_pairs(prepared, own, other).named_type.tolist()
    grounds = kernel.grounds_of_pairs(prepared, own, other)
    parties = _parties(population.intention_ids.tolist())
    return {
        pair: Headline(
            headline(ground, parties[pair[0]], parties[pair[1]]),
            PartnershipType(TYPES[type_]),
        )
        for pair, type_, ground in zip(known, named, grounds, strict=True)
        if type_ >= 0 and {*pair} <= parties.keys()
    }


def _parties(intention_ids: Collection[int]) -> dict[int, Party]:
    rows = Intention.objects.filter(pk__in=intention_ids)
    columns = ("pk", "organisation__name", "organisation__kind")
    return {pk: Party(name, kind) for pk, name, kind in rows.values_list(*columns)}
