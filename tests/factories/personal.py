"""A person with a canary wherever the data map says that something is theirs."""

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import (
    Absence,
    ApiToken,
    Consent,
    DataExport,
    Elevation,
    ErasureRequest,
    User,
)
from accounts.sealing import seal
from accounts.services.letters import SEND_LETTER
from alliances.enums import MandateRole, MembershipRole
from alliances.models import (
    Attachment,
    Block,
    Claim,
    Conversation,
    Interest,
    Introduction,
    Invitation,
    Mandate,
    Membership,
    Merge,
    Message,
    Organisation,
    PrivilegedRead,
    Reading,
    Report,
)
from jobs.models import Job
from notifications.models import Delivery, Notification, Preference
from rendezvous.enums import FeedbackAnswer, Stage, WishAnswer
from rendezvous.models import (
    Checkpoint,
    Commitment,
    Computation,
    Feedback,
    FollowUp,
    Registration,
    Signature,
    Wish,
)
from rendezvous.services.attendance import arrive, lose_table
from rendezvous.services.live import Action, Seen, act
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory
from tests.factories.processes import process_of
from tests.factories.sessions import (
    invitation_of,
    printout_of,
    registration_of,
    schedule_of,
    session_of,
)
from tests.factories.suggestions import suggestion_of
from tests.factories.territories import TerritoryFactory

DAY = dt.date(2031, 5, 17)  # a date of this person alone


@dataclass
class Marked:
    """Somebody, and what must be found in their copy and nowhere once erased."""

    user: User
    mark: str
    organisation: Organisation
    in_copy: set[str] = field(default_factory=set)

    def text(self, name: str, *, copied: bool = True) -> str:
        """A text that only this person's row holds."""
        canary = f"{self.mark}{name}"
        if copied:
            self.in_copy.add(canary)
        return canary


def marked_person(mark: str, organisation: Organisation | None = None) -> Marked:
    """Return somebody with a row in every table that may lead to them."""
    user = UserFactory(
        email=f"{mark.lower()}courriel@exemple.test",
        name=f"{mark}prenom {mark}nom",
        phone=f"06 12 {secrets.randbelow(90) + 10} {secrets.randbelow(90) + 10} 78",
    )
    somebody = Marked(user, mark, organisation or OrganisationFactory())
    somebody.in_copy |= {user.email, user.name, user.phone}
    for add in (_account, _keys, _belonging, _exchange, _meetings, _traces):
        add(somebody)
    return somebody


def _account(one: Marked) -> None:
    now = timezone.now()
    user = one.user
    address = EmailAddress.objects.get(user=user)
    other = f"{one.mark.lower()}autre@exemple.test"
    EmailAddress.objects.create(user=user, email=other, verified=True)
    one.in_copy.add(other)
    EmailConfirmation.objects.create(
        email_address=address, sent=now, key=one.text("confirmation", copied=False)
    )
    group = Group.objects.create(name=f"Groupe de {one.mark[::-1]}")
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.order_by("pk").first())
    Consent.objects.create(
        user=user,
        purpose=Consent.Purpose.SHARE_CONTACT,
        scope=one.organisation.public_id,
        is_given=True,
        text_version=one.text("version"),
    )
    Absence.objects.create(user=user, starts_on=DAY, ends_on=DAY)
    DataExport.objects.create(
        user=user,
        requested_at=now,
        ready_at=now,
        expires_at=now + dt.timedelta(days=7),
        file=ContentFile(one.text("copie", copied=False).encode(), name="copie.zip"),
    )
    ErasureRequest.objects.create(
        user=user, asked_at=now, due_at=now + dt.timedelta(days=7)
    )


def _keys(one: Marked) -> None:
    now = timezone.now()
    ApiToken.objects.create(
        user=one.user,
        label=one.text("cle"),
        digest=one.text("empreinte", copied=False),
        scopes=[one.text("portee")],
        expires_at=now + dt.timedelta(days=1),
    )
    Authenticator.objects.create(
        user=one.user, type="totp", data={"secret": one.text("totp", copied=False)}
    )
    started = SessionStore()  # somebody began to sign in, and did not finish
    started["account_login"] = {"email": one.user.email, "by": one.user.name}
    started.create()
    session = SessionStore()
    session["_auth_user_id"] = str(one.user.pk)
    session["words"] = one.text("session", copied=False)
    session.create()
    UserSession.objects.create(
        user=one.user,
        ip="192.0.2.77",
        session_key=session.session_key,
        user_agent=one.text("navigateur"),
    )


