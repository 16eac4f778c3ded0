"""The lists of everybody, kept exact on both sides while intentions change.

Lists are kept longer than they are shown. What leaves a list is replaced from its
reserve; only when the reserve is spent is that list ranked anew.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel import accelerated
from matching.kernel.compiled.layout import WIDTH
from matching.kernel.editing import Aims, owned, rewrite
from matching.kernel.preparation import Prepared
from matching.kernel.ranking import ranked_at, screened_row
from matching.kernel.screens import screen_of
from matching.kernel.settling import MARGIN, NO_HITS, Hits, Lists, exact_scores
from matching.kernel.vocabulary import TYPES

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

NOBODY = -1
EMPTY = (NOBODY, -np.inf, -np.inf)  # partner, score, confidence
PAIRS_AT_ONCE = 65_536
TIE = 2e-9  # scores closer than this may be ties
SCREENED = MARGIN[np.dtype(np.float32)]


class Index:
    """Exact lists of a population, for one change at a time.

    Parameters
    ----------
    prepared : Prepared
        The population; what changes of it is copied.
    lists : Lists
        The lists of everybody, ``kept`` long, as a full computation gives them.
    kept, shown : int
        Length of the lists that are kept, and of those that are exact at any time.
    compiled : bool
        Whether the compiled screening may be used.

    Attributes
    ----------
    partners : ndarray of int, shape (N, 4, kept)
        Partners by rank, −1 beyond the list.
    n_rebuilt : int
        How many lists were ranked anew because their reserve was spent.
    """

    def __init__(
        self,
        prepared: Prepared,
        lists: Lists,
        *,
        kept: int = 30,
        shown: int = 20,
        compiled: bool = False,
    ) -> None:
        if not 0 < shown <= kept:
            raise ValueError("shown must be from 1 to kept")
        shape = (len(prepared), len(TYPES), kept)
        self.kept, self.shown, self.n_rebuilt = kept, shown, 0
        self.prepared = owned(prepared)
        self.partners = np.full(shape, NOBODY)
        self._scores = np.full(shape, -np.inf)
        self._confidences = np.full(shape, -np.inf)
        self._screen = screen_of(self.prepared, precision=np.float32)
        self._ranker = None
        if compiled and accelerated.is_installed():
            self._ranker = accelerated.Ranker(self._screen)
        self._is_whole = np.empty(shape[:2], bool)
        self._last = np.empty(shape[:2])
        # By position, with room for the columns that complete the last tile.
        room = len(prepared) + WIDTH
        self._floors = np.full((len(TYPES), room), np.inf, np.float32)
        self._write(lists)
        self._finish(np.arange(len(prepared)))

    def change(self, row: int, aims: Aims) -> Integers:
        """Give a row other aims, and bring every list that this moves up to date.

        Parameters
        ----------
        row : int
            Row of the population, without territorial need or offer.
        aims : Aims
            What replaces its own.

        Returns
        -------
        ndarray of int
            The rows of which a list moved, ``row`` included, increasing.

        Raises
        ------
        ValueError
            If the row must be prepared anew; nothing has changed then.
        """
        before = self._reached(row)
        rewrite(self._screen, row, aims)
        if self._ranker is not None:
            self._ranker.refresh(row)
        others = np.union1d(before, self._reached(row))
        hits, unsure = self._hits(np.array([row]))
        one = np.concatenate([others, hits.row])
        other = np.concatenate([np.full(len(others), row), hits.partner])
        scores, confidences = self._exact(one, other)
        split = len(others)
        moved = self._offer(row, others, (scores[:split], confidences[:split]))
        self._place(np.array([row]), hits, (scores[split:], confidences[split:]))
        self._write_ranked(unsure)
        return np.union1d(moved, row)

    def lists(self) -> Lists:
        """Return the lists that are shown."""
        row, types, place = np.nonzero(self.partners[:, :, : self.shown] != NOBODY)
        partner = self.partners[row, types, place]
        return Lists(row, partner, types, place + 1, np.arange(len(self.prepared)))

    def _reached(self, row: int) -> Integers:
        """Return the other rows of which a list may hold this one."""
        found = self._ranker.reached(row, self._floors) if self._ranker else None
        if found is None:
            products = screened_row(self._screen, row)
            floors = self._floors[:, : len(self._screen)]
            found = np.flatnonzero((products >= floors).any(axis=0))
        n, linked = len(self.prepared), self.prepared.linked
        first, last = np.searchsorted(linked, (row * n, (row + 1) * n))
        rows = np.append(self._screen.order[found], linked[first:last] - row * n)
        others: Integers = rows[rows != row]
        return others

    def _finish(self, rows: Integers) -> None:
        """Work out what follows from new lists."""
        # A list that is not full holds everybody there is: whoever comes joins it.
        self._is_whole[rows] = self.partners[rows][:, :, -1] == NOBODY
        self._settle(rows)

    def _settle(self, rows: Integers) -> None:
        """Work out under which product nobody new can move a list."""
        partners, scores = self.partners[rows], self._scores[rows]
        count = np.count_nonzero(partners != NOBODY, axis=2)
        row, types = np.indices(count.shape)
        last = scores[row, types, np.maximum(count - 1, 0)]
        self._last[rows] = np.where(self._is_whole[rows], -np.inf, last)
        last = np.maximum(self._last[rows] - TIE, 0.0)
        at = self._screen.position[rows]
        self._floors[:, at] = (np.square(last) - 2 * SCREENED).T

    def _offer(
        self, row: int, others: Integers, entries: tuple[Floats, Floats]
    ) -> Integers:
        """Take a row out of the lists of others, and in where it now belongs."""
        if self._ranker is not None:
            kept = (*self._lists, self._is_whole, self._last, self._floors)
            slack = (TIE, 2 * SCREENED)
            moved: Integers = others[
                self._ranker.move(kept, row, others, entries, slack)
            ]
        else:
            moved = self._moved(row, others, entries)
        lacking = self.partners[others, :, self.shown - 1] == NOBODY
        spent = others[(lacking & ~self._is_whole[others]).any(axis=1)]
        self.n_rebuilt += len(spent)
        self._rank(spent)
        return moved

    def _moved(
        self, row: int, others: Integers, entries: tuple[Floats, Floats]
    ) -> Integers:
        """Put a row where it belongs in the lists of others; return which moved."""
        scores, confidences = entries
        is_there = (self.partners[others] == row).any(axis=2)
        at, types = np.nonzero(is_there | (scores >= self._last[others]))
        entry = (np.full(len(at), row), scores[at, types], confidences[at])
        has_moved = self._put(others[at], types, entry)
        moved: Integers = np.unique(others[at][has_moved])
        self._settle(moved)
        return moved

    def _put(self, owner: Integers, types: Integers, entry: tuple[Any, ...]) -> Any:
        """Replace one partner in some lists; tell which lists moved."""
        joins = ~np.isnan(entry[1])
        new = (
            np.where(joins, entry[0], NOBODY),
            *(_or_none(v, joins) for v in entry[1:]),
        )
        is_gone = self.partners[owner, types] == entry[0][:, None]
        parts: list[Any] = []
        for column, value, nothing in zip(self._lists, new, EMPTY, strict=True):
            kept = np.where(is_gone, nothing, column[owner, types])
            parts.append(np.column_stack([kept, value]))
        order = self._order(*parts)
        parts = [np.take_along_axis(part, order, 1) for part in parts]
        partners = parts[0]
        count = np.count_nonzero(partners != NOBODY, axis=1)
        # Who comes last in a list that is not whole may be behind somebody unseen.
        is_last = partners[np.arange(len(owner)), np.maximum(count - 1, 0)] == new[0]
        hidden = np.flatnonzero(joins & is_last & ~self._is_whole[owner, types])
        for part, nothing in zip(parts, EMPTY, strict=True):
            part[hidden, count[hidden] - 1] = nothing
        self._is_whole[owner, types] &= count <= self.kept
        before = self.partners[owner, types]
        for column, part in zip(self._lists, parts, strict=True):
            column[owner, types] = part[:, : self.kept]
        return (before != partners[:, : self.kept]).any(axis=1)

    def _order(self, partners: Integers, scores: Floats, confidences: Floats) -> Any:
        """Order each line by the rule of ties, nobody last."""
        preference = np.where(partners == NOBODY, 0, self.prepared.preference[partners])
        return np.lexsort((preference, -confidences, -scores), axis=-1)

    def _rank(self, rows: Integers) -> None:
        """Rank rows anew."""
        if not len(rows):
            return
        hits, unsure = self._hits(rows)
        self._place(rows, hits, self._exact(hits.row, hits.partner))
        self._write_ranked(unsure)

    def _hits(self, rows: Integers) -> tuple[Hits, Integers]:
        """Return what may make the lists of rows, and the positions it is unknown of."""
        at = np.sort(self._screen.position[rows])
        if self._ranker is None:
            return NO_HITS, at
        return self._ranker.hits(at, self.kept)

    def _write_ranked(self, at: Integers) -> None:
        """Rank the rows at some positions by blocks; their lists are empty."""
        for part in ranked_at(self._screen, at, self.kept) if len(at) else ():
            self._write(part)
            self._finish(part.rows)

    def _write(self, lists: Lists) -> None:
        for start in range(0, len(lists.row), PAIRS_AT_ONCE):
            at = slice(start, start + PAIRS_AT_ONCE)
            row, partner, types = lists.row[at], lists.partner[at], lists.type[at]
            scores, confidences = self._exact(row, partner)
            entry = (row, types, lists.rank[at] - 1)
            self.partners[entry] = partner
            self._scores[entry] = scores[np.arange(len(row)), types]
            self._confidences[entry] = confidences

    def _place(
        self, rows: Integers, hits: Hits, entries: tuple[Floats, Floats]
    ) -> None:
        """Order hits, and write the first of each as the lists of rows."""
        for column, nothing in zip(self._lists, EMPTY, strict=True):
            column[rows] = nothing
        scores, confidences = entries
        score = scores[np.arange(len(scores)), hits.type]
        number = hits.row * len(TYPES) + hits.type
        preference = self.prepared.preference[hits.partner]
        order = np.lexsort((preference, -confidences, -score, number))
        number = number[order]
        place = np.arange(len(order)) - np.searchsorted(number, number)
        order, place = order[place < self.kept], place[place < self.kept]
        entry = (hits.row[order], hits.type[order], place)
        columns = (hits.partner, score, confidences)
        for column, values in zip(self._lists, columns, strict=True):
            column[entry] = values[order]
        self._finish(rows)

    def _exact(self, one: Integers, other: Integers) -> tuple[Floats, Floats]:
        if self._ranker is not None:
            return self._ranker.exact(one, other)
        return exact_scores(self.prepared, one, other)

    @property
    def _lists(self) -> tuple[Any, Any, Any]:
        return self.partners, self._scores, self._confidences


def _or_none(values: Floats, joins: NDArray[np.bool_]) -> Floats:
    return np.where(joins, values, -np.inf)
