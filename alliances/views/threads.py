"""What every page of an introduction needs: who acts, and the conversation."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from accounts.policy import can, visible
from alliances.correspondence.drafts import Draft, drafts
from alliances.forms.conversations import MessageForm
from alliances.models import Introduction, Organisation
from alliances.selectors.conversations import Thread, thread
from alliances.selectors.relations import with_both_sides
from alliances.selectors.sides import side_of
from alliances.services.conversations import mark_read

BEFORE, MODEL = "avant", "modele"


def acting_or_404(
    request: HttpRequest, public_id: str, introduction_id: str, *, permission: str
) -> tuple[Organisation, Introduction]:
    """Return the organisation of the address, which may, and its introduction."""
    found = visible(request.user, Organisation.objects.filter(public_id=public_id))
    own = found.for_list().first()
    if own is None or not can(request.user, permission, own):
        raise Http404
    return own, introduction_or_404(request, own, introduction_id)


def introduction_or_404(
    request: HttpRequest, own: Organisation, introduction_id: str
) -> Introduction:
    """Return an introduction of ``own``; any other does not exist here."""
    rows = visible(request.user, Introduction.objects.of(own.pk))
    return get_object_or_404(with_both_sides(rows), public_id=introduction_id)


def thread_context(
    request: HttpRequest,
    own: Organisation,
    introduction: Introduction,
    *,
    form: MessageForm | None = None,
) -> dict[str, Any]:
    """Return what ``alliances/conversations/_thread.html`` shows; it is then read."""
    user = signed_in(request)
    before = request.GET.get(BEFORE, "")[:12]
    read = thread(introduction, user, own=own, before=before)
    if read.lines and not before and read.conversation_id:
        until = read.lines[-1].message.sent_at
        mark_read(read.conversation_id, user, until=until)
    models = _models(read, request)
    return {
        "thread": read,
        "models": models,
        "message_form": form or _form(request, models),
        "before": before,
        "may_decide": can(request.user, "alliances.close_introduction", own),
        "urls": _urls(own, introduction),
    }


def _models(read: Thread, request: HttpRequest) -> list[Draft]:
    """Return first messages to start from, while this side has written none."""
    if not read.is_first_contact:
        return []
    return drafts(
        side_of(read.own, AnonymousUser()),  # what it shows to all
        side_of(read.other, request.user),
        type_code=read.introduction.type,
    )


def _form(request: HttpRequest, models: list[Draft]) -> MessageForm:
    chosen = request.GET.get(MODEL, "")
    text = next((one.text for one in models if one.code == chosen), "")
    return MessageForm(initial={"body": text})


def _urls(own: Organisation, introduction: Introduction) -> dict[str, str]:
    names = {
        "page": "introduction_detail",
        "send": "message_send",
        "close": "introduction_close",
        "block": "organisation_block",
        "unblock": "organisation_unblock",
        "report": "partner_report",
    }
    keys = [own.public_id, introduction.public_id]
    return {key: reverse(f"alliances:{name}", args=keys) for key, name in names.items()}


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, be it nothing; a page that is only read binds no form."""
    return request.POST if request.method == "POST" else None


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    return request.user
