"""What the catalyst of the place suggests: A and C read it; B and C do not, not yet."""

from tests.factories.suggestions import suggestion_of

OF_C = {"contributor_c", "member_of_a_and_c"}
CATALYST = "catalyst_here"


def add(world):
    a, b, c = (world.organisations[letter] for letter in "ABC")
    made = {"by": world.people[CATALYST], "territory": world.territories["around"]}
    read = suggestion_of(a, c, reason="ZQAsuggestion", is_signed=True, **made)
    held = suggestion_of(b, c, reason="ZQretenue", delivered=False, **made)
    world.bind("alliances.Suggestion", "A", read)
    world.bind("alliances.Suggestion", "B", held)
    world.keep_secret(read.reason, known_to={*world.members_of_a, *OF_C, CATALYST})
    world.keep_secret(held.reason, known_to={CATALYST})
    for relation in "ABD":
        world.admit("alliances:suggestion_withdraw", relation, CATALYST)
    for name in ("suggestion_choose", "suggestion_create"):
        for letter in "AB":
            world.admit(f"alliances:{name}", letter, CATALYST)
