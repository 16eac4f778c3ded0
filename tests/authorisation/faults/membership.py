"""Mistakes on teams, invitations and requests to join."""

import rules
from rules.permissions import permissions

import accounts.middleware.policy
from alliances.models import Claim, Invitation, Membership, Organisation
from alliances.selectors import joining
from alliances.selectors import team as teams
from alliances.views import merging
from alliances.views.joining import claims, invitations, shown, team
from tests.authorisation.faults import fault


def everything(person, queryset):
    return queryset


@fault("alliances:team_detail")
def whoever_signs_in_reads_a_team(patch):
    patch.setitem(permissions, "alliances.view_team", rules.is_authenticated)


@fault("alliances:team_detail")
def a_team_found_without_asking(patch):
    patch.setattr(
        team,
        "own_organisation",
        lambda _, key, permission: Organisation.objects.get(public_id=key),
    )
    patch.setattr(teams, "visible", everything)


@fault("alliances:invitation_create")
def any_member_manages_any_team(patch):
    of_any = rules.predicate(
        lambda person, _: Membership.objects.filter(user=person.pk).exists()
    )
    patch.setitem(permissions, "alliances.manage_team", of_any)


@fault("alliances:member_remove")
def removing_without_a_role(patch):
    """The view forgets the organisation, and the service the role."""
    patch.setattr(shown, "can", lambda *_: True)
    patch.setattr(team, "visible", everything)
    patch.setattr("alliances.services.membership.members.can", lambda *_: True)


@fault("alliances:invitation_revoke")
def invitations_of_others_revoked(patch):
    patch.setattr(shown, "can", lambda *_: True)
    patch.setattr(invitations, "visible", everything)
    patch.setattr("alliances.services.membership.inviting.can", lambda *_: True)


@fault("alliances:invitation_reply")
def an_invitation_read_by_anybody(patch):
    patch.setattr(invitations, "visible", everything)
    patch.setattr(invitations, "can", lambda *_: True)


@fault("alliances:invitation_answer")
def the_invited_address_on_the_page_of_the_link(patch):
    patch.setattr(Invitation, "get_role_display", lambda self: self.email)


@fault("alliances:claim_detail")
def requests_of_everybody(patch):
    patch.setattr(claims, "visible", everything)


@fault("alliances:claim_list")
def a_queue_of_every_territory(patch):
    patch.setattr(
        joining,
        "waiting_for",
        lambda *_: Claim.objects.filter(state=Claim.State.PENDING),
    )


@fault("alliances:claim_withdraw")
def requests_of_others_withdrawn(patch):
    patch.setattr(claims, "visible", everything)
    patch.setitem(permissions, "alliances.withdraw_claim", rules.is_authenticated)


@fault("alliances:claim_create")
def the_members_told_to_who_asks(patch):
    class Telling(claims.ClaimForm):
        def __init__(self, data=None):
            super().__init__(data)
            people = Membership.objects.values_list("user__email", flat=True)
            self.fields["proof"].help_text = " ".join(people)

    patch.setattr(claims, "ClaimForm", Telling)


@fault("alliances:merge_preview")
def anybody_compares_two_organisations(patch):
    patch.setattr(accounts.middleware.policy, "may_open", lambda person, name: True)
    patch.setattr(merging, "can", lambda *_: True)


@fault("alliances:team_leave")
def leaving_for_somebody_else(patch):
    """Whoever opens the page leaves in the place of a member."""
    patch.setattr(shown, "can", lambda *_: True)
    patch.setattr(
        team,
        "get_object_or_404",
        lambda model, organisation, user: model.objects.filter(
            organisation=organisation
        ).first(),
    )
