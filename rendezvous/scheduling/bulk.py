"""What a search does for everybody at once: one call of compiled code, not hundreds."""

from rendezvous.scheduling.compiled import entry
from rendezvous.scheduling.encoding import Integers
from rendezvous.scheduling.state import State, put, waiting


@entry
def put_all(s: State, rounds: Integers) -> None:
    """Choose every candidate that has a round."""
    for e in range(rounds.shape[0]):
        if rounds[e] >= 0:
            put(s, e, rounds[e])


@entry
def waiting_of_all(s: State) -> float:
    """Return what the idle rounds and the breaks of all participants cost."""
    cost = 0.0
    for i in range(s.least.shape[0]):
        cost += waiting(s, i)
    return cost
