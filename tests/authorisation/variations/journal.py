"""What is written down of A: its changes, and what administrators read of it."""

import datetime as dt

import pghistory

from accounts.services.elevation import elevate, end_elevation
from alliances.models import Organisation
from alliances.services.privileged import record_read
from tests.authorisation.variations import varies


@varies()
def a_privileged_read(a, world, chance):
    what = f"ZQAlecture {chance.random()}"
    record_read(world.people["administrator"], a, what)


@varies()
def an_extended_access(a, world, chance):
    person = world.people["administrator"]
    reason = f"ZQAraison {chance.random()}"
    elevate(person, reason=reason, duration=dt.timedelta(minutes=chance.randint(1, 30)))
    if chance.random() < 0.5:
        end_elevation(person)


@varies()
def changes_that_were_undone(a, world, chance):
    """Only the journal still tells them."""
    rows = Organisation.objects.filter(pk=a.pk)
    before = rows.values("values", "maturity", "staff").get()
    with pghistory.context(user=world.people["referent_a"].pk):
        rows.update(values=["ZQAjournal"], maturity=1, staff=chance.randint(1, 99))
        rows.update(**before)
