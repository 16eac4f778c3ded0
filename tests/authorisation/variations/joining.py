"""Who asks to join A, whom A invites, who decides for it."""

from alliances.enums import MembershipRole
from alliances.models import Claim, Invitation, Membership
from alliances.services.membership import claiming, inviting, members
from tests.authorisation.neighbours import PARTNER
from tests.authorisation.variations import varies
from tests.factories.accounts import UserFactory
from tests.factories.joining import ClaimFactory


def responsible(world, chance):
    return world.people[chance.choice(["referent_a", "signatory_a"])]


def a_claim_of(a, chance):
    return ClaimFactory(
        organisation=a,
        user=UserFactory(name="ZQApersonne"),
        position=f"ZQAfonction {chance.random()}",
        proof=f"ZQApreuve {chance.random()}",
    )


def the_invitation_of(a):
    return Invitation.objects.filter(organisation=a, state="pending").first()


def member_of(a, world, persona):
    return Membership.objects.get(organisation=a, user=world.people[persona])


@varies()
def a_claim(a, world, chance):
    person = UserFactory(name="ZQApersonne")
    claiming.claim_organisation(
        a, person, position="ZQAfonction", proof=f"ZQApreuve {chance.random()}"
    )
    return [person]


@varies()
def a_claim_that_is_decided(a, world, chance):
    claim = a_claim_of(a, chance)
    decide = chance.choice([claiming.approve_claim, claiming.refuse_claim])
    decide(claim, by=responsible(world, chance), answer="ZQAreponse")
    return [claim.user]


@varies()
def a_claim_that_is_taken_back(a, world, chance):
    claim = Claim.objects.get(organisation=a)
    claiming.withdraw_claim(claim, by=claim.user)
    return [claim.user]


@varies()
def an_invitation(a, world, chance):
    address = f"zqainvitee{chance.randint(0, 10**9)}@exemple.test"
    role = chance.choice([MembershipRole.CONTRIBUTOR, MembershipRole.REFERENT])
    inviting.invite(a, address, role, by=responsible(world, chance))
    return [address]


@varies()
def an_invitation_sent_again(a, world, chance):
    invitation = the_invitation_of(a)
    inviting.resend_invitation(invitation, by=responsible(world, chance))
    return [invitation.email]


@varies()
def an_invitation_that_ends(a, world, chance):
    invitation = the_invitation_of(a)
    if chance.random() < 0.5:
        inviting.revoke_invitation(invitation, by=responsible(world, chance))
    else:
        inviting.refuse_invitation(invitation)


@varies()
def an_invitation_that_is_accepted(a, world, chance):
    person = UserFactory(name="ZQApersonne")
    inviting.accept_invitation(the_invitation_of(a), person, owns=False)
    return [person]


@varies()
def a_role(a, world, chance):
    persona, role = chance.choice(
        [
            ("contributor_a", MembershipRole.REFERENT),
            ("referent_a", MembershipRole.CONTRIBUTOR),
        ]
    )
    membership = member_of(a, world, persona)
    members.change_role(membership, role, by=world.people["signatory_a"])


# A partner reads the address of the lead contact who agreed to it.
@varies(PARTNER)
def a_member_who_goes(a, world, chance):
    persona = chance.choice(["contributor_a", "referent_a"])
    membership = member_of(a, world, persona)
    if chance.random() < 0.5:
        members.leave(membership)
    else:
        members.remove_member(membership, by=world.people["signatory_a"])
    return [world.people[persona]]
