"""The codes a file may use, handed over by whoever knows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Codes by column.

    Parameters
    ----------
    kinds, models, sizes, domains, means, types, phases : tuple of str
        Codes of the domain, in the order in which messages list them.
    sub_kinds_of : Mapping[str, tuple of str]
        Sub-kinds of each kind.
    size_of : Callable[[int], str]
        The size of an organisation from its staff.
    """

    kinds: Codes
    sub_kinds_of: Mapping[str, Codes]
    models: Codes
    sizes: Codes
    domains: Codes
    means: Codes
    types: Codes
    phases: Codes
    size_of: Callable[[int], str]
