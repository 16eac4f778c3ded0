"""The generated matrix: who may open what, on whose objects."""

import random
from collections import defaultdict

import pytest

from accounts.policy import OWN_PAGES, OWN_PASSKEY_PAGES, Access
from tests.authorisation.attempts import attempts, missing_rows, unbound
from tests.authorisation.inventory import addresses
from tests.authorisation.oracles import digest, leaks
from tests.authorisation.tally import COUNTS
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

SAMPLE_PER_ADDRESS = 5
PEOPLE = (  # each plays the whole product apart, on every core
    *("visitor", "account_without_organisation", "invited_to_a", "ex_member_of_a"),
    *("contributor_a", "referent_a", "signatory_a", "member_of_a_and_c", "token_of_a"),
    *("contributor_b", "signatory_b", "contributor_c", "observer_here"),
    *("catalyst_here", "catalyst_elsewhere", "token_of_catalyst"),
    *("support", "administrator"),
)
SEED = 20260101


def play(world, chosen):
    """Play the attempts, those of a person one after the other."""
    by_persona = defaultdict(list)
    for attempt in chosen:
        by_persona[attempt.persona].append(attempt)
    found = []
    for persona, theirs in by_persona.items():
        client, before = world.client(persona), digest(world, persona)
        found += [
            leak for each in theirs for leak in leaks(each, world, client, before)
        ]
    return found


def sample(world, size=SAMPLE_PER_ADDRESS):
    """As many attempts on each address, so that none is left out."""
    by_address = defaultdict(list)
    for attempt in attempts(world):
        by_address[attempt.address.name].append(attempt)
    chance = random.Random(SEED)
    return [
        attempt
        for theirs in by_address.values()
        for attempt in chance.sample(theirs, min(size, len(theirs)))
    ]


def test_every_model_of_an_address_has_a_real_row_in_the_world():
    world = build()
    missing = {a.name: missing_rows(a, world) for a in addresses()}

    assert {name: models for name, models in missing.items() if models} == {}


def test_every_parameter_of_an_address_is_bound_by_its_policy_row():
    loose = {a.name: unbound(a) for a in addresses() if unbound(a)}

    assert loose == {}


