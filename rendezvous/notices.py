"""What people are told about sessions.

A key is ``session:<session>:<organisation>:<what tells one time from another>``.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policy import visible
from alliances.models import Membership
from notifications.registry import Kind, declare
from rendezvous.models import Registration, Session


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
REMINDED = declare(
    Kind(
        "session_reminder",
        _("Une session approche"),
        is_essential=True,
        action=_("Voir la session"),
        still_concerns=_still_comes,
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
