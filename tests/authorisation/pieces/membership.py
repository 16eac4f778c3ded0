"""Teams, invitations and requests to join of A, B and C, with their private texts."""

from types import SimpleNamespace

from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.joining import ClaimFactory, InvitationFactory, link_of

RESPONSIBLE = {
    "A": {"referent_a", "signatory_a"},
    "B": {"signatory_b"},
    "C": {"member_of_a_and_c"},
}


MANAGING = (
    "invitation_create",
    "invitation_resend",
    "invitation_revoke",
    "member_lead",
    "member_remove",
    "member_role",
    "claim_decide",
)
INVITED = {"A": "invited_to_a"}  # who has an account at the address of the letter
LOOKING_AFTER = {"catalyst_here", "administrator"}
CLAIMANT = "account_without_organisation"


def add(world):
    for letter in "ABC":
        _joining(world, letter)
    _unclaimed(world)
    _admit(world)


def _admit(world):
    """Who may act; anybody signed in asks to join, and the members are told of it."""
    for letter in "AB":
        for name in MANAGING:
            world.admit(f"alliances:{name}", letter, *RESPONSIBLE[letter])
        world.admit("alliances:claim_withdraw", letter)
        invited = {INVITED[letter]} if letter in INVITED else set()
        world.admit("alliances:invitation_reply", letter, *invited)
        everybody = set(world.people) - {"visitor"}
        world.admit("alliances:claim_create", letter, *everybody)
        world.admit("alliances:merge_preview", letter, "administrator")  # elevated
    # D has no invitation: the one of A stands for it.
    world.admit("alliances:invitation_reply", "D", INVITED["A"])
    world.admit("alliances:claim_decide", "D", *LOOKING_AFTER)
    world.admit("alliances:claim_withdraw", "D", CLAIMANT)


def _joining(world, letter):
    organisation = world.organisations[letter]
    claimant = UserFactory(name=f"Demandeuse {letter}")
    claim = ClaimFactory(
        organisation=organisation,
        user=claimant,
        position=f"ZQ{letter}fonction",
        proof=f"ZQ{letter}preuve",
    )
    invited = world.people.get(INVITED.get(letter))
    invitation = InvitationFactory(
        organisation=organisation,
        email=getattr(invited, "email", f"zq{letter.lower()}invitee@exemple.test"),
        invited_by=UserFactory(name=f"Hôte {letter}"),
    )
    world.bind("alliances.Claim", letter, claim)
    world.bind("alliances.Invitation", letter, invitation)
    link = SimpleNamespace(public_id=link_of(invitation))
    world.bind("alliances.InvitationLink", letter, link)
    member = world.people[f"contributor_{letter.lower()}"]
    world.bind("alliances.Membership", letter, member)
    for canary in (claim.position, claim.proof):
        world.keep_secret(canary, known_to=RESPONSIBLE[letter])
    reading = RESPONSIBLE[letter] | {INVITED.get(letter, "")}
    world.keep_secret(invitation.email, known_to=reading)


def _unclaimed(world):
    """An organisation of nobody's: its requests are for whoever looks after the place."""
    organisation = OrganisationFactory(
        name="Organisation sans membre", seat=world.territories["own"]
    )
    claim = ClaimFactory(
        organisation=organisation,
        user=world.people[CLAIMANT],
        position="ZQEfonction",
        proof="ZQEpreuve",
    )
    world.bind("alliances.Claim", "D", claim)
    for canary in (claim.position, claim.proof):
        world.keep_secret(canary, known_to={*LOOKING_AFTER, CLAIMANT})
