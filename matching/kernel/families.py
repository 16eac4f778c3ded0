"""Families of sets (perimeters, tags) and how much their members share."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Family:
    """A list of finite sets of non-negative integers, stored flat.

    Attributes
    ----------
    offsets : ndarray of shape (n_sets + 1,)
        Where each set starts and ends in ``members``.
    members : ndarray of shape (n_members,)
        Increasing within each set.

    Examples
    --------
    >>> family = family_of([[3, 1], []])
    >>> family.offsets.tolist(), family.members.tolist()
    ([0, 2, 2], [1, 3])
    """

    offsets: Integers
    members: Integers

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> Integers:
        """Number of members of every set, shape (n_sets,)."""
        return np.diff(self.offsets)

    @cached_property
    def inverse(self) -> "Family":
        """For every member, the sets that hold it."""
        owners = np.repeat(np.arange(len(self)), self.lengths)
        order = np.argsort(self.members, kind="stable")
        n_members = int(self.members.max()) + 1 if len(self.members) else 0
        counts = np.bincount(self.members, minlength=n_members)
        return Family(offsets_of(counts), owners[order])

    def weighed(self, weights: Floats) -> Floats:
        """Return the total weight of every set, shape (n_sets,)."""
        owners = np.repeat(np.arange(len(self)), self.lengths)
        total = np.bincount(owners, weights[self.members], minlength=len(self))
        return total.astype(np.float64, copy=False)


def offsets_of(counts: Integers) -> Integers:
    """Return the offsets of consecutive runs of the given lengths.

    Examples
    --------
    >>> import numpy as np
    >>> offsets_of(np.array([2, 0, 1])).tolist()
    [0, 2, 2, 3]
    """
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def family_of(sets: Iterable[Iterable[int]]) -> Family:
    """Build a family; members are sorted and made unique within each set."""
    arrays = [np.unique(np.asarray(list(one), dtype=np.int64)) for one in sets]
    members = np.concatenate([np.empty(0, dtype=np.int64), *arrays])
    return Family(offsets_of(np.array([len(a) for a in arrays], np.int64)), members)


def expand(family: Family, sets: Integers) -> tuple[Integers, Integers]:
    """Lay the members of the given sets end to end.

    Returns
    -------
    positions, members : ndarray of shape (n_expanded,)
        Position in ``sets`` that each member comes from, and the member.

    Examples
    --------
    >>> import numpy as np
    >>> positions, members = expand(family_of([[1, 3], [2]]), np.array([1, 0, 1]))
    >>> positions.tolist(), members.tolist()
    ([0, 1, 1, 2], [2, 1, 3, 2])
    """
    counts = family.lengths[sets]
    positions = np.repeat(np.arange(len(sets)), counts)
    within = np.arange(len(positions)) - offsets_of(counts)[:-1][positions]
    return positions, family.members[family.offsets[sets][positions] + within]


def shared_weight(
    rows: Family, columns: Family, *, chosen: Integers, weights: Floats
) -> Floats:
    r"""Weigh what each chosen set of ``rows`` shares with every set of ``columns``.

    .. math:: w_{ij} = \sum_{m \in R_i \cap C_j} weight_m

    Parameters
    ----------
    rows, columns : Family
        Two families over the same members.
    chosen : ndarray of shape (n_chosen,)
        Indices of sets of ``rows``.
    weights : ndarray of shape (n_members,)
        Non-negative weight of every member.

    Returns
    -------
    ndarray of shape (n_chosen, len(columns))
        Sums of weights, exact when the weights are whole numbers below 2**53.

    Notes
    -----
    Time is the number of (member, set) incidences met, not rows × columns × members.

    Examples
    --------
    >>> import numpy as np
    >>> family = family_of([[0, 1], [1], []])
    >>> weights = np.array([5.0, 2.0])
    >>> shared_weight(family, family, chosen=np.array([0]), weights=weights)
    array([[7., 2., 0.]])
    """
    width = len(columns)
    positions, members = expand(rows, chosen)
    met = members < len(columns.inverse)
    positions, members = positions[met], members[met]
    holders, sets = expand(columns.inverse, members)
    flat = positions[holders] * width + sets
    met_weights = weights[members[holders]]
    total = np.bincount(flat, met_weights, minlength=len(chosen) * width)
    return total.astype(np.float64, copy=False).reshape(len(chosen), width)


def merged(family: Family, weights: Floats) -> tuple[Family, Floats]:
    """Merge the members that belong to exactly the same sets into atoms.

    Parameters
    ----------
    family : Family
        Sets of members, for instance perimeters made of communes.
    weights : ndarray of shape (n_members,)
        Weight of every member.

    Returns
    -------
    atoms : Family
        The same sets, made of atoms.
    atom_weights : ndarray of shape (n_atoms,)
        Sum of the weights of the merged members.

    Notes
    -----
    Exact: members are grouped by their whole signature, not by a hash of it. See
    docs/decisions/0021-atoms-for-overlap.md.

    Examples
    --------
    >>> import numpy as np
    >>> atoms, weights = merged(family_of([[0, 1, 2], [2]]), np.array([3.0, 4.0, 5.0]))
    >>> [atoms.members[a:b].tolist() for a, b in zip(atoms.offsets, atoms.offsets[1:])]
    [[0, 1], [1]]
    >>> weights.tolist()
    [7.0, 5.0]
    """
    inverse = family.inverse
    signatures: dict[bytes, int] = {}
    atom_of = np.full(len(inverse), -1, dtype=np.int64)
    for member in np.flatnonzero(inverse.lengths):
        start, stop = inverse.offsets[member], inverse.offsets[member + 1]
        key = inverse.members[start:stop].tobytes()
        atom_of[member] = signatures.setdefault(key, len(signatures))
    used = atom_of >= 0
    atom_weights = np.bincount(
        atom_of[used], weights[: len(atom_of)][used], minlength=len(signatures)
    ).astype(np.float64, copy=False)
    owners = np.repeat(np.arange(len(family)), family.lengths)
    width = max(len(signatures), 1)
    pairs = np.unique(owners * width + atom_of[family.members])
    counts = np.bincount(pairs // width, minlength=len(family))
    return Family(offsets_of(counts), pairs % width), atom_weights
