"""Values looked up by who takes part, whatever the order of their names."""

from collections.abc import Iterable, Iterator, Mapping

PAIR = 2


class Values(Mapping[frozenset[str], float]):
    """Values by who takes part: hundreds of thousands, kept without a set for each."""

    def __init__(self, groups: Iterable[tuple[tuple[str, ...], float]]) -> None:
        self._by_names = {_in_order(ids): value for ids, value in groups}

    def __getitem__(self, people: frozenset[str]) -> float:
        return self._by_names[tuple(sorted(people))]

    def __iter__(self) -> Iterator[frozenset[str]]:
        return map(frozenset, self._by_names)

    def __len__(self) -> int:
        return len(self._by_names)


def _in_order(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Sort names; the same tuple where it is sorted, to keep one object, not two."""
    if len(ids) == PAIR and ids[0] < ids[1]:
        return ids
    ordered = tuple(sorted(ids))
    return ids if ids == ordered else ordered
