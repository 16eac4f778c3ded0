"""Making a letter when it leaves, from what its person may still be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.letters import (
    Footing,
    address_of,
    compose,
    part,
    sentence_of,
    subject_of,
)
from notifications.links import preferences_path, unsubscribe_path
from notifications.models import Delivery, Notification, Objection
from notifications.registry import (
    DIGEST,
    Frequency,
    Kind,
    UnknownKindError,
    kind_of,
)
from notifications.selectors import frequencies_of, frequency_of
from notifications.services.recipients import Recipient


@dataclass(frozen=True)
class WrittenLetter:
    """A letter ready to leave; ``objection`` says why it no longer has an object."""

    subject: str = ""
    text: str = ""
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    objection: str = ""


def write(delivery: Delivery, recipient: Recipient) -> WrittenLetter:
    """Make the letter of ``delivery``, or say why there is none any more."""
    if recipient.objection:
        return WrittenLetter(objection=recipient.objection)
    if delivery.kind == DIGEST:
        return _digest(delivery)
    if delivery.user is None:
        kind = kind_of(delivery.kind)
        return _single(delivery, kind, path=delivery.path, context=delivery.context)
    return _to_person(delivery)


def _to_person(delivery: Delivery) -> WrittenLetter:
    user, kind = delivery.user, kind_of(delivery.kind)
    assert user is not None  # noqa: S101 - asked by the caller
    news = Notification.objects.filter(
        user=user, kind=delivery.kind, key=delivery.key
    ).first()
    if news is None:
        return WrittenLetter(objection=Objection.GONE)
    if kind.still_concerns and not kind.still_concerns(user, news.key):
        return WrittenLetter(objection=Objection.NOT_CONCERNED)
    if frequency_of(kind, user) is Frequency.NEVER:
        return WrittenLetter(objection=Objection.UNWANTED)
    if delivery.number and news.answered_at:
        return WrittenLetter(objection=Objection.ANSWERED)
    return _single(delivery, kind, path=news.path, context=news.context)


def _single(
    delivery: Delivery, kind: Kind, *, path: str, context: Mapping[str, object]
) -> WrittenLetter:
    link = address_of(path)
    context = {**context, "link": link}
    subject = subject_of(kind.code, context)
    if delivery.number:
        subject = _("Rappel : %(subject)s") % {"subject": subject}
    body = part(kind.code, "body", context)
    footing, headers = _ending(delivery, is_essential=kind.is_essential)
    letter = compose(
        subject,
        body,
        link=link,
        action=kind.action or _("Ouvrir la page"),
        footing=footing,
    )
    return WrittenLetter(letter.subject, letter.text, letter.html, headers)


def _digest(delivery: Delivery) -> WrittenLetter:
    items = _worth_telling(delivery)
    if not items:
        return WrittenLetter(objection=Objection.NOTHING_LEFT)
    subject = ngettext(
        "Une nouvelle sur Alliances", "%(count)d nouvelles sur Alliances", len(items)
    ) % {"count": len(items)}
    footing, headers = _ending(delivery, is_essential=False)
    letter = compose(
        subject,
        _digest_body(items),
        link=address_of("/notifications/"),
        action=_("Voir mes notifications"),
        footing=footing,
    )
    return WrittenLetter(letter.subject, letter.text, letter.html, headers)


def _worth_telling(delivery: Delivery) -> list[Notification]:
    """Keep what the person has neither read nor answered, and may still be told."""
    user = delivery.user
    news = delivery.notifications.filter(read_at=None, answered_at=None)
    found = []
    wanted = frequencies_of(user, _kinds_of(news)) if user else {}
    for one in news.order_by("created_at", "pk"):
        kind = _known(one.kind)
        if user is None or kind is None or wanted[kind.code] is Frequency.NEVER:
            continue
        if kind.still_concerns is None or kind.still_concerns(user, one.key):
            found.append(one)
    return found


def _digest_body(items: Iterable[Notification]) -> str:
    """One list per organisation of the person's, in the order of their names; the rest at the end."""

    def heading(one: Notification) -> str:
        return str(one.context.get("own") or one.context.get("organisation", ""))

    def rank(one: Notification) -> tuple[bool, str]:
        return not heading(one), heading(one)

    chunks = [_("Voici ce qui s’est passé depuis notre dernier récapitulatif.")]
    for name, group in groupby(sorted(items, key=rank), key=heading):
        if name:
            chunks.append(name)
        sentences = [sentence_of(one.kind, one.context) for one in group]
        chunks.append("\n".join(f"- {sentence}" for sentence in sentences))
    return "\n\n".join(chunks)


def _kinds_of(news: Iterable[Notification]) -> list[Kind]:
    known = (_known(code) for code in {one.kind for one in news})
    return [kind for kind in known if kind is not None]


def _known(code: str) -> Kind | None:
    try:
        return kind_of(code)
    except UnknownKindError:  # its application is gone
        return None


def _ending(
    delivery: Delivery, *, is_essential: bool
) -> tuple[Footing, dict[str, str]]:
    """Say why the letter came, and how to stop (RFC 2369 and RFC 8058)."""
    preferences = address_of(preferences_path()) if delivery.user else ""
    if is_essential:
        why = _(
            "Ce courriel est nécessaire au service : il part quels que soient vos choix."
        )
        return Footing(why, preferences), {}
    link = address_of(unsubscribe_path(delivery))
    headers = {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return Footing(_why(delivery), preferences, link), headers


def _why(delivery: Delivery) -> str:
    if delivery.user is None:
        return _("Quelqu’un a donné votre adresse sur Alliances pour vous écrire.")
    return _("Vous recevez ce courriel parce que vous avez un compte sur Alliances.")
