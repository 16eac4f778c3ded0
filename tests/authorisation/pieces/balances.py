"""The balanced sets of the town of A, B and C, and who looks after it.

A territory has no owner: the catalyst of what holds it opens its page, and an
administrator during an extended access.
"""

from matching.models import BalancedSet
from tests.factories.balances import share

READERS = ("catalyst_here", "administrator")
NAMES = ("balance_detail", "balance_export", "balance_progress", "balance_refresh")


def add(world):
    share(world.territories["own"])
    assert BalancedSet.objects.filter(territory=world.territories["own"]).exists()
    for name in NAMES:
        for relation in "AB":
            world.admit(f"matching:{name}", relation, *READERS)
        world.admit(f"matching:{name}", "D", "catalyst_elsewhere", "administrator")
