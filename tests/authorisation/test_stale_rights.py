"""A right that is taken away is gone at the next request, whatever was open with it.

Each row of the table takes one right of Camille's away; what is named there closes, and
nothing else does: sessions, keys of the API, letters that wait, links, files.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, DataExport
from accounts.services.consents import answer
from accounts.services.elevation import elevate, end_elevation
from accounts.services.erasure import erase
from accounts.services.sessions import end_other_sessions
from accounts.services.tokens import revoke_token
from alliances.enums import MandateRole, MembershipRole
from alliances.models import Attachment, Mandate, Membership, Organisation
from alliances.services.conversations.sending import Written, send_message
from alliances.services.membership import members
from jobs.services import drain
from tests.authorisation.world import just_typed_the_password
from tests.factories.accounts import add_second_factor
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.conversations import Pair, say
from tests.factories.joining import ClaimFactory, InvitationFactory, link_of
from tests.factories.territories import TerritoryFactory
from tests.factories.tokens import key_of

pytestmark = pytest.mark.django_db

SIGNED_IN = {"relation", "journal", "file", "copy", "contact", "claim"}
OWN_ORGANISATION = {"relation", "journal", "file", "contact", "letter"}
EVERYTHING = SIGNED_IN | {"key", "letter", "administration"}


@dataclass
class Scene:
    """Camille: referent of Roue libre, catalyst of its place, administrator."""

    pair: Pair
    client: Client
    key: Any
    secret: str
    paths: dict[str, str]

    @property
    def camille(self):
        return self.pair.camille


@pytest.fixture
def scene(settings):
    settings.RATE_LIMITED = False
    pair = Pair()
    camille, place = pair.camille, TerritoryFactory()
    Organisation.objects.filter(pk=pair.own.pk).update(seat=place)
    Mandate.objects.create(
        user=camille,
        territory=place,
        role=MandateRole.CATALYST,
        starts_on=timezone.localdate() - dt.timedelta(days=9),
    )
    add_second_factor(camille)
    # Somebody else decides too: the last one who does could not be taken off.
    MembershipFactory(organisation=pair.own, role=MembershipRole.SIGNATORY)
    share = {(Consent.Purpose.SHARE_CONTACT, pair.other.public_id): True}
    answer(pair.sam, share)
    key, secret = key_of(camille)
    return Scene(pair, signed_in(camille), key, secret, paths_of(pair, place))


def signed_in(person):
    client = Client()
    client.force_login(person)
    just_typed_the_password(client, person)
    UserSession.objects.create(
        user=person,
        session_key=client.session.session_key,
        ip="192.0.2.1",
        user_agent="Firefox",
    )
    return client


def paths_of(pair, place):
    own, link = pair.own.public_id, InvitationFactory(organisation=pair.own)
    claim = ClaimFactory(organisation=OrganisationFactory(seat=place))
    return {
        "relation": reverse("alliances:introduction_detail", args=pair.keys()),
        "journal": reverse("alliances:organisation_journal", args=[own]),
        "file": reverse(
            "alliances:attachment_download", args=[*pair.keys(), a_file(pair).public_id]
        ),
        "copy": reverse("portal:copy_download", args=[a_copy(pair.camille).public_id]),
        "claim": reverse("alliances:claim_detail", args=[claim.public_id]),
        "invitation": reverse("alliances:invitation_answer", args=[link_of(link)]),
        "administration": reverse("admin:index"),
    }


def a_file(pair):
    message = say(pair.introduction, pair.sam, pair.other, "Voici le plan.")
    return Attachment.objects.create(
        message=message,
        name="plan.txt",
        media_type="text/plain",
        size_bytes=4,
        sha256="0" * 64,
        scan=Attachment.Scan.CLEAN,
        file=ContentFile(b"plan", name="plan.txt"),
    )


def a_copy(person):
    now = timezone.now()
    return DataExport.objects.create(
        user=person,
        requested_at=now,
        ready_at=now,
        expires_at=now + dt.timedelta(days=7),
        file=ContentFile(b"copie", name="copie.zip"),
    )


# What is open.


def opens(scene, name):
    client = Client() if name == "invitation" else scene.client
    answered = client.get(scene.paths[name])
    b"".join(answered)  # a file is closed once it is read
    return answered.status_code == 200


def shows_the_contact(scene):
    page = scene.client.get(scene.paths["relation"])
    return scene.pair.sam.email in page.content.decode()


def takes_the_key(scene):
    bearer = {"Authorization": f"Bearer {scene.secret}"}
    answered = Client().get(reverse("api:organisation-list"), headers=bearer)
    return answered.status_code == 200


def what_is_open(scene):
    """Everything of Camille's that answers now, but the letters."""
    found = {name for name in scene.paths if opens(scene, name)}
    if shows_the_contact(scene):
        found.add("contact")
    if takes_the_key(scene):
        found.add("key")
    return found