def _belonging(one: Marked) -> None:
    now, user = timezone.now(), one.user
    later = now + dt.timedelta(days=3)
    Membership.objects.create(
        user=user, organisation=one.organisation, role=MembershipRole.REFERENT
    )
    Mandate.objects.create(
        user=user,
        territory=TerritoryFactory(),
        role=MandateRole.CATALYST,
        starts_on=DAY,
    )
    elsewhere = OrganisationFactory()
    Claim.objects.create(
        organisation=elsewhere,
        user=user,
        position=one.text("fonction"),
        proof=one.text("preuve"),
        answer=one.text("reponse"),
        answer_by=later,
    )
    Invitation.objects.create(
        organisation=elsewhere,
        email=user.email.upper(),
        role=MembershipRole.CONTRIBUTOR,
        token_digest=secrets.token_hex(32),
        sent_at=now,
        expires_at=later,
    )
    Invitation.objects.create(
        organisation=one.organisation,
        email=f"invitee-{secrets.token_hex(4)}@exemple.test",
        role=MembershipRole.CONTRIBUTOR,
        token_digest=secrets.token_hex(32),
        invited_by=user,
        sent_at=now,
        expires_at=later,
    )
    Invitation.objects.create(
        organisation=one.organisation,
        email=user.email,
        role=MembershipRole.REFERENT,
        state=Invitation.State.ACCEPTED,
        token_digest=secrets.token_hex(32),
        sent_at=now,
        expires_at=later,
        answered_at=now,
        accepted_by=user,
    )
    Claim.objects.create(
        organisation=one.organisation,
        user=UserFactory(),
        position="trésorière",
        proof="bulletin",
        state=Claim.State.APPROVED,
        answer=f"Accepté par {user.name}",
        answer_by=later,
        decided_at=now,
        decided_by=user,
    )
    Merge.objects.create(
        kept=elsewhere,
        absorbed=OrganisationFactory(),
        by=user,
        moved={"members": [user.name, user.email]},
    )


def _exchange(one: Marked) -> None:
    """Two relations, so that the organisation stands on each side of a pair."""
    later = OrganisationFactory()
    before = OrganisationFactory(pk=-later.pk)
    for other in (before, later):
        _relation(one, other)
    suggestion_of(
        before,
        later,
        by=one.user,
        territory=TerritoryFactory(),
        reason=f"Signé {one.user.name}",
        is_signed=True,
    )


def _relation(one: Marked, other: Organisation) -> None:
    now, user = timezone.now(), one.user
    low, high = sorted((one.organisation, other), key=lambda row: row.pk)
    introduction = Introduction.objects.create(low=low, high=high, opened_at=now)
    conversation = Conversation.objects.create(introduction=introduction)
    message = Message.objects.create(
        conversation=conversation,
        organisation=one.organisation,
        author=user,
        body=(
            f"Bonjour, rappelez-moi au {user.phone} ou à {user.email}.\n"
            f"Merci. {user.name}"
        ),
        key=secrets.token_hex(8),
        sent_at=now,
    )
    Message.objects.create(
        conversation=conversation,
        organisation=other,
        author=UserFactory(name="Une autre personne"),
        body=f"Merci, je note {user.email} et {user.phone}.",
        key=secrets.token_hex(8),
        sent_at=now,
    )
    Attachment.objects.create(
        message=message,
        name=f"CV {user.name}.txt",
        media_type="text/plain",
        size_bytes=5,
        sha256=secrets.token_hex(32),
        file=ContentFile(b"piece", name=f"{secrets.token_hex(4)}.txt"),
    )
    Reading.objects.create(conversation=conversation, user=user, read_at=now)
    Interest.objects.create(
        organisation=one.organisation,
        other=other,
        answer=Interest.Answer.YES,
        reason=f"Voir avec {user.name}",
        by=user,
        answered_at=now,
        expires_at=now + dt.timedelta(days=90),
    )
    Block.objects.create(
        organisation=one.organisation,
        other=other,
        by=user,
        reason=f"Demandé par {user.name}",
    )
    Report.objects.create(
        organisation=other,
        by=user,
        reason_code="spam",
        words=f"Écrire à {user.email}",
        handled_by=user,
    )


