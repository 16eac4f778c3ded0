"""Eight people at once join, answer, leave or merge: one outcome, and no error page.

Each control takes the lock away: without it these races end otherwise, or they prove
nothing.
"""

import pytest
from django.db import DatabaseError
from django.test import Client

from alliances.enums import MembershipRole
from alliances.models import Claim, Invitation, Membership, Merge, Organisation
from alliances.services import membership as services
from alliances.services import merging
from alliances.services.membership import RefusedError, claiming, inviting, members
from alliances.services.merging import merge_organisations
from tests.authorisation import races
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    RUNNERS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.elevation import elevated_administrator
from tests.factories.joining import ClaimFactory, InvitationFactory, link_of

pytestmark = pytest.mark.django_db(transaction=True)

REFERENT = MembershipRole.REFERENT
CROWD = 50
CLICKS = 10


def done(act):
    """Tell whether ``act`` was done; a refusal in words is an answer like another."""
    try:
        act()
    except RefusedError:
        return False
    return True


tried = done  # the controls write down what breaks

# The lock, taken away.


def find(organisation_id):
    return Organisation.objects.get(pk=organisation_id)


def found_pending(row):
    return type(row).objects.filter(pk=row.pk, state="pending").first() or refuse()


def refuse():
    raise RefusedError


def unlock(patch):
    """Take the locks away; return where what the base refuses is written down."""
    for module in (members, claiming, inviting):
        patch.setattr(module, "locked", find)
    for module in (claiming, inviting):
        patch.setattr(module, "_pending", found_pending)
    broken = []

    def done_or_broken(act):
        try:
            return done(act)
        except DatabaseError as error:
            broken.append(error)
            return False

    patch.setattr(f"{__name__}.tried", done_or_broken)
    return broken


# One invitation, eight persons who hold its link.


def acceptances(rounds):
    people = UserFactory.create_batch(RUNNERS)
    for _ in range(rounds):
        invitation = InvitationFactory(role=REFERENT)
        won = race(
            lambda number, one=invitation: tried(
                lambda: services.accept_invitation(one, people[number], owns=True)
            )
        )
        joined = Membership.objects.filter(organisation=invitation.organisation)
        assert joined.count() == won
        yield won


@each_number_of_rounds
def test_one_of_those_who_hold_a_link_joins(rounds):
    assert tally(list(acceptances(rounds))) == [1] * rounds


def test_without_the_lock_several_join(monkeypatch):
    unlock(monkeypatch)

    assert any(won > 1 for won in acceptances(CONTROL_ROUNDS))


def test_a_link_opened_by_fifty_browsers_serves_once(monkeypatch):
    monkeypatch.setattr(races, "RUNNERS", CROWD)
    invitation = InvitationFactory()
    path = f"/invitations/{link_of(invitation)}/"
    browsers = []
    for person in UserFactory.create_batch(CROWD):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        browsers.append(client)
    statuses = []

    def accept(number):
        response = browsers[number].post(path, {"decision": "accepter"})
        statuses.append(response.status_code)
        return response.status_code == 302

    assert race(accept) == 1
    assert sorted(statuses) == [302] + [404] * (CROWD - 1)
    assert Membership.objects.count() == 1


# One request, approved while it is withdrawn.


def decisions(rounds):
    for _ in range(rounds):
        claim = ClaimFactory()
        referent = MembershipFactory(organisation=claim.organisation).user

        def decide(number, one=claim, by=referent):
            if number % 2:
                return tried(lambda: services.withdraw_claim(one, by=one.user))
            return tried(lambda: services.approve_claim(one, by=by))

        won = race(decide)
        claim.refresh_from_db()
        is_member = Membership.objects.filter(user=claim.user).exists()
        if won == 1:
            assert is_member == (claim.state == Claim.State.APPROVED)
        yield won


@each_number_of_rounds
def test_a_request_is_approved_or_withdrawn(rounds):
    assert tally(list(decisions(rounds))) == [1] * rounds


def test_without_the_lock_a_request_is_both(monkeypatch):
    unlock(monkeypatch)

    assert any(won > 1 for won in decisions(CONTROL_ROUNDS))


# The two persons who decide leave.


def departures(rounds):
    for _ in range(rounds):
        organisation = OrganisationFactory(seat=None)
        pair = [MembershipFactory(organisation=organisation) for _ in range(2)]
        yield race(
            lambda number, pair=pair: tried(lambda: services.leave(pair[number % 2]))
        )


@each_number_of_rounds
def test_of_two_who_decide_and_leave_one_stays(rounds):
    assert tally(list(departures(rounds))) == [1] * rounds


def test_without_the_lock_nobody_stays(monkeypatch):
    unlock(monkeypatch)

    assert any(won > 1 for won in departures(CONTROL_ROUNDS))


# Two organisations are merged while a member leaves one.


def mergers(rounds):
    """Merge and leave at once; yield how many merged."""
    administrator = elevated_administrator()
    for _ in range(rounds):
        kept, absorbed = OrganisationFactory.create_batch(2, seat=None)
        MembershipFactory(organisation=absorbed)
        leaving = MembershipFactory(organisation=absorbed)
        merged = []

        def act(number, kept=kept, absorbed=absorbed, leaving=leaving, merged=merged):
            if number % 2:
                return tried(lambda: services.leave(leaving))
            if tried(
                lambda: merge_organisations(kept.pk, absorbed.pk, by=administrator)
            ):
                merged.append(number)
            return False

        left = race(act)
        yield len(merged), left, kept, leaving


@each_number_of_rounds
def test_a_merge_happens_once_whoever_leaves(rounds):
    winners = []
    for merged, left, kept, leaving in mergers(rounds):
        staying = Membership.objects.filter(user=leaving.user)
        assert [one.organisation_id for one in staying] == [kept.pk] * (1 - left)
        winners.append(merged)

    assert tally(winners) == [1] * rounds
    assert Merge.objects.count() == rounds


def test_without_the_lock_merges_break(monkeypatch):
    broken = unlock(monkeypatch)

    def unlocked(kept_id, absorbed_id):
        return find(kept_id), find(absorbed_id)

    monkeypatch.setattr(merging, "_locked", unlocked)

    assert any(broken for _ in mergers(CONTROL_ROUNDS))


def test_an_address_is_invited_once_by_eight_clicks():
    winners = []
    for _ in range(CLICKS):
        member = MembershipFactory()
        race(
            lambda _, one=member: done(
                lambda: services.invite(
                    one.organisation, "lea@exemple.test", REFERENT, by=one.user
                )
            )
        )
        waiting = Invitation.objects.filter(organisation=member.organisation)
        winners.append(waiting.count())

    assert tally(winners) == [1] * CLICKS
