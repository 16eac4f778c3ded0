"""A collective process of the place of A, B and C, under way; elsewhere, one in draft.

What the groups found is not given back yet; who is asked to carry an action reads it.
"""

from rendezvous.enums import ActionState, ProcessState
from tests.factories.processes import action_of, group_of, process_of

CATALYST = "catalyst_here"
OF_THE_PROCESS = (
    *("process_board", "process_edit", "process_act", "stage_edit"),
    *("group_create", "group_edit", "group_members"),
    *("action_create", "action_edit", "action_decide"),
)


def add(world):
    process = process_of(world.territories["around"], title="Agir ici")
    draft = process_of(
        world.territories["other"], title="ZQdemarche", state=ProcessState.DRAFT
    )
    of_a, of_b = world.organisations["A"], world.organisations["B"]
    group = group_of(process, members=[of_a, of_b], state="ZQconstat")
    asked = {
        letter: action_of(process, f"ZQ{letter}action", group=group, carrier=carrier)
        for letter, carrier in (("A", of_a), ("B", of_b))
    }
    action_of(process, "ZQproposee")
    action_of(process, "Retenue", state=ActionState.KEPT, carrier_is_unknown=True)
    for relation in "AB":
        world.bind("rendezvous.Process", relation, process)
        world.bind("rendezvous.ProcessGroup", relation, group)
        world.bind("rendezvous.ProcessAction", relation, asked[relation])
        for name in OF_THE_PROCESS:
            world.admit(f"rendezvous:{name}", relation, CATALYST)
    world.bind("rendezvous.Process", "D", draft)
    world.bind("rendezvous.ProcessGroup", "D", group_of(draft))
    world.bind("rendezvous.ProcessAction", "D", action_of(draft))
    for name in OF_THE_PROCESS:
        world.admit(f"rendezvous:{name}", "D", "catalyst_elsewhere")
    responsible = {"A": ("referent_a", "signatory_a"), "B": ("signatory_b",)}
    for relation, personas in responsible.items():
        world.admit("rendezvous:action_carry", relation, *personas)
    world.keep_secret("ZQdemarche", known_to={"catalyst_elsewhere"})
    for canary in ("ZQconstat", "ZQproposee"):
        world.keep_secret(canary, known_to={CATALYST})
    world.keep_secret("ZQAaction", known_to={*world.members_of_a, CATALYST})
    world.keep_secret("ZQBaction", known_to={*world.members_of_b, CATALYST})