def _meetings(one: Marked) -> None:
    """A session that they prepare, and to which they come."""
    user = one.user
    session = session_of(
        TerritoryFactory(), by=user, description=f"Renseignements\u202f: {user.email}"
    )
    own = registration_of(session, one.organisation, names=(user.name,), by=user)
    own.attendees.update(user=user)
    other = registration_of(session, OrganisationFactory())
    Wish.objects.create(registration=own, other=other, answer=WishAnswer.LIKE, by=user)
    Computation.objects.create(session=session, by=user, seconds_max=20)
    schedule = schedule_of(session, [(1, 1, (own, other))], by=user)
    printout_of(schedule, by=user)
    _followed(own, other, user)
    seen = Seen(revision=0, step=0)
    act(session, Action.GO_ON, seen=seen, by=user, now=timezone.now())
    arrive(session, own.attendees.get(), by=user)
    lose_table(session, 2, by=user)
    invitation_of(session, OrganisationFactory(), by=user)
    process = process_of(TerritoryFactory(), by=user, next_need=f"Joindre {user.name}")
    # What was written before a correction is kept by the events of each.
    for row in (session, own, session.schedules.get(), session.clock, process):
        row.save()


def _followed(own: Registration, other: Registration, user: User) -> None:
    """What they say of a meeting, promise and answer; a note that they keep."""
    now = timezone.now()
    signed = {"by": user, "at": now}
    Feedback.objects.create(
        registration=own,
        other=other,
        answer=FeedbackAnswer.YES,
        track=f"Rappeler {user.name}",
        **signed,
    )
    low, high = sorted((own, other), key=lambda side: side.pk)
    followup = FollowUp.objects.create(
        session=own.session,
        low=low,
        high=high,
        mutual_at=now,
        note=f"Vu avec {user.name}",
        note_by=user,
    )
    card = Commitment.objects.create(
        followup=followup,
        version=1,
        caller=own,
        due_on=DAY,
        what=f"{user.name} rappelle au {user.phone}",
        at=now,
    )
    Signature.objects.create(commitment=card, registration=own, **signed)
    Checkpoint.objects.create(
        followup=followup,
        registration=own,
        days=7,
        due_on=DAY,
        stage=Stage.FRAMING,
        by=user,
        answered_at=now,
    )


def _traces(one: Marked) -> None:
    now, user = timezone.now(), one.user
    LogEntry.objects.create(
        user=UserFactory(is_staff=True),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=user.name,
        action_flag=2,
        change_message=f"{user.email} → …",
    )
    LogEntry.objects.create(
        user=user,
        object_id="1",
        object_repr=f"Vu par {user.name}",
        action_flag=2,
        change_message="",
    )
    Notification.objects.create(
        user=user,
        kind="x",
        key=one.text("nouvelle"),
        path="/",
        context={"who": user.name},
    )
    Notification.objects.create(
        user=UserFactory(),
        kind="x",
        key="claim",
        path="/",
        context={"who": user.name, "list": [user.email]},
    )
    Job.objects.create(
        kind="mail", key=user.email, payload={"to": [user.email], "who": user.name}
    )
    Preference.objects.create(user=user, kind="x", frequency="never")
    Delivery.objects.create(
        user=user, kind="x", key=one.text("envoi"), message_id=secrets.token_hex(8)
    )
    Delivery.objects.create(
        address=user.email, kind="x", key="invitation", message_id=secrets.token_hex(8)
    )
    letter = {"to": user.email, "text": user.name}
    Job.objects.create(
        kind=SEND_LETTER, payload={"sealed": seal(json.dumps(letter))}, done_at=now
    )
    elevation = Elevation.objects.create(
        user=user, reason=f"Vu avec {user.name}", starts_at=now, ends_at=now
    )
    PrivilegedRead.objects.create(
        elevation=elevation, user=user, organisation=one.organisation, what=user.name
    )