def test_what_visitors_may_not_open_is_a_choice_of_somebody():
    """An address declared public by mistake would be right for the whole matrix."""
    reserved = {a.name for a in addresses() if a.row.access is not Access.PUBLIC}

    assert reserved == {
        "elevation_request",
        "elevation_end",
        "journal_overall",
        *OWN_PAGES,
        *OWN_PASSKEY_PAGES,
        "portal:gallery",
        "accounts:token_list",
        "accounts:token_revoke",
        "alliances:attachment_download",
        "alliances:introduction_close",
        "alliances:introduction_detail",
        "alliances:message_report",
        "alliances:message_send",
        "alliances:message_withdraw",
        "alliances:organisation_block",
        "portal:absence_list",
        "portal:absence_remove",
        "portal:consent_list",
        "portal:copy_download",
        "portal:copy_request",
        "portal:data_detail",
        "portal:erasure_ask",
        "portal:erasure_cancel",
        "alliances:organisation_create",
        "alliances:my_organisations",
        "alliances:organisation_edit",
        "alliances:organisation_journal",
        "alliances:organisation_next",
        "alliances:organisation_step",
        "alliances:organisation_undo",
        "notifications:notification_list",
        "notifications:notification_open",
        "notifications:notification_read_all",
        "notifications:preference_edit",
        "notifications:preference_resume",
        "notifications:preview_list",
        "alliances:claim_create",
        "alliances:claim_decide",
        "alliances:claim_detail",
        "alliances:claim_list",
        "alliances:claim_withdraw",
        "alliances:invitation_create",
        "alliances:invitation_reply",
        "alliances:invitation_resend",
        "alliances:invitation_revoke",
        "alliances:member_lead",
        "alliances:member_remove",
        "alliances:member_role",
        "alliances:merge_choose",
        "alliances:merge_preview",
        "alliances:team_detail",
        "alliances:team_leave",
        "alliances:organisation_unblock",
        "alliances:partner_report",
        "matching:balance_detail",
        "matching:balance_export",
        "matching:balance_progress",
        "matching:balance_refresh",
        "matching:proposal_progress",
        "matching:proposal_refresh",
        "moderation:report_decide",
        "moderation:report_followup",
        "moderation:report_list",
        "moderation:warning",
        "alliances:project_act",
        "alliances:project_create",
        "alliances:project_edit",
        "alliances:project_list",
        "alliances:project_pause",
        "alliances:project_step",
        "alliances:project_undo",
        "alliances:relation_list",
        "alliances:interest_answer",
        "alliances:interest_withdraw",
        "alliances:suggestion_begin",
        "alliances:suggestion_choose",
        "alliances:suggestion_create",
        "alliances:suggestion_list",
        "alliances:suggestion_withdraw",
        "rendezvous:action_carry",
        "rendezvous:action_create",
        "rendezvous:action_decide",
        "rendezvous:action_edit",
        "rendezvous:attendance_say",
        "rendezvous:card_find",
        "rendezvous:card_sign",
        "rendezvous:card_write",
        "rendezvous:checkin_confirm",
        "rendezvous:document_detail",
        "rendezvous:document_list",
        "rendezvous:document_progress",
        "rendezvous:document_request",
        "rendezvous:group_create",
        "rendezvous:group_edit",
        "rendezvous:group_members",
        "rendezvous:invitation_decline",
        "rendezvous:printout_download",
        "rendezvous:process_act",
        "rendezvous:process_board",
        "rendezvous:process_create",
        "rendezvous:process_edit",
        "rendezvous:programme_agenda",
        "rendezvous:programme_booklet",
        "rendezvous:programme_detail",
        "rendezvous:programme_sheet",
        "rendezvous:feedback_give",
        "rendezvous:figures_compare",
        "rendezvous:followup_act",
        "rendezvous:followup_detail",
        "rendezvous:followup_list",
        "rendezvous:live_act",
        "rendezvous:live_host",
        "rendezvous:live_room",
        "rendezvous:programme_worker",
        "rendezvous:progress_say",
        "rendezvous:registration_begin",
        "rendezvous:report_sheet",
        "rendezvous:report_table",
        "rendezvous:registration_cancel",
        "rendezvous:registration_edit",
        "rendezvous:replanning_apply",
        "rendezvous:replanning_detail",
        "rendezvous:replanning_progress",
        "rendezvous:replanning_request",
        "rendezvous:room_add",
        "rendezvous:room_board",
        "rendezvous:room_create",
        "rendezvous:room_find",
        "rendezvous:room_mark",
        "rendezvous:room_table",
        "rendezvous:room_waiting",
        "rendezvous:schedule_change",
        "rendezvous:schedule_compare",
        "rendezvous:schedule_compute",
        "rendezvous:schedule_copy",
        "rendezvous:schedule_detail",
        "rendezvous:schedule_edit",
        "rendezvous:schedule_list",
        "rendezvous:schedule_lock",
        "rendezvous:schedule_progress",
        "rendezvous:schedule_publish",
        "rendezvous:schedule_settings",
        "rendezvous:schedule_share",
        "rendezvous:schedule_stop",
        "rendezvous:session_act",
        "rendezvous:session_board",
        "rendezvous:session_create",
        "rendezvous:session_edit",
        "rendezvous:session_figures",
        "rendezvous:session_invite",
        "rendezvous:session_mine",
        "rendezvous:stage_edit",
        "rendezvous:wish_list",
    }


def test_nobody_reads_or_changes_what_is_not_theirs():
    world = build()

    assert play(world, sample(world)) == []


def test_the_whole_product_is_that_of_everybody():
    assert sorted(build().personas) == sorted(PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize("persona", PEOPLE)
def test_nobody_reads_or_changes_what_is_not_theirs_over_the_whole_product(persona):
    world = build()
    theirs = [one for one in attempts(world) if one.persona == persona]
    COUNTS["attempts"] += len(theirs)
    found = play(world, theirs)
    COUNTS["leaks"] += len(found)

    assert found == []
