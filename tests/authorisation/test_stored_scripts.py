"""A script written in any text of an organisation runs on no page.

The security policy of the pages is switched off: what is seen is the escaping alone.
"""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, User
from alliances.description.steps import ProjectStep, Step
from alliances.enums import ActorKind
from alliances.models import (
    Attachment,
    Block,
    Exclusion,
    Introduction,
    Membership,
    Need,
    Offer,
    Report,
)
from alliances.services import projects
from tests.browser import sign_in
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.alliances import IntentionFactory
from tests.factories.conversations import say
from tests.factories.introductions import introduce
from tests.factories.matching import compute
from tests.factories.territories import TerritoryFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_browser,
    pytest.mark.django_db(transaction=True),
]

SCRIPT = (
    "x\"'><img src=x onerror=window.__xss=1><svg onload=window.__xss=2>"
    "</script><script>window.__xss=3</script>{{constructor}}"
)


def hostile_world():
    """Two organisations that match, hostile in everything that they may write."""
    TerritoryFactory(country=True)
    place = TerritoryFactory(
        name="Clisson", code="44043", latitude_deg=47.1, longitude_deg=-1.3
    )
    TerritoryFactory(department=True, code="44", name="Loire", communes=[place])
    made = []
    for kind in (ActorKind.COMPANY, ActorKind.ASSOCIATION):
        intention = IntentionFactory(
            title=SCRIPT,
            organisation__name=f"{kind.value}{SCRIPT}"[:200],
            organisation__kind=kind,
            organisation__summary=SCRIPT,
            organisation__website="javascript:window.__xss=4",
            organisation__seat=place,
            organisation__general_interest=True,
            organisation__values=[SCRIPT[:80]],
            organisation__sectors=[SCRIPT[:80]],
            perimeter=[place],
        )
        Need.objects.filter(intention=intention).update(note=SCRIPT[:100])
        Offer.objects.filter(intention=intention).update(note=SCRIPT[:100])
        made.append(intention.organisation)
    own, other = made
    Exclusion.objects.create(organisation=own, sector=SCRIPT[:80])
    person = UserFactory(name=SCRIPT[:120])
    Membership.objects.create(user=person, organisation=own, role="referent")
    compute()
    return own, other, person


def hostile_conversation(own, other, person):
    """Texts, names of files, farewells, blocks and reports, hostile too."""
    partner = UserFactory(name=SCRIPT[:120])
    Consent.objects.create(
        user=partner, purpose="publish_name", is_given=True, text_version="1"
    )
    introduction = introduce(own, other)
    message = say(introduction, partner, other, f"{SCRIPT} https://exemple.fr/{SCRIPT}")
    Attachment.objects.create(message=message, name=SCRIPT[:120], size_bytes=1)
    Block.objects.create(organisation=own, other=other, reason=SCRIPT)
    closed = introduce(
        own,
        other,
        state=Introduction.State.DECLINED,
        closed_at=timezone.now(),
        closed_by=other,
        closing_is_shared=True,
        closing_words=SCRIPT,
    )
    report = Report.objects.create(
        by=person,
        organisation=other,
        message=message,
        reason_code="spam",
        words=SCRIPT,
    )
    relation = f"/organisations/{own.public_id}/relations"
    here = f"{relation}/{introduction.public_id}"
    return [
        f"{here}/",
        f"{here}/?modele=meeting",
        f"{here}/clore/",
        f"{here}/bloquer/",
        f"{here}/signaler/",
        f"{here}/messages/{message.public_id}/signaler/",
        f"{relation}/{closed.public_id}/",
        f"/signalements/{report.public_id}/",
        f"/moderation/{report.public_id}/",
        "/moderation/",
    ]


def test_no_stored_script_runs_on_any_page(live_server, chromium):
    mine, theirs, person = hostile_world()
    project = projects.create_project(mine.pk, f"2{SCRIPT}"[:160])
    projects.open_project(project.pk)
    conversation = hostile_conversation(mine, theirs, person)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    add_second_factor(person)
    own, other = mine.public_id, theirs.public_id
    client = Client()
    client.force_login(person)
    context = chromium.new_context(bypass_csp=True, locale="fr-FR")
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page, client, live_server)
    paths = [
        "/",
        "/organisations/?q=onerror",
        "/organisations/?territoire=COM-44043",
        f"/organisations/{own}/",
        f"/organisations/{other}/",
        "/organisations/miennes/",
        *(f"/organisations/{own}/modifier/{step}/" for step in Step),
        f"/organisations/{own}/projets/",
        *(
            f"/organisations/{own}/projets/{project.public_id}/modifier/{step}/"
            for step in ProjectStep
        ),
        f"/organisations/{own}/suite/",
        "/territoires/COM-44043/",
        "/propositions/",
        f"/propositions/{own}/",
        f"/propositions/{own}/{other}/",
        f"/propositions/{own}/comparer/?avec={other}",
        f"/propositions/{own}/pourquoi/?q=onerror",
        *conversation,
    ]
    seen, ran, links = 0, [], []
    for path in paths:
        answer = page.goto(live_server.url + path)
        assert answer.ok, path
        page.wait_for_load_state("networkidle")
        for marker in page.locator(".al-map-point, .maplibregl-marker").all()[:2]:
            marker.click(force=True)
        seen += "onerror" in page.content()
        ran += [path] if page.evaluate("window.__xss") is not None else []
        links += page.locator("a[href^='javascript:' i]").all()
    context.close()

    assert seen > len(paths) // 2, "the texts were hardly shown"
    assert (ran, links, dialogs) == ([], [], [])
