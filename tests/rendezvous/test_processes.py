"""A collective process: stages, groups, what is kept, and who carries it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.enums import MembershipRole
from jobs.services import drain
from notifications.models import Notification
from rendezvous.enums import ActionState, ProcessStageCode, ProcessState
from rendezvous.models import GroupMember, Process, ProcessAction
from rendezvous.selectors.processes import process_page
from rendezvous.services.merging import fuse_group_members
from rendezvous.services.process_actions import (
    answer_carrier,
    decide,
    save_action,
)
from rendezvous.services.process_plans import (
    ActionPlan,
    NoCarrierError,
    TooManyKeptError,
)
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.processes import action_of, group_of, process_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
PLACE = {"titre": "Agir ici", "lieu": "Ici-sur-Loire"}


@pytest.fixture
def around():
    return TerritoryFactory(epci=True)


@pytest.fixture
def catalyst(around):
    return catalyst_of(around)


@pytest.fixture
def browser(catalyst):
    client = Client()
    client.force_login(catalyst)
    return client


@pytest.fixture
def process(around):
    return process_of(around)


def url(name, process, *more):
    return reverse(f"rendezvous:{name}", args=[process.public_id, *more])


def text(response):
    return response.content.decode()


def carrier():
    found = OrganisationFactory(name="Les Roues d’Ici")
    user = UserFactory()
    found.memberships.create(user=user, role=MembershipRole.REFERENT, is_lead=True)
    client = Client()
    client.force_login(user)
    return found, client


def test_a_process_goes_from_an_invitation_to_seven_actions_given_back(browser, around):
    """All by the pages, as a catalyst does it."""
    browser.post(
        reverse("rendezvous:process_create"),
        {
            **PLACE,
            "territoire": around.reference,
            "par_groupe": "2",
            "transverses": "1",
        },
    )
    process = Process.objects.get()
    browser.post(
        url("stage_edit", process, "invitation"),
        {"debut": "2031-10-02", "venus_association": "6", "venus_company": "3"},
    )
    browser.post(url("group_create", process), {"theme": "Mobilité"})
    group = process.groups.get()
    member, _client = carrier()
    members = url("group_members", process, group.public_id)
    assert "Les Roues d’Ici" in text(browser.get(members, {"q": "roues"}))
    browser.post(members, {"ajouter": member.public_id})
    for number in range(2):
        browser.post(
            url("action_create", process),
            {
                "titre": f"Action {number}",
                "groupe": group.public_id,
                "porteur": member.public_id,
            },
        )
        action = ProcessAction.objects.get(title=f"Action {number}")
        decision = url("action_decide", process, action.public_id)
        browser.post(decision, {"decision": "kept"})
    browser.post(url("process_act", process), {"etape": "restitution"})
    browser.post(url("process_act", process), {"etat": "publier"})

    page = text(Client().get(url("process_restitution", process)))

    assert "Action 0" in page
    assert "Action 1" in page
    detail = text(Client().get(url("process_detail", process)))
    assert "9 dirigeants présents" in detail
    assert "67 %" in detail.replace("\u202f", " ")
    assert "Les Roues d’Ici" not in page + detail


def test_an_action_is_kept_with_who_carries_it(process):
    action = action_of(process)

    with pytest.raises(NoCarrierError):
        decide(action, ActionState.KEPT)


def test_who_corrects_an_action_undoes_nothing_that_was_decided_meanwhile(process):
    who = OrganisationFactory()
    action = action_of(process, "Vélo", carrier=who)
    as_read = ProcessAction.objects.get(pk=action.pk)
    decide(action, ActionState.KEPT)
    answer_carrier(action, who, agrees=True)

    plan = ActionPlan("Vélos", "", None, who, as_read.progress)
    saved = save_action(process, plan, action=as_read)

    saved.refresh_from_db()
    assert (saved.title, saved.state) == ("Vélos", ActionState.KEPT)
    assert saved.is_agreed


def test_a_group_keeps_so_many_actions_and_all_the_groups_one_more(process):
    process.kept_per_group = 1
    process.save()
    group, who = group_of(process), OrganisationFactory()
    rows = [
        action_of(process, f"A{number}", carrier=who, group=group) for number in "12"
    ]
    rows += [action_of(process, f"T{number}", carrier=who) for number in "12"]
    for first in (rows[0], rows[2]):
        decide(first, ActionState.KEPT)

    for second in (rows[1], rows[3]):
        with pytest.raises(TooManyKeptError):
            decide(second, ActionState.KEPT)
    decide(rows[0], ActionState.DROPPED)
    decide(rows[1], ActionState.KEPT)
    assert process.actions.kept().count() == 2


def test_an_action_that_is_kept_does_not_move_where_there_is_no_room(browser, process):
    process.kept_per_group = 1
    process.save()
    group, who = group_of(process), OrganisationFactory()
    kept = {"carrier": who, "state": ActionState.KEPT}
    action_of(process, "Du groupe", group=group, **kept)
    moved = action_of(process, "Transverse", **kept)

    page = browser.post(
        url("action_edit", process, moved.public_id),
        {"titre": "Autre", "groupe": group.public_id, "porteur": who.public_id},
    )

    assert page.status_code == 422
    moved.refresh_from_db()
    assert (moved.title, moved.group) == ("Transverse", None)


@pytest.mark.parametrize(
    ("path", "twice"),
    [
        (("group_create",), {"theme": "Mobilité"}),
        (("action_create",), {"titre": "Un vélo pour chacun"}),
    ],
)
def test_the_same_name_twice_is_refused_in_words(browser, process, path, twice):
    group_of(process)
    action_of(process)

    page = browser.post(url(*path, process), twice)

    assert page.status_code == 422
    assert "déjà" in text(page)


def test_who_carries_an_action_is_named_once_it_said_yes(browser, process):
    organisation, member = carrier()
    action = action_of(process, carrier=organisation, state=ActionState.KEPT)
    answer = url("action_carry", process, action.public_id, organisation.public_id)
    detail = url("process_detail", process)

    assert "Les Roues d’Ici" not in text(Client().get(detail))
    assert "Oui, nous la portons" in text(member.get(detail))
    member.post(answer, {"reponse": "oui"})

    assert "Portée par Les Roues d’Ici" in text(Client().get(detail))
    member.post(answer, {"reponse": "non"})
    assert "Les Roues d’Ici" not in text(Client().get(detail))
    assert "Porteur à trouver" in text(browser.get(url("process_board", process)))


def test_who_is_asked_to_carry_is_told_once_and_reads_the_draft(browser, around):
    process = process_of(around, state=ProcessState.DRAFT)
    organisation, member = carrier()
    group_of(process, members=[organisation])
    for name in ("action_create",):
        browser.post(
            url(name, process), {"titre": "Un vélo", "porteur": organisation.public_id}
        )
    action = process.actions.get()
    edit = url("action_edit", process, action.public_id)
    browser.post(edit, {"titre": "Deux vélos", "porteur": organisation.public_id})
    drain()

    told = Notification.objects.get(kind="process_carrier_asked")
    assert told.path == url("process_detail", process)
    assert "Deux vélos" in text(member.get(told.path))
    assert Client().get(told.path).status_code == 404


def test_another_carrier_is_asked_anew(browser, process):
    first, second = OrganisationFactory(name="Un"), OrganisationFactory(name="Deux")
    group_of(process, members=[first, second])
    action = action_of(process, carrier=first, carrier_agreed_at=timezone.now())

    browser.post(
        url("action_edit", process, action.public_id),
        {"titre": action.title, "porteur": second.public_id},
    )

    action.refresh_from_db()
    assert (action.carrier, action.carrier_agreed_at) == (second, None)


def test_what_groups_found_is_for_everybody_from_the_restitution_on(process):
    group_of(process, state="Personne n’a de vélo.")
    sheet = url("process_restitution", process)
    assert Client().get(sheet).status_code == 404
    assert "Personne n’a de vélo" not in text(
        Client().get(url("process_detail", process))
    )

    process.stage = ProcessStageCode.RESTITUTION
    process.save()

    assert "Personne n’a de vélo" in text(Client().get(sheet))


def test_everybody_reads_how_many_take_part_and_nobody_who(process):
    members = [
        OrganisationFactory(name="Roues secrètes", kind="association"),
        OrganisationFactory(name="Freins cachés", kind="company"),
    ]
    group_of(process, members=members)

    page = text(Client().get(url("process_detail", process)))

    assert "1 association, 1 entreprise" in page
    assert [one.name for one in members if one.name in page] == []


def test_what_was_only_proposed_is_not_on_the_public_page(browser, process):
    group = group_of(process)
    action_of(process, "Proposée au groupe", group=group)
    action_of(process, "Écartée", group=group, state=ActionState.DROPPED)

    assert "Proposée au groupe" not in text(browser.get(url("process_detail", process)))
    assert "Écartée" in text(browser.get(url("process_board", process)))


def test_a_longer_process_costs_no_more_queries(
    browser, process, django_assert_num_queries, django_assert_max_num_queries
):
    def grow(name):
        who = OrganisationFactory()
        group = group_of(process, name, members=[who])
        action_of(process, name, group=group, carrier=who)

    grow("Un")
    board = url("process_board", process)
    with django_assert_max_num_queries(30) as few:
        browser.get(board)
    for number in range(4):
        grow(f"Autre {number}")

    with django_assert_num_queries(len(few)):
        browser.get(board)


def test_a_list_costs_no_more_queries(
    client, process, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("rendezvous:process_list")
    with django_assert_max_num_queries(10) as few:
        client.get(address)
    for _ in range(5):
        process_of(process.territory)

    with django_assert_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("wrong", [{"etape": "x"}, {"etat": "x"}, {}])
def test_an_unknown_order_is_not_found(browser, process, wrong):
    assert browser.post(url("process_act", process), wrong).status_code == 404


def test_a_stage_that_ends_before_it_begins_is_refused(browser, process):
    page = browser.post(
        url("stage_edit", process, "invitation"),
        {"debut": "2031-10-02", "fin": "2031-10-01"},
    )

    assert page.status_code == 422
    assert "avant le début" in text(page)


def test_shares_are_counted_from_who_came(browser, process, catalyst):
    counts = {"venus_association": "1", "venus_company": "2", "venus_foundation": ""}
    browser.post(url("stage_edit", process, "restitution"), counts)

    stage = process_page(process, catalyst, leads=True).stages[2]

    assert [(one.label, one.count, one.told) for one in stage.shares] == [
        ("Associations", 1, "33"),
        ("Entreprises", 2, "67"),
    ]
    assert stage.row.attended == 3


def test_of_two_that_take_part_one_stays_when_they_are_merged(process):
    kept, absorbed = OrganisationFactory(), OrganisationFactory()
    group_of(process, "Un", members=[kept, absorbed])
    group_of(process, "Deux", members=[absorbed])

    fuse_group_members(kept, absorbed)

    rows = GroupMember.objects.values_list("group__theme", "organisation")
    assert set(rows) == {("Un", kept.pk), ("Deux", absorbed.pk)}
