"""A session of the place of A, B and C: A and B come; elsewhere, one is being prepared.

What people wish is theirs alone; names of people, their organisation's and the
catalyst's.
"""

from rendezvous.enums import ScheduleState, SessionState
from rendezvous.models import Wish
from tests.factories.sessions import (
    draft_by_hand,
    invitation_of,
    printout_of,
    registration_of,
    schedule_of,
    session_of,
)

CATALYST = "catalyst_here"
CATALYSTS_PAGES = (
    *("session_edit", "session_act", "session_board", "session_invite"),
    *("schedule_list", "schedule_compute", "schedule_progress"),
    *("schedule_stop", "schedule_compare", "schedule_settings"),
    *("schedule_detail", "schedule_share", "schedule_publish"),
    *("schedule_copy", "schedule_edit", "schedule_change", "schedule_lock"),
    *("document_list", "document_detail", "document_request", "document_progress"),
    "printout_download",
    *("live_host", "live_act", "live_room"),
)


def add(world):
    a, b = world.organisations["A"], world.organisations["B"]
    announced = session_of(
        world.territories["around"], title="Session d’Ici", capacities={a.kind: 12}
    )
    draft = session_of(
        world.territories["other"], title="ZQbrouillon", state=SessionState.DRAFT
    )
    of_a = registration_of(announced, a, names=("ZQAinscrite",), needs=["loan"])
    of_b = registration_of(announced, b, names=("ZQBinscrit",))
    invitation_of(announced, world.organisations["C"])
    Wish.objects.create(registration=of_a, other=of_b, answer="no")
    for relation, session in (("A", announced), ("B", announced), ("D", draft)):
        world.bind("rendezvous.Session", relation, session)
    world.bind("rendezvous.Registration", "A", of_a)
    world.bind("rendezvous.Registration", "B", of_b)
    programme = draft_by_hand(announced, [(1, 1, [of_a, of_b])])
    world.bind("rendezvous.Schedule", "A", programme)
    world.bind("rendezvous.Schedule", "B", programme)
    schedule_of(
        announced, [(1, 1, [of_a, of_b])], version=2, state=ScheduleState.PUBLISHED
    )
    printout = printout_of(programme, content=b"%PDF ZQtirage")
    world.bind("rendezvous.Printout", "A", printout)
    world.bind("rendezvous.Printout", "B", printout)
    world.keep_secret("ZQtirage", known_to={CATALYST})
    world.keep_secret(draft.title, known_to={"catalyst_elsewhere"})
    world.keep_secret("ZQAinscrite", known_to={*world.members_of_a, CATALYST})
    world.keep_secret("ZQBinscrit", known_to={*world.members_of_b, CATALYST})
    for name in CATALYSTS_PAGES:
        for relation in "AB":
            world.admit(f"rendezvous:{name}", relation, CATALYST)
        world.admit(f"rendezvous:{name}", "D", "catalyst_elsewhere")
