"""What people are told about organisations, introductions and conversations.

A letter may wait, for a digest or for the morning: what it says is asked again when it
leaves, so that somebody who has lost a right meanwhile receives nothing.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policy import is_administrator, visible
from alliances.models import (
    Claim,
    Interest,
    Introduction,
    Membership,
    Message,
    Organisation,
    Report,
    Suggestion,
)
from alliances.policy import waiting_for
from alliances.policy.roles import is_member, is_responsible
from notifications.registry import Frequency, Kind, declare


def _what(key: str) -> str:
    """What a key is about: its second part, as in ``claim:x`` or ``member:x:y``."""
    return key.split(":")[1]


def _is_asked_to_join(user: User, key: str) -> bool:
    claim = Claim.objects.filter(public_id=_what(key)).first()
    return claim is not None and bool(is_member(user, claim.organisation))


def _may_decide_claim(user: User, key: str) -> bool:
    """Administrators too, who ask for an extended access before they answer."""
    claims = Claim.objects.filter(public_id=_what(key))
    if is_administrator(user):
        return claims.filter(state=Claim.State.PENDING).exists()
    return waiting_for(user, claims).exists()


def _is_of_the_team(user: User, key: str) -> bool:
    organisation = Organisation.objects.filter(public_id=_what(key)).first()
    return bool(is_member(user, organisation))


def _is_on_one_side(user: User, key: str) -> bool:
    rows = Introduction.objects.filter(public_id=_what(key))
    return visible(user, rows).exists()


def _may_read_message(user: User, key: str) -> bool:
    return visible(user, Message.objects.filter(public_id=_what(key))).exists()


def _may_answer(user: User, key: str) -> bool:
    interest = Interest.objects.filter(pk=_what(key)).first()
    return interest is not None and bool(is_responsible(user, interest.organisation))


def _is_warned(user: User, key: str) -> bool:
    report = Report.objects.filter(public_id=_what(key)).first()
    return report is not None and bool(is_responsible(user, report.organisation))


def _moderates(user: User, _key: str) -> bool:
    return bool(is_administrator(user))


# Joining (docs/decisions/0110, 0111).
INVITED = declare(
    Kind("invitation", _("Une organisation vous invite"), is_essential=True)
)
CLAIM_RECEIVED = declare(
    Kind(
        "claim_received",
        _("Quelqu’un demande à rejoindre votre organisation"),
        reminders_days=(2, 4),
        still_concerns=_is_asked_to_join,
    )
)
CLAIM_TO_CHECK = declare(
    Kind(
        "claim_to_check",
        _("Une demande de rattachement attend votre réponse sur votre territoire"),
        frequency=Frequency.DAILY,
        still_concerns=_may_decide_claim,
    )
)
CLAIM_DECIDED = declare(
    Kind(
        "claim_decided",
        _("Votre demande de rattachement a une réponse"),
        is_essential=True,
    )
)
MEMBER_JOINED = declare(
    Kind(
        "member_joined",
        _("Quelqu’un a rejoint votre organisation"),
        still_concerns=_is_of_the_team,
    )
)
MEMBER_LEFT = declare(
    Kind(
        "member_left",
        _("Quelqu’un a quitté votre organisation"),
        still_concerns=_is_of_the_team,
    )
)
MEMBER_ERASED = declare(
    Kind(
        "member_erased",
        _("Le compte d’une personne de votre équipe est effacé"),
        still_concerns=_is_of_the_team,
    )
)
ROLE_CHANGED = declare(
    Kind(
        "role_changed", _("Votre rôle dans une organisation change"), is_essential=True
    )
)
MERGED = declare(
    Kind(
        "organisations_merged",
        _("Deux descriptions de votre organisation n’en font plus qu’une"),
        is_essential=True,
    )
)

# Introductions.

INTRODUCTION_OPENED = declare(
    Kind(
        "introduction_opened",
        _("Une mise en relation est ouverte"),
        reminders_days=(3, 8),
        still_concerns=_is_on_one_side,
    )
)
INTEREST_PROPOSED = declare(
    Kind(
        "interest_proposed",
        _("Un membre propose une mise en relation"),
        reminders_days=(5,),
        still_concerns=_may_answer,
    )
)

# What catalysts suggest (docs/decisions/0142).


def still_suggested(user: User, key: str) -> bool:
    """Tell whether the suggestion still counts, and this person its organisation."""
    _subject, suggestion, organisation = key.split(":")
    is_live = Suggestion.objects.live(timezone.now()).filter(public_id=suggestion)
    return (
        is_live.exists()
        and Membership.objects.filter(
            user=user, organisation__public_id=organisation
        ).exists()
    )


SUGGESTION_RECEIVED = declare(
    Kind(
        "suggestion_received",
        _("Un catalyseur vous suggère une rencontre"),
        action=_("Lire la suggestion et répondre"),
        still_concerns=still_suggested,
    )
)
SUGGESTION_OPENED = declare(
    Kind(
        "suggestion_opened",
        _("Une rencontre que vous avez suggérée est ouverte"),
        frequency=Frequency.DAILY,
    )
)

# Conversations.

MESSAGE_RECEIVED = declare(
    Kind(
        "message_received",
        _("Un nouveau message"),
        still_concerns=_may_read_message,
    )
)
FIRST_MESSAGE = declare(
    Kind(
        "first_message",
        _("Un premier message, qui attend votre réponse"),
        reminders_days=(3, 8),
        still_concerns=_is_on_one_side,
    )
)
INTRODUCTION_CLOSED = declare(
    Kind(
        "introduction_closed",
        _("La fin d’une mise en relation"),
        still_concerns=_is_on_one_side,
    )
)
REPORT_HANDLED = declare(
    Kind("report_handled", _("La réponse à un signalement"), is_essential=True)
)
MODERATION_WARNING = declare(
    Kind(
        "moderation_warning",
        _("Une décision de la modération sur votre organisation"),
        is_essential=True,
        still_concerns=_is_warned,
    )
)
REPORT_TO_HANDLE = declare(
    Kind(
        "report_to_handle",
        _("Un signalement à traiter (administration)"),
        still_concerns=_moderates,
    )
)