def a_letter_waits(scene):
    """Sam writes; the letter that tells Camille has not left yet."""
    pair = scene.pair
    mail.outbox.clear()
    send_message(
        pair.introduction.pk,
        pair.other,
        author=pair.sam,
        written=Written("Bonjour", "une clé"),
    )


def the_letter_leaves(scene, address):
    drain()
    return any(
        address in letter.to and "Atelier 44" in letter.subject + letter.body
        for letter in mail.outbox
    )


# What takes a right away.


def the_membership_is_removed(scene):
    theirs = Membership.objects.get(user=scene.camille, organisation=scene.pair.own)
    signatory = Membership.objects.get(
        organisation=scene.pair.own, role=MembershipRole.SIGNATORY
    )
    members.remove_member(theirs, by=signatory.user)


def the_role_is_lowered(scene):
    theirs = Membership.objects.get(user=scene.camille, organisation=scene.pair.own)
    signatory = Membership.objects.get(
        organisation=scene.pair.own, role=MembershipRole.SIGNATORY
    )
    members.change_role(theirs, MembershipRole.CONTRIBUTOR, by=signatory.user)


def the_person_is_disabled(scene):
    scene.camille.is_active = False
    scene.camille.save()


def the_person_is_erased(scene):
    erase(scene.camille.pk, "asked")


def the_organisation_is_archived(scene):
    rows = Organisation.objects.filter(pk=scene.pair.own.pk)
    rows.update(archived_at=timezone.now())


def the_mandate_ends(scene):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Mandate.objects.filter(user=scene.camille).update(ends_on=yesterday)


def the_mandate_moves_elsewhere(scene):
    elsewhere = TerritoryFactory()
    Mandate.objects.filter(user=scene.camille).update(territory=elsewhere)


def the_password_changes(scene):
    scene.camille.set_password("une autre phrase, plus longue")
    scene.camille.save()


def the_sessions_are_ended(scene):
    end_other_sessions(scene.camille, kept="")


def the_key_is_revoked(scene):
    revoke_token(scene.key)


def the_key_expires(scene):
    scene.key.expires_at = timezone.now()
    scene.key.save()


def the_consent_is_withdrawn(scene):
    question = Consent.Purpose.SHARE_CONTACT, scene.pair.other.public_id
    answer(scene.pair.sam, {question: False})


def the_extended_access_ends(scene):
    end_elevation(scene.camille)


def the_administrator_is_one_no_longer(scene):
    scene.camille.is_staff = scene.camille.is_superuser = False
    scene.camille.save()


def the_second_factor_is_taken_off(scene):
    Authenticator.objects.filter(user=scene.camille).delete()


REVOCATIONS = [
    (the_membership_is_removed, OWN_ORGANISATION),
    (the_role_is_lowered, {"journal"}),
    (the_person_is_disabled, EVERYTHING),
    (the_person_is_erased, EVERYTHING),
    (the_organisation_is_archived, OWN_ORGANISATION | {"invitation"}),
    (the_mandate_ends, {"claim"}),
    (the_mandate_moves_elsewhere, {"claim"}),
    (the_password_changes, SIGNED_IN | {"administration"}),
    (the_sessions_are_ended, SIGNED_IN | {"administration"}),
    (the_key_is_revoked, {"key"}),
    (the_key_expires, {"key"}),
    (the_consent_is_withdrawn, {"contact"}),
    (the_extended_access_ends, {"administration"}),
    (the_administrator_is_one_no_longer, {"administration"}),
    (the_second_factor_is_taken_off, SIGNED_IN | {"administration", "key"}),
]


@pytest.mark.parametrize(
    ("take_away", "closed"), REVOCATIONS, ids=[each.__name__ for each, _ in REVOCATIONS]
)
def test_what_is_taken_away_closes_at_once_and_nothing_else_does(
    scene, take_away, closed
):
    if "administration" in closed:
        as_an_administrator(scene)
    address = scene.camille.email
    before = what_is_open(scene)
    a_letter_waits(scene)
    take_away(scene)
    scene.pair.camille.refresh_from_db()

    left = what_is_open(scene)
    if the_letter_leaves(scene, address):
        left.add("letter")

    assert before | {"letter"} >= closed, "what was not open proves nothing"
    assert before | {"letter"} == left | closed
    assert not left & closed


def as_an_administrator(scene):
    """With an extended access, an administrator answers claims as a catalyst does."""
    scene.camille.is_staff = scene.camille.is_superuser = True
    scene.camille.save()
    elevate(scene.camille, reason="Aider", duration=dt.timedelta(minutes=30))
