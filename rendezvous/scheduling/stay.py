"""When somebody is there, from what was registered, announced and seen at the door."""

from dataclasses import dataclass

Rounds = frozenset[int]
NEVER: Rounds = frozenset()


@dataclass(frozen=True)
class Stay:
    """What is known of somebody's day, rounds counted from 1.

    Attributes
    ----------
    first, last : int
        As registered.
    late_from, arrived_in, left_from : int, optional
        First round announced by who is late; round of the arrival (0: before the
        first); first round that somebody who leaves does not attend.
    """

    first: int
    last: int
    late_from: int | None = None
    arrived_in: int | None = None
    left_from: int | None = None
    is_absent: bool = False

    @property
    def rounds(self) -> Rounds:
        """Return the rounds during which they are there, as far as one knows.

        Who has arrived is not late any more, whatever they announced.

        >>> sorted(Stay(1, 5, late_from=3).rounds)
        [3, 4, 5]
        >>> sorted(Stay(1, 5, late_from=3, arrived_in=2, left_from=5).rounds)
        [2, 3, 4]
        """
        if self.is_absent:
            return NEVER
        since = self.late_from if self.arrived_in is None else self.arrived_in
        until = self.last if self.left_from is None else self.left_from - 1
        return frozenset(range(max(self.first, since or 1), min(self.last, until) + 1))
