"""What people are told about sessions.

A key is ``session:<session>:<organisation>:<what tells one time from another>``; about
what follows a meeting, ``<subject>:<follow-up>:<organisation>:<time>``.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policy import visible
from alliances.models import Membership
from notifications.registry import Kind, declare
from rendezvous.models import (
    FollowUp,
    ProcessAction,
    Registration,
    Session,
    SessionInvitation,
)


def _acts_for(user: User, key: str) -> bool:
    _subject, _session, organisation, *_time = key.split(":")
    mine = Membership.objects.filter(user=user, organisation__public_id=organisation)
    return mine.exists()


def _still_comes(user: User, key: str) -> bool:
    """Tell whether the organisation still is registered, and this person is of it."""
    _subject, session, organisation, *_time = key.split(":")
    rows = Registration.objects.live().filter(
        session__public_id=session, organisation__public_id=organisation
    )
    return _acts_for(user, key) and visible(user, rows).exists()


def _is_announced(user: User, key: str) -> bool:
    session = Session.objects.filter(public_id=key.split(":")[1])
    return visible(user, session.public()).exists()


def _is_still_invited(user: User, key: str) -> bool:
    """Tell whether the invitation still waits for an answer of one's organisation."""
    _subject, session, organisation, *_time = key.split(":")
    rows = SessionInvitation.objects.delivered().filter(
        session__public_id=session,
        organisation__public_id=organisation,
        declined_at=None,
    )
    return (
        _acts_for(user, key)
        and visible(user, rows).exists()
        and not _still_comes(user, key)
        and _is_announced(user, key)
    )


REGISTERED = declare(
    Kind(
        "session_registered",
        _("Votre organisation est inscrite à une session"),
        action=_("Voir l’inscription"),
        still_concerns=_still_comes,
    )
)
QUEUED = declare(
    Kind(
        "session_queued",
        _("Votre organisation est sur la liste d’attente d’une session"),
        action=_("Voir l’inscription"),
        still_concerns=_still_comes,
    )
)
PROMOTED = declare(
    Kind(
        "session_promoted",
        _("Une place se libère pour votre organisation"),
        is_essential=True,
        action=_("Voir l’inscription"),
        still_concerns=_still_comes,
    )
)
WITHDRAWN = declare(
    Kind(
        "session_withdrawn",
        _("Votre organisation ne vient plus à une session"),
        action=_("Voir la session"),
        still_concerns=_acts_for,
    )
)
CANCELLED = declare(
    Kind(
        "session_cancelled",
        _("Une session est annulée"),
        is_essential=True,
        action=_("Voir la session"),
        still_concerns=_is_announced,
    )
)
MOVED = declare(
    Kind(
        "session_moved",
        _("Une session change de lieu ou d’heure"),
        is_essential=True,
        action=_("Voir l’inscription"),
        still_concerns=_still_comes,
    )
)
REMINDED = declare(
    Kind(
        "session_reminder",
        _("Une session approche"),
        is_essential=True,
        action=_("Voir la session"),
        still_concerns=_still_comes,
    )
)
INVITED = declare(
    Kind(
        "session_invited",
        _("Un catalyseur invite votre organisation à une session"),
        action=_("Voir la session"),
        still_concerns=_is_still_invited,
    )
)


def _is_asked_to_carry(user: User, key: str) -> bool:
    """The key is ``process:<action>:<organisation>``."""
    _subject, action, organisation = key.split(":")
    rows = ProcessAction.objects.filter(
        public_id=action, carrier__public_id=organisation, carrier_agreed_at=None
    )
    mine = Membership.objects.filter(user=user, organisation__public_id=organisation)
    return visible(user, rows).exists() and mine.exists()


CARRIER_ASKED = declare(
    Kind(
        "process_carrier_asked",
        _("On demande à votre organisation de porter une action"),
        action=_("Voir la démarche"),
        still_concerns=_is_asked_to_carry,
    )
)
PROGRAMME_READY = declare(
    Kind(
        "session_programme",
        _("Le programme d’une session est publié"),
        is_essential=True,
        action=_("Voir mon programme"),
        still_concerns=_still_comes,
    )
)
PROGRAMME_CHANGED = declare(
    Kind(
        "session_replanned",
        _("Votre programme change pendant une session"),
        is_essential=True,
        action=_("Voir ce qui change"),
        still_concerns=_still_comes,
    )
)


def _has_followup(user: User, key: str) -> bool:
    """Tell whether this person still acts for that side, and both still are there."""
    _subject, followup, organisation, *_time = key.split(":")
    rows = FollowUp.objects.filter(public_id=followup)
    mine = Membership.objects.filter(user=user, organisation__public_id=organisation)
    return mine.exists() and visible(user, rows).exists()


def _still_goes_on(user: User, key: str) -> bool:
    followup = key.split(":")[1]
    return FollowUp.objects.going_on().filter(public_id=followup).exists()


COMMITMENT_TO_SIGN = declare(
    Kind(
        "commitment_to_sign",
        _("Une fiche d’engagement attend votre signature"),
        reminders_days=(3, 10),
        action=_("Lire la fiche"),
        still_concerns=_has_followup,
    )
)
COMMITMENT_SIGNED = declare(
    Kind(
        "commitment_signed",
        _("Une fiche d’engagement est signée des deux côtés"),
        action=_("Relire la fiche"),
        still_concerns=_has_followup,
    )
)
PROGRESS_ASKED = declare(
    Kind(
        "progress_asked",
        _("Où en êtes-vous, après une rencontre ?"),
        reminders_days=(3, 8),
        action=_("Répondre en un geste"),
        still_concerns=_has_followup,
        still_reminds=_still_goes_on,
    )
)
